using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// Layers with the weights that Keras' had: what comes out, the gradients of every weight and input, and three steps of training. Keras
/// 3.15 on
/// TensorFlow 2.21 in float64; make_layers.py made the numbers.
/// </summary>
public class LayerGoldenTests
{
    /// <summary>Keras passes some constants through float32.</summary>
    const double Tolerance = 2e-7;

    static readonly Dictionary<string, JsonElement> Cases = JsonDocument.Parse(File.ReadAllText(Repository.File(
        "tests/Workbook.Tests/Keras/Data/keras-layers.json"))).RootElement.GetProperty("cases").EnumerateArray()
        .ToDictionary(c => $"{c.GetProperty("class")} {c.GetProperty("name")}".Trim());

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_computes_differentiates_and_trains_as_in_Keras(string name)
    {
        var row = Cases[name];
        keras.config.set_floatx(tf.float64);
        try
        {
            var layer = Layer(row);
            var inputs = Inputs(row);
            Run(layer, inputs, row, training: false);
            Assert.Equal(row.GetProperty("names").EnumerateArray().Select(n => n.GetString()!.Split('/')[^1]),
                layer.variables.Select(v => v.name.Split('/')[^1]));
            layer.set_weights([.. row.GetProperty("weights").EnumerateArray().Select(w => Values(w))]);
            (layer as Recurrent)?.reset_state();
            Gradients(layer, inputs, row);
            (layer as Recurrent)?.reset_state();
            layer.set_weights([.. row.GetProperty("weights").EnumerateArray().Select(w => Values(w))]);
            if (row.TryGetProperty("losses", out var losses)) Trains(layer, inputs, row, losses);
        }
        finally
        {
            keras.config.set_floatx(tf.float32);
        }
    }

    static void Gradients(Layer layer, Tensor[] inputs, JsonElement row)
    {
        var places = Array.ConvertAll(inputs, x => x.dtype.IsFloating() ? tf.Variable(x) : null);
        Variable[] sources = [.. layer.trainable_variables, .. places.OfType<Variable>()];
        using var tape = tf.GradientTape();
        var outputs = Run(layer, [.. places.Select((p, i) => p?.value() ?? inputs[i])], row, row.GetProperty("training").GetBoolean());
        foreach (var (y, expected) in outputs.Zip(row.GetProperty("outputs").EnumerateArray()))
        {
            Assert.Equal(Values(expected).shape, y.shape);
            Numbers.Near(expected.GetProperty("data"), y, Tolerance, Tolerance, "output");
        }
        Assert.Equal(row.GetProperty("outputs").GetArrayLength(), outputs.Length);
        foreach (var (y, expected) in outputs.Zip(row.GetProperty("output_masks").EnumerateArray()))
            if (expected.ValueKind == JsonValueKind.Null) Assert.Null(y.Mask);
            else Assert.Equal(Values(expected).ToArray<double>(), tf.cast(y.Mask!, tf.float64).ToArray<double>());
        var gradients = tape.gradient(Loss(outputs).Total, sources.ToList(), unconnected_gradients: UnconnectedGradients.ZERO);
        JsonElement[] expectedGradients = [.. row.GetProperty("weight_gradients").EnumerateArray(),
            .. row.GetProperty("input_gradients").EnumerateArray()];
        Assert.Equal(expectedGradients.Length, gradients.Length);
        foreach (var (expected, (gradient, source)) in expectedGradients.Zip(gradients.Zip(sources)))
            Numbers.Near(expected.GetProperty("data"), gradient, Tolerance, Tolerance, $"gradient of {source.name}");
    }

    static void Trains(Layer layer, Tensor[] inputs, JsonElement row, JsonElement losses)
    {
        foreach (var expected in losses.EnumerateArray())
        {
            using var tape = tf.GradientTape();
            var (total, count) = Loss(Run(layer, inputs, row, training: true));
            var loss = total / (double)count;
            Assert.Equal(expected.GetDouble(), (double)loss, 1e-6);
            var gradients = tape.gradient(loss, layer.trainable_variables.ToList(), unconnected_gradients: UnconnectedGradients.ZERO);
            foreach (var (weight, gradient) in layer.trainable_variables.Zip(gradients)) weight.assign(weight - 0.5 * gradient);
        }
        foreach (var (weight, expected) in layer.variables.Zip(row.GetProperty("trained").EnumerateArray()))
            Numbers.Near(expected.GetProperty("data"), weight.value(), 1e-6, 1e-6, weight.name);
    }

    /// <summary>Σ y·sin(1 + i) + ½ Σ y², and how many elements there are.</summary>
    static (Tensor Total, int Count) Loss(Tensor[] outputs) => (tf.add_n([.. outputs.Select(y =>
    {
        var weights = Enumerable.Range(1, y.size).Select(i => Math.Sin(i)).ToArray();
        return (Operand)(tf.reduce_sum(y * tf.reshape(tf.constant(weights), y.shape)) + tf.reduce_sum(y * y) / 2.0);
    })]), outputs.Sum(y => y.size));

    static Tensor[] Run(Layer layer, Tensor[] inputs, JsonElement row, bool training)
    {
        Tensor?[] masks = [.. row.GetProperty("masks").EnumerateArray().Select(m =>
            m.ValueKind == JsonValueKind.Null ? null : tf.cast(Values(m), tf.@bool))];
        inputs = [.. inputs.Select(tf.identity)];
        for (var i = 0; i < masks.Length; i++) inputs[i].Mask = masks[i];
        return row.GetProperty("call").TryGetProperty("use_causal_mask", out var causal)
            ? [((Attending)layer).Apply(inputs, training, use_causal_mask: causal.GetBoolean())] : layer.ApplyMany(inputs, training);
    }

    static Tensor[] Inputs(JsonElement row) =>
        [.. row.GetProperty("inputs").EnumerateArray().Select(x => Values(x, row.GetProperty("whole").GetBoolean()))];

    internal static Tensor Values(JsonElement json, bool whole = false)
    {
        var values = tf.reshape(tf.constant(json.GetProperty("data").Flat().ToArray()),
            json.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray());
        return whole ? tf.cast(values, tf.int32) : values;
    }

    static Layer Layer(JsonElement row) => Layer(row.GetProperty("class").GetString()!, row.GetProperty("config"));

    static Layer Layer(string type, JsonElement config) => Made.By<Layer>(typeof(keras.layers), type, config,
        (name, json) => name is "axis" or "axes" && json.ValueKind == JsonValueKind.Array
            ? (Axes)json.EnumerateArray().Select(a => a.GetInt32()).ToArray() : Argument(name, json));

    static object? Argument(string name, JsonElement json) => json.ValueKind != JsonValueKind.Array ? null
        : json[0].ValueKind == JsonValueKind.String ? Layer(json[0].GetString()!, json[1])
        : json[0].ValueKind == JsonValueKind.Array ? (Borders)((json[0][0].GetInt32(), json[0][1].GetInt32()),
            (json[1][0].GetInt32(), json[1][1].GetInt32()))
        : new Shape(json.EnumerateArray().Select(d => d.GetInt32()).ToArray());
}
