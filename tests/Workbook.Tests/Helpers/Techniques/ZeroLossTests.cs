using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Losses that reach 0 or fall below it.</summary>
public class ZeroLossTests
{
    readonly Variable x = tf.Variable(tf.ones(2, tf.float64), name: "x");

    Tensor Hinge(double margin, int i) => tf.reduce_sum(tf.nn.relu(margin - x[i])) + 0.0 * tf.reduce_sum(x);

    [Fact]
    public void GradNorm_holds_its_weights_where_all_losses_are_zero()
    {
        var balance = new GradNorm(2, dtype: tf.float64);
        balance.Step(() => [Hinge(3, 0), Hinge(2, 1)], [x]);
        var weights = balance.Weights.read_value().ToArray<double>();
        for (var i = 0; i < 3; i++) balance.Step(() => [Hinge(0, 0), Hinge(0, 1)], [x]);
        Assert.Equal(weights, balance.Weights.read_value().ToArray<double>());
        balance.Step(() => [Hinge(0, 0), Hinge(2, 1)], [x]);
        Assert.All(balance.Weights.read_value().ToArray<double>(), w => Assert.True(double.IsFinite(w) && w > 0));
    }

    [Theory]
    [InlineData(-0.3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void GradNorm_says_which_loss_is_the_matter(double value)
    {
        var balance = new GradNorm(2, dtype: tf.float64);
        balance.Step(() => [Hinge(3, 0), Hinge(2, 1)], [x]);
        var message =
            Assert.Throws<ArgumentException>(() => balance.Step(() => [Hinge(3, 0), 0.0 * tf.reduce_sum(x) + value], [x])).Message;
        Assert.Contains("loss 1 is", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(GradNorm))]
    [InlineData(typeof(PCGrad))]
    [InlineData(typeof(MGDA))]
    public void A_gradient_that_is_not_finite_is_refused_though_its_loss_is(Type rule)
    {
        var zero = tf.Variable(tf.zeros(2, tf.float64));
        GradientWeights weights = rule == typeof(GradNorm) ? new GradNorm(2, dtype: tf.float64)
            : rule == typeof(PCGrad) ? new PCGrad(2, dtype: tf.float64) : new MGDA(2, dtype: tf.float64);
        var message = Assert.Throws<ArgumentException>(() =>
            weights.Step(() => [tf.norm(zero) + 1.0, tf.reduce_sum(zero) + 1.0], [zero])).Message;
        Assert.Contains("loss 0 is 1 and its gradient is not finite", message, StringComparison.Ordinal);
    }

    [Fact]
    public void MGDA_says_once_that_a_loss_at_rest_holds_everything()
    {
        var weights = new MGDA(2, dtype: tf.float64);
        var said = ErrorStream.Anew(() =>
        {
            for (var i = 0; i < 30; i++) weights.Step(() => [Hinge(0, 0), Hinge(2, 1)], [x]);
        });
        Assert.Equal([1, 0], weights.Weights.read_value().ToArray<double>());
        Assert.Contains("that of loss 0 has been exactly 0 for 10 steps", said, StringComparison.Ordinal);
        Assert.Single(said.Split("Warning", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", ErrorStream.Anew(() =>
        {
            var other = new MGDA(2, dtype: tf.float64);
            for (var i = 0; i < 30; i++) other.Step(() => [Hinge(i % 9 == 0 ? 3 : 0, 0), Hinge(2, 1)], [x]);
        }));
    }

    [Fact]
    public void Dynamic_weights_stay_where_a_loss_was_zero_and_refuse_one_below()
    {
        var average = new DynamicWeightAverage();
        average.Next(2.0, 4.0);
        average.Next(1.0, 4.0);
        var weights = average.Next(0.0, 4.0);
        Assert.NotEqual(weights[0], weights[1]);
        var next = average.Next(0.0, 4.0);
        Assert.Equal(0, next[0] > next[1] ? 1 : 0);
        Assert.Equal(next, average.Next(1.0, 4.0));
        Assert.Equal(next, average.Next(1.0, 4.0));
        Assert.All(average.Next(1.0, 4.0), w => Assert.True(double.IsFinite(w)));
        Assert.Contains("loss 1 is -1", Assert.Throws<ArgumentException>(() => average.Next(1.0, -1.0)).Message, StringComparison.Ordinal);
        Assert.Contains("loss 0 is", Assert.Throws<ArgumentException>(() => average.Next(double.NaN, 1.0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Uncertainty_weights_name_a_loss_that_stays_zero_once()
    {
        var weights = new UncertaintyWeights(2);
        var sgd = keras.optimizers.SGD(0.1);
        var said = ErrorStream.Anew(() =>
        {
            for (var i = 0; i < 40; i++) sgd.minimize(() => weights.Loss(1.0, i < 5 ? 1.0 : 0.0), [weights.LogVariances]);
        });
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("loss 1 has been at 0 or below", said, StringComparison.Ordinal);
        Assert.Equal("", ErrorStream.Anew(() =>
        {
            for (var i = 0; i < 40; i++) _ = new UncertaintyWeights(2).Loss(1.0, i % 3 == 0 ? 0.5 : 0.0);
        }));
    }

    [Fact]
    public void A_multiplicative_rate_stays_where_there_is_no_gradient()
    {
        var rate = new LearnedRate(0.1, 0.01, multiplicative: true, dtype: tf.float64);
        for (var i = 0; i < 3; i++) rate.Step(() => Hinge(0, 0), [x]);
        Assert.Equal(0.1, (double)rate.Rate.value(), 1e-12);
    }
}
