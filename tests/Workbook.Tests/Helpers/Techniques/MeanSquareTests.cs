using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>What the best weights leave, differentiable in the columns.</summary>
public class MeanSquareTests
{
    static readonly DataSet data = DataSets.Diabetes();

    [Fact]
    public void It_is_what_least_squares_leaves()
    {
        // scikit-learn 1.2, LinearRegression on all ten features: R² 0.51774842.
        Tensor[] columns = [.. Enumerable.Range(0, 10).Select(j => data.X[.., j])];
        Assert.Equal(1 - 0.5177484222203499, (double)LeastSquares.MeanSquare(Scaling.Standardize(data.y), columns), 1e-9);
        Assert.Equal((double)tf.math.reduce_variance(data.y), (double)LeastSquares.MeanSquare(data.y), 1e-8);
    }

    [Fact]
    public void A_column_that_others_say_changes_nothing_and_keeps_the_slopes_finite()
    {
        var (a, b) = (data.X[.., 2], data.X[.., 3]);
        var alone = (double)LeastSquares.MeanSquare(data.y, a, b);
        Assert.Equal(1, (double)LeastSquares.MeanSquare(data.y, a, b, a + 2 * b, tf.ones_like(a)) / alone, 1e-9);
        var shift = tf.Variable(tf.constant(0.0, tf.float64));
        using var tape = tf.GradientTape();
        var slope = tape.gradient(LeastSquares.MeanSquare(data.y, a, a + shift * tf.square(a)), shift);
        Assert.True(double.IsFinite((double)slope));
    }

    [Fact]
    public void Its_slopes_agree_with_differences_to_the_second_order()
    {
        var (x, y) = (Scaling.Standardize(data.X[.., 2]), Scaling.Standardize(data.y));
        var rate = tf.Variable(tf.constant(0.4, tf.float64));
        Tensor Loss(Operand at) => LeastSquares.MeanSquare(y, tf.exp(at * x));
        using var outer = tf.GradientTape();
        Tensor slope;
        using (var inner = tf.GradientTape()) slope = inner.gradient(Loss(rate), rate);
        var curvature = outer.gradient(slope, rate);
        double h = 1e-4, low = (double)Loss(0.4 - h), middle = (double)Loss(0.4), high = (double)Loss(0.4 + h);
        Assert.Equal((high - low) / (2 * h), (double)slope, 1e-7);
        Assert.Equal((high - 2 * middle + low) / (h * h), (double)curvature, 1e-5);
    }

    [Fact]
    public void A_column_of_another_length_is_refused() =>
        Assert.Contains("columns of shape", Assert.Throws<ShapeException>(() => LeastSquares.MeanSquare(data.y, data.X[..5, 0])).Message);
}
