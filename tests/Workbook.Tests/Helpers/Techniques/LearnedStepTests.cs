using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>A learned step. Truth: exact integrals by scipy (cheap-models.json, by make_cheap_models.py), Max 1960, and the formula of the
/// source.</summary>
public class LearnedStepTests
{
    static readonly JsonElement truth = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/cheap-models.json"))).RootElement;

    /// <summary>Elements of N(0, 1) whose shares are equal: the quantiles at the middle of 20 000 parts.</summary>
    static readonly Tensor normal = tf.constant(Quantiles(20_000));

    [Theory]
    [InlineData(2, 0.9501)]
    [InlineData(3, 0.5757)]
    [InlineData(4, 0.3330)]
    [InlineData(5, 0.1877)]
    public void A_step_that_descends_rests_where_its_slope_vanishes_which_is_not_the_best_one(int bits, double rests)
    {
        var golden = truth.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("bits").GetInt32() == bits);
        var step = In64(() => new LearnedStep(bits, halfway: true, initial: 0.3, gradient_scale: false));
        for (var i = 0; i < 400; i++)
            optimizers.SGD(1).minimize(() => 0.5 * tf.reduce_mean(tf.square(step.Quantize(normal) - normal)), [step.Step.Raw]);
        var found = (double)step.Step.Value;
        Assert.Equal(golden.GetProperty("rests").GetDouble(), found, 1e-3);
        Assert.Equal(rests, found, 1e-3);
        if (bits < 5) Assert.True(golden.GetProperty("best").GetDouble() - found > 1e-3);
        Assert.Equal(golden.GetProperty("error_at_rest").GetDouble(),
            (double)tf.reduce_mean(tf.square(step.Quantize(normal) - normal)), 1e-4);
    }

    [Fact]
    public void Values_and_slopes_are_those_of_the_source()
    {
        double[] x = [-2.3, -1.1, -0.62, -0.4, -0.14, 0, 0.07, 0.31, 0.55, 0.9, 1.4, 3], up = [0.5, -1, 0.3, 0.2, -0.7, 1, 0.4, -0.2, 0.6,
            -0.5, 0.8, 1.1];
        foreach (var (bits, s) in new[] { (2, 0.25), (3, 0.5), (4, 0.2) })
            foreach (var scale in new[] { false, true })
            {
                var step = In64(() => new LearnedStep(bits, initial: s, gradient_scale: scale));
                var (low, high) = (-Math.Pow(2, bits - 1), Math.Pow(2, bits - 1) - 1);
                using var tape = tf.GradientTape();
                var input = tf.constant(x);
                tape.watch(input);
                var y = step.Quantize(input);
                var loss = tf.reduce_sum(y * tf.constant(up));
                var (byX, byRaw) = (tape.gradient(loss, [input, step.Step.Raw]) is [{ } a, { } b]
                    ? (a, b) : throw new InvalidOperationException());
                double[] q = [.. x.Select(v => Math.Round(Math.Clamp(v / s, low, high), MidpointRounding.ToEven))];
                bool[] inside = [.. x.Select(v => v / s >= low && v / s <= high)];
                for (var i = 0; i < x.Length; i++)
                {
                    Assert.Equal(q[i] * s, (double)y[i], 1e-14);
                    Assert.Equal(inside[i] ? up[i] : 0, (double)byX[i], 1e-14);
                }
                // By log s: s times the slope by s.
                var slope = x.Select((v, i) => up[i] * (inside[i] ? q[i] - v / s : q[i])).Sum() / (scale ? Math.Sqrt(x.Length * high) : 1);
                Assert.Equal(s * slope, (double)byRaw, 1e-12);
            }
    }

    [Fact]
    public void Without_a_sign_there_are_as_many_levels_from_0_on()
    {
        var step = new LearnedStep(2, signed: false, initial: 0.5);
        Assert.Equal([0, 0, 0.5f, 1, 1.5f, 1.5f], step.Apply(tf.constant(new[,] { { -3f, 0.2f, 0.6f, 1, 1.4f, 9 } })).ToArray<float>());
        var halves = new LearnedStep(1, halfway: true, initial: 0.5);
        Assert.Equal([-0.25f, -0.25f, 0.25f, 0.25f], halves.Apply(tf.constant(new[,] { { -3f, -0.1f, 0, 0.7f } })).ToArray<float>());
    }

    [Fact]
    public void The_first_step_is_that_of_the_first_batch_unless_somebody_has_set_it()
    {
        var x = tf.constant(new[,] { { 1f, -3, 2, 2 } });
        var step = new LearnedStep(4);
        step.Apply(x);
        Assert.Equal(2 * 2 / Math.Sqrt(7), (double)step.Step.Value, 1e-6);
        step.Apply(100 * x);
        Assert.Equal(2 * 2 / Math.Sqrt(7), (double)step.Step.Value, 1e-6);
        var set = new LearnedStep(4);
        set.Step.Assign(0.25f);
        set.Apply(x);
        Assert.Equal(0.25, (double)set.Step.Value, 1e-6);
        var nothing = new LearnedStep(4);
        nothing.Apply(tf.zeros((2, 3)));
        Assert.Equal(1, (double)nothing.Step.Value, 1e-12);
    }

    [Fact]
    public void In_a_model_the_step_trains()
    {
        var step = new LearnedStep(3, initial: 2);
        var model = Sequential([Input(4), layers.Dense(8), step, layers.Dense(1)]);
        model.compile(optimizers.Adam(0.01), "mse");
        Assert.Contains(step.Step.Raw, model.trainable_variables);
        var x = tf.random.normal((32, 4), seed: 3);
        model.fit(x, tf.reduce_sum(x, 1, keepdims: true), epochs: 5, verbose: 0);
        Assert.NotEqual(2, (double)step.Step.Value, 1e-3);
    }

    [Fact]
    public void No_bits_a_step_that_is_not_above_0_and_a_batch_that_is_not_finite_are_refused()
    {
        Assert.Contains("Received: 0", Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedStep(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedStep(17));
        Assert.Contains("halfway: true", Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedStep(1)).Message);
        Assert.Contains("drives it further down",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LearnedStep(4, initial: -0.1)).Message);
        Assert.Throws<ArgumentException>(() => new LearnedStep(4, signed: false, halfway: true));
        Assert.Throws<NumericException>(() => new LearnedStep(4).Apply(tf.constant(new[,] { { 1f, float.NaN } })));
    }

    [Fact]
    public void The_first_step_comes_from_the_steps_that_count()
    {
        float[,,] steps = { { { 1, -2 }, { 3, 0.5f } } }, padded = { { { 1, -2 }, { 3, 0.5f }, { 0, 0 }, { 0, 0 } } };
        LearnedStep Started(Tensor x)
        {
            var quantiser = new LearnedStep(4);
            quantiser.Apply(layers.Masking().Apply(x));
            return quantiser;
        }
        Assert.Equal((double)Started(tf.constant(steps)).Step.Value, (double)Started(tf.constant(padded)).Step.Value, 1e-6);
    }

    [Fact]
    public void In_a_model_the_first_step_is_that_of_the_first_data_and_not_of_what_tells_the_shapes()
    {
        var x = 100f * tf.random.normal((50, 4), seed: 1);
        var expected = 2 * (double)tf.reduce_mean(tf.abs(x)) / Math.Sqrt(7);
        var step = new LearnedStep(4);
        Sequential([Input(4), step, layers.Dense(1)]).predict(x, batch_size: 50);
        Assert.Equal(expected, (double)step.Step.Value, 1e-4);
        // An empty batch says nothing, nor does one of zeros, and a 1 that somebody has set is set.
        var later = new LearnedStep(4);
        later.Apply(tf.zeros((0, 4)));
        later.Apply(tf.zeros((3, 4)));
        later.Apply(x);
        Assert.Equal(expected, (double)later.Step.Value, 1e-4);
        var one = new LearnedStep(4);
        one.Step.Assign(1f);
        one.Apply(x);
        Assert.Equal(1, (double)one.Step.Value);
    }

    [Fact]
    public void Levels_without_a_sign_are_none_for_what_lies_below_0_and_that_is_said()
    {
        var step = new LearnedStep(4, signed: false);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 10; i++) step.Apply(-tf.ones((2, 3)) * (i + 1), training: true);
        Assert.Contains("all below 0, where there are no levels without a sign", Assert.Single(heard));
        Assert.Contains("Take signed: true", heard[0]);
    }

    [Theory]
    [InlineData(1e6, "all on the level nearest to 0")]
    [InlineData(1e-9, "all beyond the last levels")]
    public void A_step_of_another_size_than_the_numbers_is_named(double wild, string said)
    {
        var step = new LearnedStep(4, initial: wild);
        var good = new LearnedStep(4, initial: 0.3);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 30; i++)
                foreach (var s in new[] { step, good }) s.Apply(tf.random.normal((8, 4), seed: i), training: true);
        Assert.Contains(said, Assert.Single(heard));
    }

    static LearnedStep In64(Func<LearnedStep> make)
    {
        config.set_floatx(tf.float64);
        try
        {
            return make();
        }
        finally
        {
            config.set_floatx(tf.float32);
        }
    }

    /// <summary>By bisection on erf, to 1e-12.</summary>
    static double[] Quantiles(int n)
    {
        var points = new double[n];
        for (var i = 0; i < n / 2; i++)
        {
            var (low, high, share) = (-9.0, 0.0, (i + 0.5) / n);
            while (high - low > 1e-12)
            {
                var middle = (low + high) / 2;
                if (0.5 * (double)tf.math.erfc(-middle / Math.Sqrt(2)) < share) low = middle;
                else high = middle;
            }
            (points[i], points[n - 1 - i]) = (low, -low);
        }
        return points;
    }
}
