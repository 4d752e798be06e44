using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>The part of a classifier before its softmax or sigmoid, and what comes after it.</summary>
sealed class Logits
{
    Logits(Model model, string end) => (Model, End) = (model, end);

    /// <summary>From the inputs to the logits, with the weights of the classifier.</summary>
    public Model Model { get; }

    /// <summary>softmax, sigmoid, or linear where the classifier ends with logits.</summary>
    public string End { get; }

    /// <exception cref="ArgumentException">The model does not end as a classifier does.</exception>
    public static Logits Of(Model model)
    {
        if (model.outputs.Count != 1 || model.layers.Count == 0)
            throw Wrong(model, $"{model.outputs.Count} outputs");
        var last = model.layers[^1];
        if (last is Dense or Softmax or Activation && !ReferenceEquals(last.output, model.outputs[0]))
            throw Wrong(model, $"something behind '{last.name}', or a layer that stands elsewhere too");
        return last switch
        {
            Dense { activation.Name: "softmax" or "sigmoid" } dense => new(Before(model, dense), dense.activation.Name),
            Dense { activation.Name: "linear" } => new(model, "linear"),
            Softmax => new(Cut(model, last.input), "softmax"),
            Activation { activation.Name: "softmax" or "sigmoid" } end => new(Cut(model, last.input), end.activation.Name),
            _ => throw Wrong(model, $"'{last.name}' ({last.GetType().Name})"),
        };
    }

    /// <summary>The model, if its logits are those of one choice among classes.</summary>
    /// <exception cref="ArgumentException">Several sigmoids, each a question of its own; or a softmax over a single number.</exception>
    public Model OfOneQuestion()
    {
        var columns = Model.outputs[0].shape[^1];
        if (End == "sigmoid" && columns != 1)
            throw new ArgumentException($"Temperature: expected a classifier of one question. Received: '{Model.name}' with {columns} sigmoids, "
                + "each of which may be right by itself. Calibrate them one by one: var z = Temperature.LogitsOf(model, x), then "
                + "Temperature.Of(z[.., k..(k + 1)], y[.., k]).");
        return End != "softmax" || columns != 1 ? Model
            : throw new ArgumentException($"Temperature: expected a softmax over at least two numbers. Received: '{Model.name}' with one, which "
                + "is always 1. End a classifier of two classes with a sigmoid.");
    }

    /// <summary>The logits as columns, one for each class: of a single number z there are 0 and z.</summary>
    public static double[][] Columns(Tensor logits)
    {
        var z = tf.cast(logits, tf.float64);
        if (z.ndim == 2 && z.shape[1] == 1) z = tf.concat([tf.zeros_like(z), z], 1);
        if (z.ndim != 2)
            throw new ShapeException($"Temperature: expected logits (rows, classes). Received: {logits.shape}.");
        var (classes, all) = (z.shape[1], z.ToArray<double>());
        return [.. Enumerable.Range(0, z.shape[0]).Select(i => all[(i * classes)..((i + 1) * classes)])];
    }

    static Model Before(Model model, Dense dense)
    {
        var linear = (Dense)dense.With(("activation", "linear"));
        var cut = Cut(model, linear.Apply(dense.input));
        linear.set_weights(dense.get_weights());
        return cut;
    }

    static Model Cut(Model model, KerasTensor output) => keras.Model([.. model.inputs], [output], name: model.name);

    static ArgumentException Wrong(Model model, string received) => new($"Temperature: expected a classifier, a model with one output that "
        + $"ends with a Dense, Softmax or Activation layer of softmax, sigmoid, or with logits. Received: '{model.name}', which ends with "
        + $"{received}. Give the logits themselves: Temperature.Of(logits, labels).");
}
