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

    // scikit-learn's StandardScaler leaves 0 where a column does not vary.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(0.1)]
    public void A_column_that_does_not_vary_becomes_0_and_has_finite_gradients(double constant)
    {
        var x = tf.Variable(tf.stack([X[.., 0], tf.fill(442, tf.constant(constant, tf.float64))], 1));
        foreach (var scale in new Func<Operand, Tensor>[] { Scaling.Standardize, Scaling.UnitLength, z => Scaling.StandardizeBy(z, z) })
        {
            using var tape = tf.GradientTape();
            var scaled = scale(x);
            Assert.Equal(0, (double)tf.reduce_max(tf.abs(scaled[.., 1])), 1e-12);
            Assert.True(double.IsFinite((double)tf.reduce_sum(tape.gradient(tf.reduce_sum(tf.square(scaled)), x)!)));
        }
    }
}
