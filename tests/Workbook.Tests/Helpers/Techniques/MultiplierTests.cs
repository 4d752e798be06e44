using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class MultiplierTests
{
    // Least squares on the standardised diabetes data, in its normal equations: f(w) = ½w'Sw − c'w + const.
    static readonly Tensor X = Scaling.Standardize(DataSets.Diabetes().X);
    static readonly Tensor Y = tf.expand_dims(Scaling.Standardize(DataSets.Diabetes().y), 1);
    static readonly Tensor S = tf.matmul(X, X, transpose_a: true) / 442;
    static readonly Tensor C = tf.matmul(X, Y, transpose_a: true) / 442;

    /// <summary>References: root of ‖w(λ)‖² = budget with w(λ) the ridge solution (scipy brentq), to 8 decimals.</summary>
    [Theory]
    [InlineData(0.5, 0.01101734)]
    [InlineData(0.25, 0.32335263)]
    [InlineData(0.1, 1.52321053)]
    public void The_price_of_a_norm_budget_is_the_ridge_strength_that_has_that_norm(double part, double strength)
    {
        var budget = part * tf.reduce_sum(tf.square(LeastSquares())).Item<double>();
        var price = new Multiplier(rate: 0.2, dtype: tf.float64);
        var w = tf.Variable(tf.zeros((10, 1), tf.float64), name: "w");
        for (var step = 0; step < 8000; step++)
        {
            w.assign_sub(0.2 * (tf.matmul(S, w) - C + price.Value * w));
            price.Ascend(0.5 * (tf.reduce_sum(tf.square(w)) - budget));
        }
        // 8000 steps converge to 1e-11 (the slowest budget needs 5323); the references have 8 decimals.
        Assert.Equal(strength, ((Tensor)price.Value).Item<double>(), 1e-8);
        Assert.Equal(budget, tf.reduce_sum(tf.square(w)).Item<double>(), 1e-8);
    }

    [Theory]
    [InlineData("budget-50")]
    [InlineData("budget-25")]
    [InlineData("budget-10")]
    public void Dual_ascent_moves_the_price_as_in_TensorFlow(string id)
    {
        var loop = new ReferenceLoop("08/" + id);
        var budget = loop["C"].GetDouble();
        var price = new Multiplier(rate: 0.2, dtype: tf.float64);
        var w = ReferenceData.Var(tf.zeros(10, tf.float64), "w");
        Tensor Violation() => 0.5 * (tf.reduce_sum(tf.square(w)) - budget);
        var sgd = keras.optimizers.SGD(0.2);
        loop.Follow(() =>
        {
            var loss = sgd.minimize(() => ReferenceData.HalfMeanSquares(ReferenceData.X, ReferenceData.Y, w) + price.Term(Violation()),
                [w]);
            price.Ascend(Violation());
            return [("loss", loss), ("lambda", price.Value.value())];
        });
        ReferenceLoop.Same(loop["w"], w.value());
        ReferenceLoop.Same(loop["closed_form"].GetProperty("lambda"), (double)price.Value);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_augmented_Lagrangian_finds_the_price_in_few_ascents_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("08/augmented-lagrangian-25");
        var budget = loop["C"].GetDouble();
        // The reference writes it with g = ‖w‖² − budget and rate 10; here g is half of that.
        var price = new Multiplier(rate: 20, dtype: tf.float64);
        var w = ReferenceData.Var(tf.zeros(10, tf.float64), "w");
        Tensor Violation() => 0.5 * (tf.reduce_sum(tf.square(w)) - budget);
        var sgd = keras.optimizers.SGD(0.05);
        loop.Follow(() =>
        {
            for (var step = 0; step < 400; step++)
                sgd.minimize(() => ReferenceData.HalfMeanSquares(ReferenceData.X, ReferenceData.Y, w) + price.Augmented(Violation()), [w]);
            price.Ascend(Violation());
            return [("lambda", price.Value.value()), ("squared_norm", tf.reduce_sum(tf.square(w)))];
        }, counter: "outer");
    }

    /// <summary>
    /// techniques.md, A3.4: the optimum gains λ/2 for each unit of ‖w‖² by which the budget is relaxed; numeric −.161676 at a quarter.
    /// </summary>
    [Fact]
    public void The_price_is_what_relaxing_the_budget_gains()
    {
        var budget = 0.25 * tf.reduce_sum(tf.square(LeastSquares())).Item<double>();
        var (looser, price) = Trained(budget + 1e-4);
        var (tighter, _) = Trained(budget - 1e-4);
        // Central differences: h² · third derivative, about 1e-6; the price is that of the looser budget, off by h · its slope, about 5e-4.
        Assert.Equal(-0.161676, (looser - tighter) / 2e-4, 2e-6);
        Assert.Equal(-price / 2, (looser - tighter) / 2e-4, 1e-3);

        static (double Loss, double Price) Trained(double budget)
        {
            var multiplier = new Multiplier(rate: 0.2, dtype: tf.float64);
            var w = ReferenceData.Var(tf.zeros((10, 1), tf.float64), "w");
            for (var step = 0; step < 1500; step++)
            {
                w.assign_sub(0.2 * (tf.matmul(S, w) - C + multiplier.Value * w));
                multiplier.Ascend(0.5 * (tf.reduce_sum(tf.square(w)) - budget));
            }
            return ((double)tf.reduce_sum(w * (0.5 * tf.matmul(S, w) - C)), (double)multiplier.Value);
        }
    }

    [Fact]
    public void The_gradient_of_the_term_moves_the_model_and_not_the_price()
    {
        var price = new Multiplier(initial: 2);
        var w = tf.Variable(3.0);
        using var tape = tf.GradientTape(persistent: true);
        tape.watch(price.Value);
        var term = price.Term(w * w);
        Assert.Equal(12, tape.gradient(term, w).Item<float>());
        Assert.Null(tape.gradient(term, price.Value));
        Assert.False(price.Value.trainable);
    }

    [Fact]
    public void The_price_stops_at_zero()
    {
        var price = new Multiplier(initial: 0.05, rate: 0.1);
        price.Ascend(-1.0);
        Assert.Equal(0, (float)price.Value);
    }

    [Fact]
    public void A_clipped_price_does_not_wind_up()
    {
        Multiplier free = new(rate: 1), clipped = new(rate: 1, clip: 0.5);
        for (var step = 0; step < 10; step++)
        {
            free.Ascend(100.0);
            clipped.Ascend(100.0);
        }
        Assert.Equal((1000, 5), ((float)free.Value, (float)clipped.Value));
    }

    [Fact]
    public void A_geometric_price_moves_by_factors_and_keeps_a_way_back()
    {
        var price = new Multiplier(initial: 2, rate: 0.5, clip: 1, geometric: true, scale: 4, dtype: tf.float64);
        price.Ascend(2.0);
        Assert.Equal(2 * Math.Exp(0.25), (double)price.Value, 1e-12);
        price.Ascend(100.0);
        Assert.Equal(2 * Math.Exp(0.75), (double)price.Value, 1e-12);
        for (var step = 0; step < 1000; step++) price.Ascend(-100.0);
        Assert.Equal(2e-4, (double)price.Value, 1e-12);
    }

    [Fact]
    public void A_scale_makes_the_rate_one_of_the_loss()
    {
        // Broken once over, a limit of 4 costs 0.5 more: a price of 0.125 for each unit.
        var price = new Multiplier(rate: 0.5, clip: 1, scale: 4, dtype: tf.float64);
        price.Ascend(4.0);
        Assert.Equal(0.125, (double)price.Value, 1e-12);
        price.Ascend(400.0);
        Assert.Equal(0.25, (double)price.Value, 1e-12);
    }

    [Fact]
    public void A_signed_price_goes_below_zero_and_so_does_its_augmented_term()
    {
        var price = new Multiplier(rate: 1, signed: true, dtype: tf.float64);
        price.Ascend(-2.0);
        Assert.Equal(-2, (double)price.Value);
        // ((−2 − 1)² − 4) / 2.
        Assert.Equal(2.5, (double)price.Augmented(tf.constant(-1.0, tf.float64)));
    }

    [Fact]
    public void A_price_that_is_no_number_is_refused_before_it_reaches_the_loss()
    {
        var price = new Multiplier(rate: 1);
        Assert.Contains("Received: NaN", Assert.Throws<JudgeException>(() => price.Ascend(double.NaN)).Message, StringComparison.Ordinal);
        Assert.Contains("Clip the violation", Assert.Throws<JudgeException>(
            () => new Multiplier(rate: 1000, geometric: true).Ascend(1.0)).Message, StringComparison.Ordinal);
        Assert.Equal(0, (float)price.Value);
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Multiplier(initial: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Multiplier(rate: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Multiplier(clip: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Multiplier(scale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Multiplier(initial: 0, geometric: true));
        Assert.Throws<ArgumentException>(() => new Multiplier(geometric: true, signed: true));
        Assert.Throws<InvalidOperationException>(() => new Multiplier(geometric: true).Augmented(1.0));
    }

    static Tensor LeastSquares()
    {
        var w = tf.zeros((10, 1), tf.float64);
        // Smallest eigenvalue of S .0086, largest 4.02: the error shrinks by (1 − .49 · .0086) a step, to 1e-18 in 10000.
        for (var step = 0; step < 10_000; step++) w -= 0.49 * (tf.matmul(S, w) - C);
        return w;
    }
}
