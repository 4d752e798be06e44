using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Optimizers;

/// <summary>Accumulated gradients with schedules, averages and constraints: the weights after eight batches in Keras 3.15.</summary>
public class AccumulationTests
{
    static double[] After(Optimizer optimizer, Constraint? constraint = null, List<(long, double)>? clock = null)
    {
        config.set_floatx(tf.float64);
        var layer = new Held(constraint);
        config.set_floatx(tf.float32);
        for (var i = 0; i < 8; i++)
        {
            optimizer.apply_gradients([(tf.constant(new[] { 1 + 0.1 * i, 0.3 - 0.2 * i }), layer.Kernel)]);
            clock?.Add((optimizer.iterations, optimizer.learning_rate));
        }
        optimizer.finalize_variable_values([layer.Kernel]);
        return layer.Kernel.value().ToArray<double>();
    }

    sealed class Held : Layer
    {
        public Held(Constraint? constraint) =>
            Kernel = add_weight(2, initializers.Lambda(_ => tf.constant(new[] { 1.0, -0.5 })), constraint: constraint);

        public Variable Kernel { get; }
    }

    /// <remarks>
    /// Keras passes rates and betas through float32; 1 − β₂ = 0.001 is then off by 1e-5 of itself, which Adam's root halves.
    /// </remarks>
    static void Near(double[] expected, double[] received, double tolerance = 1e-7)
    {
        foreach (var (e, r) in expected.Zip(received)) Assert.Equal(e, r, tolerance);
    }

    [Fact]
    public void A_schedule_counts_batches_and_the_rule_updates()
    {
        var clock = new List<(long, double)>();
        Near([0.879399998568, -0.516400000267],
            After(optimizers.SGD(optimizers.schedules.PiecewiseConstantDecay([2, 4], [0.1, 0.01, 0.001]), gradient_accumulation_steps: 2),
                clock: clock));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4], clock.Select(c => c.Item1));
        Assert.Equal([0.1, 0.1, 0.01, 0.01, 0.001, 0.001, 0.001, 0.001], clock.Select(c => Math.Round(c.Item2, 6)));
        Near([0.808916034534, -0.507507154753], After(optimizers.Nadam(0.1, gradient_accumulation_steps: 3)));
    }

    [Fact]
    public void An_average_goes_on_in_every_batch()
    {
        Near([0.56453125, -0.398125], After(optimizers.SGD(0.1, gradient_accumulation_steps: 2, use_ema: true, ema_momentum: 0.5)));
        Near([0.85206, -0.49645], After(optimizers.SGD(0.1, gradient_accumulation_steps: 3, use_ema: true, ema_momentum: 0.9)));
        Near([0.64125, -0.415],
            After(optimizers.SGD(0.1, gradient_accumulation_steps: 2, use_ema: true, ema_momentum: 0.5, ema_overwrite_frequency: 2)));
        Near([0.25875, -0.31125], After(optimizers.SGD(0.1, use_ema: true, ema_momentum: 0.5, ema_overwrite_frequency: 3)));
    }

    [Fact]
    public void All_together_agree()
    {
        Near([0.863244704393, -0.553889937647],
            After(optimizers.Adam(optimizers.schedules.ExponentialDecay(0.1, 2, 0.5), gradient_accumulation_steps: 2, use_ema: true,
                ema_momentum: 0.5, clipnorm: 0.7, weight_decay: 0.1)), 2e-6);
        Near([-1.04609375, 1.215625],
            After(optimizers.SGD(1.0, gradient_accumulation_steps: 2, use_ema: true, ema_momentum: 0.5), constraints.NonNeg()));
    }

    [Fact]
    public void A_fit_that_is_too_short_for_an_update_says_that_nothing_has_moved()
    {
        var model = Variables.Attempts.Linear();
        model.compile(optimizers.SGD(0.1, gradient_accumulation_steps: 6), "mse");
        void Fit() => model.fit(Variables.Attempts.X, Variables.Attempts.Y, batch_size: 8, verbose: 0);
        Assert.Contains("Received: 4 so far, so this fit has moved nothing", Training.BadInputTests.Spoken(Fit), StringComparison.Ordinal);
        // Two of the second fit complete the six.
        Assert.Equal("", Training.BadInputTests.Spoken(Fit));
        Assert.Equal(1, model.optimizer!.iterations);
    }
}
