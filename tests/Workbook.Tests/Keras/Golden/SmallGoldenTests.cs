using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Regularizers, layers, constraints, schedules and activations: each case is one call.</summary>
public class SmallGoldenTests
{
    public static TheoryData<string> Regularizers => KerasCases.Names("keras_unit_tests/regularizers");

    public static TheoryData<string> Layers => KerasCases.Names("keras_unit_tests/layers_and_constraints");

    public static TheoryData<string> Schedules => KerasCases.Names("keras_unit_tests/schedules");

    public static TheoryData<string> Activations => KerasCases.Names("oracle_runs/activations");

    [Theory]
    [MemberData(nameof(Regularizers))]
    public void Regularizers_give_Keras_penalties(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/regularizers", name);
        switch (c.GetProperty("regularizer").GetString())
        {
            case "defaults":
                var one = tf.constant(new[,] { { 1f } });
                var expected = c.GetProperty("expected");
                Numbers.Near(expected.GetProperty("L1"), keras.regularizers.L1().Apply(one), 1e-9);
                Numbers.Near(expected.GetProperty("L2"), keras.regularizers.L2().Apply(one), 1e-9);
                Assert.Equal(0, (double)keras.regularizers.L1L2().Apply(one));
                // Two equal rows: ½·2·1 over one pair, times the factor.
                Numbers.Near(expected.GetProperty("OrthogonalRegularizer").GetProperty("factor"),
                    keras.regularizers.OrthogonalRegularizer().Apply(tf.constant(new[,] { { 1f }, { 1f } })), 1e-8);
                break;
            case "validation":
                // Variables and float32 scalars are refused there and welcome here; the other refusals that C# types leave possible are the
                // same.
                foreach (var wrong in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, -0.001 })
                    Assert.Throws<ArgumentOutOfRangeException>(() => keras.regularizers.l2(wrong));
                foreach (var right in new[] { 0, 1, 1e-10, 1e6 }) Assert.NotNull(keras.regularizers.l2(right));
                break;
            case var kind:
                var regularizer = Made.By<Regularizer>(typeof(keras.regularizers), kind!, c.GetProperty("config"));
                Numbers.Near(c.GetProperty("expected"), regularizer.Apply(c.GetProperty("x").Tensor()), c.GetProperty("atol").GetDouble(),
                    1e-6);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_and_constraints_give_Keras_outputs(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/layers_and_constraints", name);
        var x = c.GetProperty("x").Tensor();
        Tensor y;
        if (c.TryGetProperty("constraint", out var constraint))
            y = Made.By<Constraint>(typeof(keras.constraints), constraint.GetString()!, c.GetProperty("config")).Apply(x);
        else
        {
            var layer = Made.By<Layer>(typeof(keras.layers), c.GetProperty("layer").GetString()!, c.GetProperty("config"));
            layer.Apply(x);
            if (c.GetProperty("weights") is { ValueKind: JsonValueKind.Array } weights)
                layer.set_weights(weights.EnumerateArray().Select(w => w.Tensor()));
            y = layer.Apply(x);
        }
        Numbers.Near(c.GetProperty("expected"), y, c.GetProperty("atol").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Schedules_give_Keras_rates(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/schedules", name);
        var schedule = Made.By<LearningRateSchedule>(typeof(keras.optimizers.schedules), c.GetProperty("schedule").GetString()!,
            c.GetProperty("config"));
        Numbers.Near([c.GetProperty("expected").GetDouble()], [schedule.Apply(c.GetProperty("step").GetDouble())], 0,
            c.GetProperty("rtol").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_and_their_derivatives_are_those_of_the_real_Keras(string name)
    {
        var c = KerasCases.Case("oracle_runs/activations", name);
        ActivationFunction activation = c.GetProperty("activation").GetString()!;
        var x = tf.Variable(c.GetProperty("x").Tensor());
        using var tape = tf.GradientTape();
        var y = activation.Apply(x.value());
        Numbers.Near(c.GetProperty("y"), y, 2e-6, 2e-6, "value");
        var (key, cotangent) = c.TryGetProperty("vjp", out _) ? ("vjp", c.GetProperty("cotangent").Tensor()) : ("dy_dx", tf.ones(x.shape));
        Numbers.Near(c.GetProperty(key), tape.gradient(y, x, output_gradients: cotangent), 2e-6, 2e-6, "derivative");
    }
}
