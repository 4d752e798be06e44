using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Where the log variances begin, and what a unit does to the path.</summary>
public class UncertaintyWeightsTests
{
    static readonly Tensor one = tf.constant(1.0, tf.float64);

    static double[] S(UncertaintyWeights weights) => weights.LogVariances.read_value().ToArray<double>();

    [Fact]
    public void They_start_at_the_log_of_the_first_losses_and_only_then()
    {
        var weights = new UncertaintyWeights(2, dtype: tf.float64);
        // At e^s = L the charged loss is ½·Σ(1 + log L).
        Assert.Equal(1 + 0.5 * (Math.Log(3) + Math.Log(700)), (double)weights.Loss(3 * one, 700 * one), 1e-12);
        weights.Loss(5 * one, one);
        Assert.Equal([Math.Log(3), Math.Log(700)], S(weights), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_variance_that_is_given_is_where_they_start()
    {
        var weights = new UncertaintyWeights(2, variance: 4, dtype: tf.float64);
        weights.Loss(3 * one, 700 * one);
        Assert.Equal([Math.Log(4), Math.Log(4)], S(weights), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Values_that_somebody_has_set_before_stay()
    {
        var weights = new UncertaintyWeights(2, dtype: tf.float64);
        weights.LogVariances.assign(tf.constant(new[] { 0.0, -2.5 }));
        weights.Loss(3 * one, 700 * one);
        Assert.Equal([0.0, -2.5], S(weights));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-2.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_first_loss_without_a_logarithm_starts_at_a_variance_of_one(double loss)
    {
        var weights = new UncertaintyWeights(2, dtype: tf.float64);
        weights.Loss(3 * one, loss * one);
        Assert.Equal([Math.Log(3), 0], S(weights), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1e-6)]
    public void The_unit_of_a_loss_does_not_change_the_path(double unit)
    {
        var (plain, scaled) = (Path(1, null), Path(unit, null));
        Assert.Equal(plain, scaled, (a, b) => Math.Abs(a - b) < 1e-9);
        // From s = 0, the start that most codes have, it does.
        Assert.NotEqual(plain, Path(unit, 1), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void The_start_is_no_move_of_somebody_else_to_a_judge()
    {
        var w = tf.Variable(0.0, name: "w", dtype: tf.float64);
        var weights = new UncertaintyWeights(2, dtype: tf.float64);
        var judge = new TrainingObjective(() => weights.Loss(tf.square(w - 1) + 0.1, tf.square(w + 1) + 2), [w, weights.LogVariances]);
        Assert.Equal("", ErrorStream.Anew(() =>
        {
            for (var i = 0; i < 20; i++) judge.Step(keras.optimizers.SGD(0.01));
        }));
    }

    /// <summary>w after each of 60 steps on two squares, the second in another unit.</summary>
    static double[] Path(double unit, double? variance)
    {
        var w = tf.Variable(0.0, name: "w", dtype: tf.float64);
        var weights = variance is { } v ? new UncertaintyWeights(2, v, dtype: tf.float64) : new UncertaintyWeights(2, dtype: tf.float64);
        var sgd = keras.optimizers.SGD(0.05);
        return [.. Enumerable.Range(0, 60).Select(_ =>
        {
            sgd.minimize(() => weights.Loss(tf.square(w - 1) + 0.1, unit * (tf.square(w + 1) + 2)), [w, weights.LogVariances]);
            return (double)w;
        })];
    }
}
