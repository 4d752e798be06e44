using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: numpy (fixed points of d/‖w‖² and n/RSS), and the closed form for features at right angles.</summary>
public class JointMapTests
{
    const int Weights = 20;

    // Columns of a Hadamard matrix without the constant one: at right angles, of mean 0.
    static readonly Tensor X = tf.reshape(tf.constant(Enumerable.Range(0, 32).SelectMany(i => Enumerable.Range(1, Weights)
        .Select(j => int.PopCount(i & j) % 2 == 0 ? 1.0 : -1.0)).ToArray()), (32, Weights));

    /// <summary>A target with this mean z² at α = 1: each X'y is √(32·z²).</summary>
    static Tensor Target(double meanSquaredZ) =>
        tf.linalg.matvec(X, tf.fill(Weights, tf.constant(Math.Sqrt(meanSquaredZ / 32), tf.float64)));

    [Theory]
    [InlineData(4.1, 0.5781)]
    [InlineData(6.0, 0.7887)]
    [InlineData(25, 0.9583)]
    public void Above_a_mean_squared_z_of_4_it_shrinks_by_the_closed_form(double z2, double shrinkage)
    {
        var fit = JointMap.Fit(X, Target(z2), noise: 1);
        Assert.Equal(z2, fit.MeanSquaredZ, 1e-10);
        var shrunk = (double)fit.Weights[0] / Math.Sqrt(z2 / 32);
        Assert.Equal((1 + Math.Sqrt(1 - 4 / z2)) / 2, shrunk, 1e-9);
        Assert.Equal(shrinkage, shrunk, 1e-4);
        Assert.Equal(Weights / (double)tf.reduce_sum(tf.square(fit.Weights)), fit.Lambda, 1e-6 * fit.Lambda);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(3.9)]
    [InlineData(0.8)]
    public void Below_the_cliff_there_is_no_stationary_point_which_is_said_with_its_mean_squared_z(double z2)
    {
        var message = Assert.Throws<NumericException>(() => JointMap.Fit(X, Target(z2), noise: 1)).Message;
        Assert.Contains($"Received: {z2.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", message, StringComparison.Ordinal);
        Assert.Contains("Evidence.Maximize needs a mean z² of 1 only", message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_diabetes_data_it_shrinks_more_than_the_evidence()
    {
        var (x, y) = (Scaling.UnitLength(DataSets.Diabetes().X), DataSets.Diabetes().y);
        var fit = JointMap.Fit(x, y);
        // numpy: .03934 from starts of 1e-8 to 1e-3.
        Assert.Equal(0.03934, fit.Ratio, 5e-6);
        Assert.True(fit.Ratio > Evidence.Maximize(x, y).Ratio);
        Assert.Equal(10 / (double)tf.reduce_sum(tf.square(fit.Weights)), fit.Lambda, 1e-7 * fit.Lambda);
        var squares = (double)tf.reduce_sum(tf.square(y - fit.Predict(x)));
        Assert.Equal(442 / squares, fit.Alpha, 1e-9);
    }

    [Fact]
    public void More_columns_than_rows_leave_no_noise_and_a_known_noise_helps()
    {
        var (x, y, _) = LinearTables.Table("8 patients, 10 columns");
        Assert.Contains("10 columns explain all of 8 rows", Assert.Throws<NumericException>(() => JointMap.Fit(x, y)).Message,
            StringComparison.Ordinal);
        Assert.True(JointMap.Fit(x, y, noise: 0.1).Lambda > 0);
        Assert.Contains("a precision above 0", Assert.Throws<ArgumentOutOfRangeException>(() => JointMap.Fit(x, y, noise: 0)).Message,
            StringComparison.Ordinal);
    }
}
