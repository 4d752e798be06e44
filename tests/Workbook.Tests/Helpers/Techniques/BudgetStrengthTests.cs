using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: the root of ‖w(λ)‖² = budget with w(λ) the ridge solution (scipy brentq), to 8 decimals, as for the multiplier.
/// </summary>
public sealed class BudgetStrengthTests : IDisposable
{
    // The squared length of the least-squares weights.
    const double Length = 2 * 0.3621593513823841;

    public BudgetStrengthTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(0.5, 0.01101734)]
    [InlineData(0.25, 0.32335263)]
    [Trait("speed", "slow")]
    public void In_a_fit_the_weights_get_the_budget_and_the_strength_is_its_price(double part, double strength)
    {
        var (model, dense, price) = Linear(part * Length);
        Fit(model, 2000);
        // 1321 and 977 steps bring the multiplier to 1e-11; here price and weights move at the same time, which is as fast.
        Assert.Equal(strength, (double)price.Strength, 1e-7);
        Assert.Equal(part * Length, (double)tf.reduce_sum(tf.square(dense.kernel!)), 1e-7);
    }

    [Fact]
    public void A_budget_with_room_costs_nothing()
    {
        var (model, _, price) = Linear(1.1 * Length);
        Fit(model, 200);
        Assert.Equal(0, (double)price.Strength);
    }

    [Fact]
    public void The_weights_go_down_and_the_price_goes_up_the_same_penalty()
    {
        var price = new BudgetStrength(budget: 3, initial: 2);
        var w = tf.Variable(new[] { 1.0, 2.0 });
        using var tape = tf.GradientTape();
        var penalty = price.Apply(w);
        var gradients = tape.gradient(penalty, [w, price.Strength]);
        // 2·(5 − 3), 2·2·w, and 3 − 5.
        Assert.Equal(4, (double)penalty);
        Assert.Equal([4, 8], gradients[0].ToArray<double>());
        Assert.Equal(-2, (double)gradients[1]);
    }

    [Fact]
    public void A_fit_trains_the_price_and_does_not_call_it_unbounded()
    {
        var (model, _, price) = Linear(0.25 * Length);
        var recorder = new Recorder(model.hyper_variables);
        var said = ErrorStream.Anew(
            () => model.fit(ReferenceData.X, ReferenceData.Y, batch_size: 442, epochs: 30, verbose: 0, callbacks: [recorder.ToCallback()]));
        Assert.DoesNotContain("lower bound", said, StringComparison.Ordinal);
        Assert.True((double)price.Strength > 0);
        Assert.Equal(Judge.Budget, recorder.JudgeOf("strength"));
        Assert.All(recorder["∂strength"], g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetStrength(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetStrength(1, initial: -1));
    }

    static (Model Model, Dense Dense, BudgetStrength Price) Linear(double budget)
    {
        var price = new BudgetStrength(budget);
        var dense = layers.Dense(1, use_bias: false, kernel_initializer: "zeros", kernel_regularizer: price);
        var model = keras.Sequential([keras.Input(10), dense]);
        model.compile(optimizers.SGD(0.1), "mse");
        return (model, dense, price);
    }

    static void Fit(Model model, int steps) => model.fit(ReferenceData.X, ReferenceData.Y, batch_size: 442, epochs: steps, verbose: 0);
}
