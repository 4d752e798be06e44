using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Helpers.Techniques.TransformGoldens;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>A target that a model predicts transformed: one likelihood for weights, exponent and noise, and the way back.</summary>
public class TransformedTargetTests
{
    public static TheoryData<int> Means => [.. Enumerable.Range(0, All("means").Count())];

    [Theory]
    [MemberData(nameof(Means))]
    public void The_mean_on_the_original_scale_is_that_of_a_quadrature(int index)
    {
        var golden = All("means").ElementAt(index);
        var target = Target(Kind(golden, golden.Number("lambda")), golden.Number("noise"));
        var mean = (double)target.Mean(tf.constant(golden.Number("center"), tf.float64));
        // At λ = 0.5 the normal reaches the end of the range, where the power has a kink.
        Assert.Equal(golden.Number("mean"), (mean - target.Shift) / target.Scale, 1e-6);
    }

    [Fact]
    public void Medians_are_not_means_and_half_of_all_targets_are_larger()
    {
        var target = Target(new BoxCox(0, dtype: tf.float64), noise: 0.5);
        var f = tf.constant(new[] { -1, 0.2 });
        // At λ = 0 the target is log-normal: median exp(f), mean exp(f + σ²/2), both times the unit.
        Close(tf.exp(f) * target.Scale, target.Median(f), 1e-12);
        Close(tf.exp(f + 0.125) * target.Scale, target.Mean(f), 1e-12);
        Close(target.Median(f), target.Quantile(f, 0.5), 1e-12);
        var (low, high) = target.Interval(f, 0.9);
        Close(tf.exp(f - 0.5 * 1.6448536269514722) * target.Scale, low, 1e-9);
        Close(tf.exp(f + 0.5 * 1.6448536269514722) * target.Scale, high, 1e-9);
    }

    [Fact]
    public void What_lies_beyond_the_range_is_its_end_or_is_said()
    {
        var square = Target(new BoxCox(0.5, dtype: tf.float64), noise: 1);
        Assert.Equal(0, (double)square.Interval(tf.constant(-1.0, tf.float64)).Low);
        Assert.Contains("in row 1", Assert.Throws<ArgumentException>(() => square.Median(tf.constant(new[] { 0, -2.1 }))).Message);
        var inverse = Target(new BoxCox(-0.75, dtype: tf.float64), noise: 0.2);
        Assert.Equal(double.PositiveInfinity, (double)inverse.Quantile(tf.constant(1.3, tf.float64), 0.9));
        var message = Assert.Throws<ArgumentException>(() => inverse.Mean(tf.constant(new[] { -1, 0.3 }))).Message;
        Assert.Contains("in row 1", message.Replace("of row", "in row", StringComparison.Ordinal));
        Assert.Contains("Take Median", message);
        Assert.True(double.IsFinite((double)inverse.Mean(tf.constant(-1.0, tf.float64))));
    }

    [Fact]
    public void The_loss_is_the_density_of_the_target_in_its_own_unit()
    {
        // The density over all y is 1, in any unit.
        foreach (var transform in new LearnedTransform[] { new BoxCox(0.3, dtype: tf.float64), new YeoJohnson(0.6, dtype: tf.float64) })
        {
            var target = Target(transform, noise: 0.4);
            double width = 0.002 * target.Scale, from = target.Shift - (transform is BoxCox ? 0 : 8 * target.Scale) + width / 2;
            var y = tf.constant(Enumerable.Range(0, 20_000).Select(i => from + i * width).ToArray());
            var density = tf.exp(-target.call(y, tf.fill(20_000, tf.constant(0.1, tf.float64))));
            Assert.Equal(1, (double)tf.reduce_sum(density) * width, 1e-5);
        }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_model_that_is_compiled_with_it_finds_the_exponent_of_R_and_the_noise_of_its_residuals()
    {
        var trees = DataSets.Trees();
        var (x, y) = (tf.cast(Scaling.Standardize(trees.X), tf.float32), tf.cast(trees.y, tf.float32));
        var target = new TransformedTarget(new BoxCox(), y);
        var model = keras.Sequential([keras.Input(2), layers.Dense(1)]);
        model.compile(optimizers.Adam(0.02), target);
        Assert.Contains(target.Transform.Lambda, model.trainable_variables);
        Assert.Contains(target.Noise.Raw, model.trainable_variables);
        model.fit(x, y, epochs: 1500, batch_size: 31, verbose: 0);
        Assert.Equal(0.30658, (double)target.Transform.Lambda, 5e-3);
        var left = target.ToModel(tf.expand_dims(y, 1)) - model.predict(x);
        Assert.Equal(Math.Sqrt((double)tf.reduce_mean(tf.square(left))), (double)target.Noise.Value, 2e-3);
        // The loss may be compared with that of no transformation: R, logLik(lm(volume_ft3 ~ girth_in + height_ft)) / 31 is −2.7244; numpy,
        // at this lambda, 2.1561.
        Assert.Equal(2.1561, model.evaluate(x, y, verbose: 0)["loss"], 2e-3);
        var covered = target.Interval(model.predict(x), 0.9);
        var inside = y.ToArray<float>().Zip(covered.Low.ToArray<float>(), covered.High.ToArray<float>())
            .Count(t => t.First > t.Second && t.First < t.Third);
        Assert.InRange(inside, 25, 31);
    }

    [Fact]
    public void A_transformation_that_does_not_come_back_is_refused_with_the_range()
    {
        var y = tf.constant(new float[] { -2, -1, 0.5f, 3 });
        var message = Assert.Throws<ArgumentException>(() => new TransformedTarget(new Square(), y)).Message;
        Assert.Contains("invertible on the range of its target, -2 to 3", message);
        Assert.Contains("in row 0", message);
        // An exponent so low that all values become one number.
        var wide = tf.constant(new float[] { 0.001f, 1, 2, 1000 });
        Assert.Contains("lambda -9", Assert.Throws<ArgumentException>(() => new TransformedTarget(new BoxCox(-9), wide)).Message);
        // One that gets there later is refused when it is asked.
        var target = new TransformedTarget(new BoxCox(), wide);
        target.Transform.Lambda.assign(-9);
        foreach (var ask in new Action[] { () => target.Median(0f), () => target.Mean(0f), () => target.Interval(0f) })
            Assert.Contains("lambda -9", Assert.Throws<ArgumentException>(ask).Message);
    }

    [Fact]
    public void Targets_of_the_wrong_kind_are_refused()
    {
        static string Refused(LearnedTransform transform, params float[] y) =>
            Assert.Throws<ArgumentException>(() => new TransformedTarget(transform, y)).Message;
        Assert.Contains("YeoJohnson", Refused(new BoxCox(), 1, 0));
        Assert.Contains("in row 1", Refused(new YeoJohnson(), 1, float.NaN));
        Assert.Contains("alone", Refused(new YeoJohnson(), 2, 2));
        Assert.Throws<ShapeException>(() => new TransformedTarget(new YeoJohnson(), tf.ones((4, 2))));
        Assert.Throws<ShapeException>(() => new TransformedTarget(new YeoJohnson(tf.ones(2)), new float[] { 1, 2 }));
        var target = new TransformedTarget(new YeoJohnson(), new float[] { 1, 2, 4 });
        Assert.Throws<ShapeException>(() => target.call(tf.ones(3), tf.ones((3, 2))));
    }

    static TransformedTarget Target(LearnedTransform transform, double noise)
    {
        var target = new TransformedTarget(transform, tf.constant(new[] { 10.0, 14, 21, 37 }));
        target.Noise.Raw.assign(tf.constant(Math.Log(noise), tf.float64));
        return target;
    }

    static void Close(Tensor expected, Tensor actual, double within)
    {
        foreach (var (e, a) in expected.ToArray<double>().Zip(actual.ToArray<double>())) Assert.Equal(1, a / e, within);
    }

    /// <summary>x², which forgets the sign.</summary>
    sealed class Square() : LearnedTransform(null, "lambda", tf.float32)
    {
        public override Tensor Apply(Operand x) => tf.square(x);

        public override Tensor LogSlope(Operand x) => tf.math.log(2 * tf.abs(x));

        public override (Tensor Low, Tensor High) Range => (tf.constant(0f), tf.constant(float.PositiveInfinity));

        public override LearnedTransform At(double lambda) => this;

        protected internal override Tensor Back(Operand z) => tf.sqrt(z);
    }
}
