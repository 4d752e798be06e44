using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: ridge strengths as for the multiplier (scipy brentq, 8 decimals); the conditions of Karush, Kuhn and Tucker, solved by hand.
/// </summary>
public sealed class BoundTests : IDisposable
{
    // The squared length of the least-squares weights.
    const double Length = 2 * 0.3621593513823841;

    static readonly Tensor one = tf.ones((1, 1), tf.float64);

    public BoundTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(0.5, 0.01101734)]
    [InlineData(0.25, 0.32335263)]
    [Trait("speed", "slow")]
    public void In_a_fit_the_price_of_a_length_is_the_ridge_strength_that_has_it(double part, double strength)
    {
        var (model, dense) = Linear();
        var bound = Bound.AtMost(() => tf.reduce_sum(tf.square(dense.kernel!)), part * Length, name: "length")
            .Priced(rate: 0.1, clip: double.PositiveInfinity, scale: 1);
        Fit(model, 2000, bound);
        // As fast as BudgetStrength, whose price moves with the weights.
        Assert.Equal(strength, bound.Price, 1e-7);
        Assert.Equal(part * Length, bound.Quantity, 1e-7);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_defaults_find_the_ridge_strength_too()
    {
        var (model, dense) = Linear();
        var bound = Bound.AtMost(() => tf.reduce_sum(tf.square(dense.kernel!)), 0.25 * Length);
        Fit(model, 2000, bound);
        Assert.Equal(0.32335263, bound.Price, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_rest_the_price_is_the_slope_of_the_optimum(bool geometric)
    {
        // min (x − 3)² with x ≤ 1: at 1 the slope is −4, so one more unit of x gains 4.
        var (x, loss) = Point(3);
        var bound = Bound.AtMost(() => x[0], 1).Priced(rate: 0.2, geometric: geometric);
        Descend(x, loss, bound);
        Assert.Equal(1, (double)x.value()[0], 1e-8);
        Assert.Equal(4, bound.Price, 1e-8);
    }

    [Fact]
    public void Two_bounds_that_bind_and_one_that_does_not_have_the_prices_of_the_optimality_conditions()
    {
        // min (x − 3)² + (y − 2)² with x ≤ 1, x + y ≤ 2.5, y ≤ 5: at (1, 1.5) the slopes are (−4, −1) = −λ₁(1, 0) − λ₂(1, 1).
        var (p, loss) = Point(3, 2);
        Bound[] bounds = [Bound.AtMost(() => p[0], 1, "x").Priced(rate: 0.2),
            Bound.AtMost(() => tf.reduce_sum(p), 2.5, "sum").Priced(rate: 1), Bound.AtMost(() => p[1], 5, "y").Priced(rate: 0.2)];
        Descend(p, loss, bounds);
        Assert.Equal([1, 1.5], p.value().ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(3, bounds[0].Price, 1e-6);
        Assert.Equal(1, bounds[1].Price, 1e-6);
        Assert.Equal(0, bounds[2].Price);
    }

    [Fact]
    public void A_lower_bound_has_a_price_that_is_positive_too()
    {
        var (x, loss) = Point(0);
        var bound = Bound.AtLeast(() => x[0], 2).Priced(rate: 0.2);
        Descend(x, loss, bound);
        Assert.Equal(2, (double)x.value()[0], 1e-7);
        Assert.Equal(4, bound.Price, 1e-7);
    }

    [Theory]
    [InlineData(5, 1, 2, -2)]
    [InlineData(-5, -1, -2, 2)]
    public void An_equation_has_a_price_of_either_sign(double value, double x, double y, double price)
    {
        // min x² + y² with x + 2y = 5: (1, 2), and (2, 4) + λ(1, 2) = 0.
        var (p, loss) = Point(0, 0);
        var bound = Bound.Equal(() => p[0] + 2 * p[1], value).Priced(rate: 2, clip: double.PositiveInfinity);
        Descend(p, loss, bound);
        Assert.Equal([x, y], p.value().ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(price, bound.Price, 1e-6);
    }

    [Fact]
    public void A_bound_of_an_output_is_kept_by_a_fit_and_recorded_step_by_step()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost("mse", 0.25, output: 1, name: "second").Priced(rate: 0.2);
        var history = model.fit(x, [y, -y], batch_size: 64, epochs: 400, verbose: 0, callbacks: [bound]);
        // One weight for two targets ±1: (w − 1)² against (w + 1)² ≤ 0.25 gives w = −0.5, and 2·1.5 = λ·2·0.5.
        Assert.Equal(0.25, history.history["second_quantity"][^1], 1e-6);
        Assert.Equal(3, history.history["second_price"][^1], 1e-5);
        Assert.Equal(400, bound.Record.Steps.Length);
        Assert.Equal(bound.Price, bound.Record["second price"][^1]);
        Assert.Equal(bound.Quantity - 0.25, bound.Record["violation"][^1]);
        Assert.Equal(Judge.Budget, bound.Record.JudgeOf("second price"));
    }

    [Fact]
    public void The_price_is_part_of_the_loss_that_trains_and_of_no_evaluation()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost("mse", 0.25, output: 1).Priced(initial: 2, rate: 1e-9);
        var before = model.evaluate(x, (Batch)new[] { y, -y })["loss"];
        var history = model.fit(x, [y, -y], batch_size: 64, verbose: 0, callbacks: [bound], validation_data: (x, new[] { y, -y }));
        // w starts at 0, where both errors are 1: the loss is 1 + 2·(1 − 0.25).
        Assert.Equal(1, before, 1e-12);
        Assert.Equal(2.5, history.history["loss"][0], 1e-6);
        Assert.True(history.history["val_loss"][0] > 1, "the price moves the weight, and evaluation sees the error of the first output");
        Assert.Equal(model.evaluate(x, (Batch)new[] { y, -y })["loss"], history.history["val_loss"][0], 1e-12);
    }

    [Fact]
    public void A_bound_that_cannot_be_met_is_named_with_the_nearest_that_was_reached()
    {
        // (w − 1)² + (w + 1)² is never below 2.
        var (model, x, y) = Twins();
        var bound = Bound.AtMost((t, p) => tf.reduce_mean(tf.square(p - t) + tf.square(p + t)), 1.5, name: "both").Priced(rate: 0.05);
        var said = ErrorStream.Anew(() => model.fit(x, [y, -y], batch_size: 64, epochs: 1300, verbose: 0, callbacks: [bound]));
        Assert.Contains("Bound 'both': expected a quantity of at most 1.5. Received: 2 at best", said, StringComparison.Ordinal);
        Assert.Contains("the price has doubled 10 times", said, StringComparison.Ordinal);
        Assert.Single(said.Split("Bound 'both'").Skip(1));
        Assert.DoesNotContain("the sign", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_below_zero_of_a_square_is_named_with_its_sign()
    {
        var (x, loss) = Point(3);
        var bound = Bound.AtMost(() => tf.reduce_sum(tf.square(x)), -100).Priced(rate: 1, doublings: 5);
        Assert.Contains("the limit has the sign that was meant", ErrorStream.Anew(() => Descend(x, loss, 800, bound)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_that_is_met_late_is_not_called_impossible()
    {
        // The price needs more than ten doublings from its first step to 4, and gets there.
        var (x, loss) = Point(3);
        var bound = Bound.AtMost(() => x[0], 1).Priced(rate: 0.001);
        Assert.Equal("", ErrorStream.Anew(() => Descend(x, loss, 8000, bound)));
        Assert.Equal(4, bound.Price, 0.2);
    }

    [Fact]
    public void A_fit_that_ends_with_a_broken_bound_says_so()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost("mse", 0.25, output: 1, name: "second");
        var said = ErrorStream.Anew(() => model.fit(x, [y, -y], batch_size: 64, epochs: 10, verbose: 0, callbacks: [bound]));
        Assert.Contains("Bound 'second': expected a quantity of at most 0.25 at the end of the fit. Received: ", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_whose_sign_is_turned_is_named()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost((t, p) => -tf.reduce_mean(tf.square(p - t)), 0.25, output: 1);
        var said = ErrorStream.Anew(() => model.fit(x, [y, -y], batch_size: 64, epochs: 10, verbose: 0, callbacks: [bound]));
        Assert.Contains("expected a quantity of the sign of its limit 0.25", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_with_room_costs_nothing_and_says_nothing()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost("mse", 100, output: 1);
        Assert.Equal("", ErrorStream.Anew(
            () => model.fit(x, [y, -y], batch_size: 64, epochs: 50, verbose: 0, callbacks: [bound])));
        Assert.Equal(0, bound.Price);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_limit_that_is_no_number_is_refused(double limit)
    {
        Assert.Contains("expected a limit that is a finite number. Received: ",
            Assert.Throws<ArgumentException>(() => Bound.AtMost("mse", limit)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Bound.AtLeast(() => one, limit));
        Assert.Throws<ArgumentException>(() => Bound.Equal((_, p) => p, limit));
    }

    [Fact]
    public void A_quantity_that_is_not_finite_is_refused_with_its_step()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost((_, p) => tf.log(tf.reduce_mean(p) - 5.0), 1);
        var said = Assert.Throws<JudgeException>(() => model.fit(x, [y, -y], verbose: 0, callbacks: [bound])).Message;
        Assert.Contains("Bound 'bound': expected a quantity that is a finite number. Received: NaN in step 1.", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_of_several_numbers_is_refused_with_its_shape()
    {
        var (model, x, y) = Twins();
        var bound = Bound.AtMost((t, p) => tf.square(p - t), 1);
        Assert.Contains("expected a quantity that is one number. Received: shape (32, 1)",
            Assert.Throws<JudgeException>(() => model.fit(x, [y, -y], verbose: 0, callbacks: [bound])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_that_no_variable_moves_is_refused()
    {
        var (model, x, y) = Twins();
        void Refused(string why, Bound bound) => Assert.Contains(why,
            Assert.Throws<JudgeException>(() => model.fit(x, [y, -y], verbose: 0, callbacks: [bound])).Message, StringComparison.Ordinal);
        var number = (double)model.trainable_variables[0].value()[0, 0];
        Refused("depends on no variable that trains", Bound.AtMost(() => tf.constant(number + 1), 0.5));
        Refused("depends on no variable that trains", Bound.AtMost((t, _) => tf.reduce_mean(t), 0.5));
        Refused("lead back to nothing", Bound.AtMost((_, p) => tf.stop_gradient(tf.reduce_mean(p)), -0.5));
        var kept = tf.reduce_sum(model.trainable_variables[0] * 2.0);
        Refused("keeps a value of", Bound.AtMost(() => kept + 1.0, 0.5));
        Refused("lead back to nothing", Bound.AtLeast((t, p) =>
            tf.reduce_mean(tf.cast(tf.equal(tf.cast(p > 0.0, tf.float64), t), tf.float64)), 0.9));
        Refused("lead back to nothing", Bound.AtLeast((_, p) => tf.reduce_mean(tf.round(p)), 0.9));
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused()
    {
        var (model, x, y) = Twins();
        Assert.Contains("expected an output from 0 to 1. Received: output 2", Assert.Throws<ModelException>(
            () => model.fit(x, [y, -y], verbose: 0, callbacks: [Bound.AtMost("mse", 1, output: 2)])).Message, StringComparison.Ordinal);
        Assert.Contains("Received: 'mean_squared_error' twice", Assert.Throws<ArgumentException>(() => model.fit(x, [y, -y], verbose: 0,
            callbacks: [Bound.AtMost("mse", 1), Bound.AtMost("mse", 1, output: 1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_the_models_own_that_leaves_the_bound_out_is_refused()
    {
        var own = new OwnStep();
        own.compile("sgd", "mse");
        var said = Assert.Throws<InvalidOperationException>(() => own.fit(one, one, verbose: 0, callbacks: [Bound.AtMost("mse", 1)]));
        Assert.Contains("expected Charge in the loss of each step before Move. Received: none. A train_step of the model's own",
            said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Charging_an_output_without_its_quantity_and_pricing_late_are_refused()
    {
        Assert.Contains("Charge(quantity)", Assert.Throws<InvalidOperationException>(() => Bound.AtMost("mse", 1).Charge()).Message,
            StringComparison.Ordinal);
        var (x, loss) = Point(3);
        var bound = Bound.AtMost(() => x[0], 1);
        Descend(x, loss, 1, bound);
        Assert.Contains("before the first step. Received: it after 1", Assert.Throws<InvalidOperationException>(
            () => bound.Priced(rate: 1)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => Bound.Equal(() => x[0], 1).Priced(geometric: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bound.AtMost(() => x[0], 1).Priced(initial: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bound.AtMost(() => x[0], 1).Priced(rate: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bound.AtMost(() => x[0], 1).Priced(scale: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bound.AtMost(() => x[0], 1).Priced(doublings: 0));
    }

    static (Variable X, Func<Tensor> Loss) Point(params double[] best)
    {
        var x = tf.Variable(new double[best.Length], name: "x");
        return (x, () => tf.reduce_sum(tf.square(x - tf.constant(best))));
    }

    static void Descend(Variable x, Func<Tensor> loss, params Bound[] bounds) => Descend(x, loss, 3000, bounds);

    static void Descend(Variable x, Func<Tensor> loss, int steps, params Bound[] bounds)
    {
        var sgd = optimizers.SGD(0.1);
        for (var step = 0; step < steps; step++)
        {
            sgd.minimize(() => bounds.Aggregate(loss(), (sum, b) => sum + b.Charge()), [x]);
            foreach (var bound in bounds) bound.Move();
        }
    }

    static (Model Model, Dense Dense) Linear()
    {
        var dense = layers.Dense(1, use_bias: false, kernel_initializer: "zeros");
        var model = keras.Sequential([keras.Input(10), dense]);
        model.compile(optimizers.SGD(0.1), "mse");
        return (model, dense);
    }

    static void Fit(Model model, int steps, Bound bound) =>
        model.fit(ReferenceData.X, ReferenceData.Y, batch_size: 442, epochs: steps, verbose: 0, callbacks: [bound]);

    /// <summary>One weight with two outputs that are the same, for targets that are not; only the first has a loss.</summary>
    static (Model Model, Tensor X, Tensor Y) Twins()
    {
        var inputs = keras.Input(1);
        var shared = layers.Dense(1, use_bias: false, kernel_initializer: "zeros").Apply(inputs);
        var model = keras.Model([inputs], [layers.Identity().Apply(shared), layers.Identity().Apply(shared)]);
        model.compile(optimizers.SGD(0.05), [(Loss)"mse", null]);
        return (model, tf.ones((64, 1), tf.float64), tf.ones((64, 1), tf.float64));
    }

    sealed class OwnStep : Model
    {
        readonly Variable w = tf.Variable(1.0, name: "w", dtype: DType.Float64);

        public override Tensor call(Tensor inputs, bool training) => w * inputs;

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            w.assign_sub(tf.constant(0.1, tf.float64));
            return new() { ["loss"] = (double)w };
        }
    }
}
