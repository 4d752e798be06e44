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
}
