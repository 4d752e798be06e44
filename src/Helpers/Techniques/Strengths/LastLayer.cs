using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The last layer of a model as the evidence sees it: its features, its strength, whether it has a bias.</summary>
sealed class LastLayer
{
    public LastLayer(Model model, Tensor x)
    {
        if (model.layers.LastOrDefault() is not Dense { kernel: not null } dense)
            throw Refused("a Dense layer at the end of a model that is built", model.layers.LastOrDefault() is { } other
                ? $"'{other.name}', a {other.GetType().Name}{(other.built ? "" : " that is not built")}" : "a model without layers");
        // Also those that a judge has already taken from the training loss.
        var brought = dense.variables.Where(v => v != dense.kernel && v != dense.bias).ToList();
        if (brought is not [var raw] || DomainVariable.Of(raw) is not Positive { Raw.shape.Size: 1 } strength)
            throw Refused($"one strength in its last layer, '{dense.name}': kernel_regularizer: regularizers.l2(new Positive(0.1))",
                brought.Count == 0 ? "no variable there" : string.Join(", ", brought.Select(v => $"'{v.name}'")));
        (Strength, HasBias) = (strength, dense.bias is not null);
        var before = dense.input;
        if (model.inputs.Count != 1)
            throw Refused("a model of one input", $"{model.inputs.Count}. Give the features of its last layer as a function");
        Features = ReferenceEquals(before, model.inputs[0]) ? Itself(x) : Body(keras.Model(model.inputs[0], before), x);
        var linear = tf.matmul(tf.cast(Features(), dense.dtype), dense.kernel!.value()) + (dense.bias?.value() ?? tf.zeros(1, dense.dtype));
        var apart = tf.reduce_max(tf.abs(tf.cast(model.Apply(x), dense.dtype) - linear));
        if ((double)apart > 1e-3 * (1 + (double)tf.reduce_max(tf.abs(linear))))
            throw Refused($"a last layer, '{dense.name}', without activation", "one whose outputs are not linear in its inputs");
    }

    public Func<Tensor> Features { get; }

    public Positive Strength { get; }

    public bool HasBias { get; }

    static Func<Tensor> Itself(Tensor x) => () => x;

    static Func<Tensor> Body(Model body, Tensor x) => () => body.Apply(x);

    static ArgumentException Refused(string expected, string received) =>
        new($"EvidenceStrength: expected {expected}. Received: {received}.");
}
