using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Data;

public class ScalingTests
{
    static readonly Tensor X = DataSets.Diabetes().X;

    [Fact]
    public void Standardized_columns_have_mean_0_and_variance_1()
    {
        var z = Scaling.Standardize(X);
        foreach (var mean in tf.reduce_mean(z, axis: 0).ToArray<double>()) Assert.Equal(0, mean, 1e-12);
        foreach (var variance in tf.reduce_mean(tf.square(z), axis: 0).ToArray<double>()) Assert.Equal(1, variance, 1e-12);
    }

    [Fact]
    public void Columns_of_unit_length_are_those_of_scikit_learn()
    {
        // load_diabetes().data[0], as printed to 8 digits.
        double[] expected = [0.03807591, 0.05068012, 0.06169621, 0.02187239, -0.0442235, -0.03482076, -0.04340085, -0.00259226, 0.01990749,
            -0.01764613];
        var first = Scaling.UnitLength(X)[0].ToArray<double>();
        for (var j = 0; j < 10; j++) Assert.Equal(expected[j], first[j], 1e-8);
    }

    [Fact]
    public void Rows_are_scaled_by_the_means_and_deviations_of_others()
    {
        Tensor others = tf.constant(new double[,] { { 1, 10 }, { 3, 30 } }), x = tf.constant(new double[,] { { 2, 50 } });
        // Means 2 and 20, deviations of the population 1 and 10.
        Assert.Equal([0, 3], Scaling.StandardizeBy(x, others).ToArray<double>());
        var all = Scaling.StandardizeBy(X, X) - Scaling.Standardize(X);
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(all)), 1e-12);
    }

    /// <summary>scikit-learn's StandardScaler gives zeros too. The mean of twenty times 0.1 is not 0.1.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    [InlineData(-3e7)]
    public void A_constant_column_gives_zeros_and_a_slope_that_is_finite(double value)
    {
        var column = tf.fill((20, 1), tf.constant(value, tf.float64));
        var x = tf.concat([column, X[..20, 2..3]], 1);
        foreach (var scaled in new[] { Scaling.Standardize(x), Scaling.UnitLength(x), Scaling.StandardizeBy(x, x),
            tf.cast(Scaling.Standardize(tf.cast(x, tf.float32)), tf.float64), Scaling.StandardizeBy(x + 1.0, x) })
        {
            Assert.Equal(new double[20], scaled[.., 0].ToArray<double>());
            Assert.True((double)tf.reduce_max(tf.abs(scaled[.., 1])) > 0.1);
        }
        var v = tf.Variable(x);
        using var tape = tf.GradientTape();
        var slope = tape.gradient(tf.reduce_sum(tf.square(Scaling.Standardize(v)) * v), v)!;
        Assert.True(double.IsFinite((double)tf.reduce_sum(slope)));
    }
}
