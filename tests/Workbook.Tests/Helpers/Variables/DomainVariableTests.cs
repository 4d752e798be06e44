using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Variables;

public class DomainVariableTests
{
    static readonly Func<DomainVariable>[] float64 =
    [
        () => new Positive(0.01, dtype: tf.float64),
        () => new Positive(new[] { 1e-300, 1.0, 1e300 }),
        () => new UnitInterval(0.3, dtype: tf.float64),
        () => new UnitInterval(new[] { 1e-12, 0.5, 1 - 1e-12 }),
        () => new Bounded(-1.5, -2, 3, dtype: tf.float64),
        () => new Simplex(new[] { 0.7, 0.2, 0.1 }),
        () => new Ordered(new[] { -1.0, 0.5, 0.6, 10.0 }),
        () => new Ordered(new[] { 3.0 }),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, float64.Length)];

    [Theory]
    [MemberData(nameof(Each))]
    public void The_initial_value_is_given_and_read_in_natural_units(int index)
    {
        double[][] expected = [[0.01], [1e-300, 1, 1e300], [0.3], [1e-12, 0.5, 1 - 1e-12], [-1.5], [0.7, 0.2, 0.1], [-1, 0.5, 0.6, 10],
            [3]];
        var variable = float64[index]();
        // A map and its inverse: exp magnifies the rounding of a raw value of up to 691 by that much.
        Assert.Equal(expected[index], variable.Value.ToArray<double>(), (a, b) => Math.Abs(a - b) <= 3e-13 * Math.Abs(a));
        Assert.Equal(variable.Name + "/raw", variable.Raw.name);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_gradient_by_the_raw_value_is_the_difference_quotient(int index)
    {
        var variable = float64[index]();
        // Keep the sums of the extreme cases in range.
        Tensor Loss() =>
            tf.reduce_sum(
                tf.tanh(variable.Value)
                    * tf.constant(Enumerable.Range(1, variable.Raw.shape.Size).Select(i => (double)i).ToArray()[..variable.Raw.shape.Size],
                        shape: variable.Raw.shape));
        using var tape = tf.GradientTape();
        var gradient = tape.gradient(Loss(), variable.Raw).ToArray<double>();
        var raw = variable.Raw.value().ToArray<double>();
        for (var i = 0; i < raw.Length; i++)
        {
            double At(double delta)
            {
                variable.Raw.assign(Tensor.FromSpan<double>([.. raw.Select((r, k) => k == i ? r + delta : r)], variable.Raw.shape));
                return (double)Loss();
            }
            // Central differences with h = 1e-5: h² and 1e-16 / h.
            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[i], 1e-8);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    [InlineData(80)]
    [InlineData(-80)]
    public void The_gradient_of_a_bounded_variable_is_exact_near_both_ends_in_float32(double raw)
    {
        var variable = new Bounded(0.5, -1, 1);
        variable.Raw.assign(raw);
        using var tape = tf.GradientTape();
        var slope = (double)tape.gradient(variable.Value, variable.Raw);
        // 2·s·(1 − s) with s = e^−|raw|, to the rounding of float32; sigmoid(20) itself is 1 there, and its usual derivative 0.
        Assert.Equal(1, slope / (2 * Math.Exp(-Math.Abs(raw))), 1e-5);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void Far_beyond_the_ends_values_and_gradients_stay_finite(double raw)
    {
        foreach (var variable in new DomainVariable[] { new UnitInterval(0.5), new Bounded(0.5, 0, 2), new Simplex(new[] { 0.5f, 0.5f }) })
        {
            variable.Raw.assign(variable is Simplex ? tf.constant(new[] { (float)raw, 0f }) : tf.constant(raw));
            using var tape = tf.GradientTape();
            var value = tf.reduce_sum(variable.Value * variable.Value);
            Assert.All((double[])[(double)value, .. tape.gradient(value, variable.Raw).ToArray<double>()],
                v => Assert.True(double.IsFinite(v), $"{variable.Name}: {v}"));
        }
    }

    [Fact]
    public void Logarithms_are_exact_where_the_value_itself_is_not()
    {
        var positive = new Positive(1.0);
        positive.Raw.assign(-200.0);
        Assert.Equal((0, -200), ((double)positive.Value, (double)positive.Log));
        var unit = new UnitInterval(0.5);
        unit.Raw.assign(-200.0);
        Assert.Equal(-200, (double)tf.log_sigmoid(unit.Logit));
        var simplex = Simplex.Uniform(2);
        simplex.Raw.assign(tf.constant(new[] { 200f, -200f }));
        using var tape = tf.GradientTape();
        var log = simplex.Log[1];
        Assert.Equal(-400, (double)log);
        Assert.Equal([-1, 1], tape.gradient(log, simplex.Raw).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_value_is_assigned_in_natural_units(int index)
    {
        var (variable, other) = (float64[index](), float64[index]());
        variable.Raw.assign(variable.Raw + 0.25);
        variable.Assign(other.Value);
        // A map and its inverse, twice: exp magnifies the rounding of a raw value of up to 691 by that much.
        Assert.Equal(other.Value.ToArray<double>(), variable.Value.ToArray<double>(), (a, b) => Math.Abs(a - b) <= 6e-13 * Math.Abs(a));
    }

    [Fact]
    public void An_assigned_value_outside_is_refused_and_nothing_moves()
    {
        var variable = new Positive(0.1, "strength");
        Assert.Contains("'strength': expected a value above 0. Received: -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => variable.Assign(-1.0)).Message);
        Assert.Throws<ShapeException>(() => variable.Assign(new[] { 0.1, 0.2 }));
        Assert.Equal(0.1, (double)variable.Value, 1e-8);
    }

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(1, 0)]
    [InlineData(0, double.NaN)]
    public void Bounds_that_bound_nothing_are_refused(double low, double high) =>
        Assert.Contains("'share': expected finite bounds, the lower one first",
            Assert.Throws<ArgumentException>(() => new Bounded(0.5, low, high, "share")).Message);

    [Fact]
    public void It_stands_for_a_learning_rate_and_for_the_weight_of_a_loss()
    {
        var (rate, weight) = (new Positive(0.5, "rate"), new Positive(2.0, "weight"));
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_initializer: "ones")]);
        model.compile(keras.optimizers.SGD(rate), "mse", loss_weights: weight);
        model.train_on_batch(tf.ones((1, 1)), tf.zeros((1, 1)));
        // Slopes of 2·p²: 4 by the kernel; 2·p² by the logarithm of the weight.
        Assert.Equal(1 - 0.5 * 4, (double)model.layers[0].get_weights()[0][0, 0], 1e-6);
        Assert.Equal(Math.Log(2) - 0.5 * 2, (double)weight.Log, 1e-6);
    }

    [Fact]
    public void A_domain_variable_stands_wherever_a_number_is_expected_and_its_raw_value_trains()
    {
        var strength = new Positive(0.01, "strength");
        var rate = new UnitInterval(0.3, "rate");
        var inputs = keras.Input(3);
        var h = keras.layers.Dropout(rate).Apply(keras.layers.Dense(4, kernel_regularizer: keras.regularizers.l2(strength)).Apply(inputs));
        var model = keras.Model(inputs, keras.layers.Dense(1).Apply(h));
        Assert.Equal([strength.Raw, rate.Raw], model.hyper_variables.OrderBy(v => v.name == "rate/raw"));
        model.compile(keras.optimizers.SGD(0.1), "mse");
        model.fit(tf.ones((8, 3)), tf.ones((8, 1)), epochs: 3, verbose: 0);
        // The training loss is monotone in a strength: it falls, and stays positive.
        Assert.InRange((double)strength.Value, 0, 0.0099999);
        Assert.NotEqual(0.3, (double)rate.Value, 1e-6);
    }

    [Fact]
    public void A_field_of_a_model_owns_its_raw_variable()
    {
        var model = new Scaled();
        Assert.Equal([model.Scale.Raw], model.trainable_variables);
        Assert.Equal(8, (double)tf.reduce_sum(model.Apply(tf.ones((2, 2)))), 1e-5);
    }

    [Fact]
    public void An_initial_value_outside_is_refused_with_the_domain()
    {
        Refused("above 0. Received: 0", () => new Positive(0.0));
        Refused("'t': expected a value above 0. Received: -1", () => new Positive(new[] { 1.0, -1.0 }, "t"));
        Refused("above 0. Received: NaN", () => new Positive(double.NaN));
        Refused("strictly between 0 and 1. Received: 1", () => new UnitInterval(1.0));
        Refused("strictly between 2 and 3. Received: 4", () => new Bounded(4.0, 2, 3));
        Refused("sum to 1. Received: a sum of 1.2", () => new Simplex(new[] { 0.6, 0.6 }));
        Refused("weights above 0", () => new Simplex(new[] { 1.0, 0.0 }));
        Refused("strictly rising values", () => new Ordered(new[] { 1.0, 1.0 }));
        Assert.Contains("expected a vector", Assert.Throws<ShapeException>(() => new Simplex(0.5)).Message);
        Assert.Contains("expected a vector", Assert.Throws<ShapeException>(() => new Ordered(new double[0])).Message);

        static void Refused(string message, Func<DomainVariable> make) =>
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(make).Message);
    }

    sealed class Scaled : Model
    {
        public Positive Scale { get; } = new(2.0, "scale");

        public override Tensor call(Tensor inputs, bool training) => inputs * Scale;
    }
}
