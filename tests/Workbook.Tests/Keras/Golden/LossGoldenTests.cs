using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

public class LossGoldenTests
{
    public static TheoryData<string> Asserted => KerasCases.Names("keras_unit_tests/losses");

    public static TheoryData<string> Gradients => KerasCases.Names("oracle_runs/loss_gradients");

    [Theory]
    [MemberData(nameof(Asserted))]
    public void Values_are_those_that_Keras_tests_assert(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/losses", name);
        var weight = c.GetProperty("sample_weight") is { ValueKind: not JsonValueKind.Null } w ? w.Tensor() : null;
        var mask = c.TryGetProperty("mask", out var m) && m.ValueKind != JsonValueKind.Null ? tf.cast(m.Tensor(), tf.@bool) : null;
        var value = Of(c).Apply(c.GetProperty("y_true").Tensor(), c.GetProperty("y_pred").Tensor(), weight, mask);
        // "decimal": d in Keras' tests means within 1.5·10^-d.
        var tolerance = c.TryGetProperty("atol", out var a) ? a.GetDouble() : 1.5 * Math.Pow(10, -c.GetProperty("decimal").GetInt32());
        Numbers.Near(c.GetProperty("expected"), value, tolerance, 1e-6, "expected");
        // 3e-5 because that backend goes from scores to clipped probabilities first; ours stays with the scores, as TensorFlow does.
        if (c.TryGetProperty("keras_float32", out var exact)) Numbers.Near(exact, value, 5e-6, 3e-5, "Keras in float32");
    }

    [Theory]
    [MemberData(nameof(Gradients))]
    public void Values_and_gradients_are_those_of_the_real_Keras(string name)
    {
        var c = KerasCases.Case("oracle_runs/loss_gradients", name);
        var prediction = tf.Variable(c.GetProperty("y_pred").Tensor());
        using var tape = tf.GradientTape();
        var value = Of(c).Apply(c.GetProperty("y_true").Tensor(), prediction.value());
        Numbers.Near(c.GetProperty("value"), value, 2e-6, 2e-6, "value");
        Numbers.Near(c.GetProperty("gradient"), tape.gradient(value, prediction), 2e-6, 2e-6, "gradient");
    }

    static Loss Of(JsonElement c) => c.GetProperty("loss").GetString() is "(y_true-y_pred)^2 via keras.losses.Loss"
        ? keras.losses.Lambda((y, p) => tf.square(y - p), c.GetProperty("config").GetProperty("reduction").GetString())
        : Made.By<Loss>(typeof(keras.losses), c.GetProperty("loss").GetString()!, c.GetProperty("config"));
}
