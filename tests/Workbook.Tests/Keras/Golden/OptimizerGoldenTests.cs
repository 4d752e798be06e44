using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

public class OptimizerGoldenTests
{
    public static TheoryData<string> Asserted => KerasCases.Names("keras_unit_tests/optimizers");

    public static TheoryData<string> Older => KerasCases.Names("tf_keras_unit_tests");

    public static TheoryData<string> Runs => KerasCases.Names("oracle_runs/optimizers");

    [Theory]
    [MemberData(nameof(Asserted))]
    public void Steps_are_those_that_Keras_tests_assert(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/optimizers", name);
        if (c.TryGetProperty("expected_clipped_gradient", out var clipped)) Clips(c, clipped);
        // Where the file also has what Keras computed, that. 5e-6 because Keras rounds 1 − 0.999ᵗ to float32 and ours does not.
        else if (c.TryGetProperty("keras_float32_after_each_step", out var exact)) Steps(c, exact, atol: 5e-6, rtol: 2e-6);
        else if (c.TryGetProperty("expected_after_each_step", out var steps)) Steps(c, steps, atol: 1e-6, rtol: 1e-6);
        else Final(c, c.GetProperty("expected_final"));
    }

    [Theory]
    [MemberData(nameof(Older))]
    public void Steps_are_those_that_tf_keras_tests_assert(string name)
    {
        var c = KerasCases.Case("tf_keras_unit_tests", name);
        // Where the versions differ, ours is Keras 3; the notes of these two cases say what it gives.
        if (c.TryGetProperty("loss", out var loss) && loss.GetString() == "BinaryCrossentropy")
            Numbers.Near([3.98559],
                keras.losses.BinaryCrossentropy().Apply(c.GetProperty("y_true").Tensor(), c.GetProperty("y_pred").Tensor())
                    .ToArray<double>(), 1e-4);
        else if (c.TryGetProperty("note", out _)) Steps(c, JsonDocument.Parse("[1, 0, -0.25]").RootElement, atol: 1e-6, rtol: 0);
        else Steps(c, c.GetProperty("keras3_float32"), atol: 1e-6, rtol: 1e-6);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Five_steps_are_those_of_the_real_Keras(string name)
    {
        var c = KerasCases.Case("oracle_runs/optimizers", name);
        Steps(c, c.GetProperty("x_after_each_step"), atol: 2e-6, rtol: 2e-6);
    }

    static Optimizer Of(JsonElement c) =>
        Made.By<Optimizer>(typeof(keras.optimizers), c.GetProperty("optimizer").GetString()!, c.GetProperty("config"));

    static void Steps(JsonElement c, JsonElement expected, double atol, double rtol)
    {
        var (optimizer, x) = (Of(c), tf.Variable(c.GetProperty("x0").Tensor()));
        var step = 0;
        foreach (var g in c.GetProperty("gradient_per_step").EnumerateArray())
        {
            // A step whose gradient is 0 beside others must not be dropped, so gradients are passed as they are.
            optimizer.apply_gradients([(Like(g, x), x)]);
            Numbers.Near(expected[step], x.value(), atol, rtol, $"step {step + 1}");
            if (c.TryGetProperty("expected_iterations", out var iterations))
                Assert.Equal(iterations[step].GetInt64(), optimizer.iterations);
            step++;
        }
    }

    static void Final(JsonElement c, JsonElement expected)
    {
        var (optimizer, x) = (Of(c), tf.Variable(c.GetProperty("x0").Tensor()));
        foreach (var g in c.GetProperty("gradient_per_step").EnumerateArray()) optimizer.apply_gradients([(Like(g, x), x)]);
        Numbers.Near(expected, x.value(), 1e-6, 0, "after all steps");
    }

    static void Clips(JsonElement c, JsonElement expected)
    {
        // A learning rate of 1 and a variable of 0 show the gradient that the rule saw.
        var optimizer = Of(c);
        optimizer.learning_rate = 1;
        var x = tf.Variable(tf.zeros(2));
        optimizer.apply_gradients([(c.GetProperty("gradient").Tensor(), x)]);
        Numbers.Near(expected, -x.value(), 1e-6, 0, "clipped");
    }

    static Tensor Like(JsonElement g, Variable x) => tf.broadcast_to(g.Tensor(), x.shape);
}
