using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: numpy's lstsq for every choice from a grid, scipy's Nelder-Mead from the best (make_shapes.py).</summary>
public class FreeKnotsTests
{
    public static TheoryData<string> Data => ShapeCases.Names("knots");

    [Theory]
    [MemberData(nameof(Data))]
    public void At_given_knots_the_share_that_is_left_is_that_of_numpy(string name)
    {
        var (shape, x, y) = Of(name);
        foreach (var (knots, share) in shape.GetProperty("asked").Deserialize<double[][]>()!.Zip(shape.Numbers("shares")))
        {
            var found = FreeKnots.At(x, y, knots);
            Assert.Equal(share, found.Share, 1e-9);
            Assert.Equal(share, (double)FreeKnots.Loss(x, Scaling.Standardize(y), tf.constant(knots)), 1e-9);
            Assert.Equal(found.MeanSquare, (double)tf.reduce_mean(tf.square(y - found.Predict(x))), 1e-9 * found.MeanSquare + 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void The_search_finds_the_best_knots_of_all(string name)
    {
        var (shape, x, y) = Of(name);
        var knots = shape.Numbers("knots");
        var found = FreeKnots.Search(x, y, knots.Length, shape.GetProperty("places").GetInt32());
        // Nelder and Mead stop at 1e-14 of the share; on a kink of the loss the place is exact, elsewhere to the root of that.
        Assert.Equal(shape.Number("share"), found.Share, 1e-8);
        Assert.Equal(knots, found.Knots, (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Quantiles_are_those_of_numpy_and_equal_starts_are_even(string name)
    {
        var (shape, x, _) = Of(name);
        var quantiles = shape.Numbers("quantiles");
        Assert.Equal(quantiles, FreeKnots.Quantiles(x, quantiles.Length), (a, b) => Math.Abs(a - b) < 1e-12);
        var all = tf.linspace(2.0, 12.0, 7);
        Assert.Equal([4.0, 6, 8, 10], FreeKnots.Equal(all, 4), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_descent_from_a_start_never_ends_above_it_nor_below_the_best_of_all()
    {
        var (shape, x, y) = Of("mcycle, 4");
        foreach (var start in new[] { FreeKnots.Equal(x, 4), FreeKnots.Quantiles(x, 4), [27.0, 30, 32, 35] })
        {
            var found = FreeKnots.From(x, y, start);
            Assert.InRange(found.Share, shape.Number("share") - 1e-9, FreeKnots.At(x, y, start).Share);
            Assert.Equal(found.Knots.Order(), found.Knots);
        }
    }

    [Fact]
    public void Knots_of_a_variable_descend()
    {
        var (_, x, y) = Of("two kinks");
        var knots = tf.Variable(tf.constant(new[] { 0.0, 3 }));
        var target = Scaling.Standardize(y);
        var adam = Workbook.Keras.keras.optimizers.Adam(0.02);
        for (var i = 0; i < 400; i++) adam.minimize(() => FreeKnots.Loss(x, target, knots), [knots]);
        Assert.Equal([0.5, 2.25], knots.value().ToArray<double>(), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void Units_of_x_and_y_do_not_matter()
    {
        var (_, x, y) = Of("two kinks");
        var (found, scaled) = (FreeKnots.Search(x, y, 2, 20), FreeKnots.Search(1e6 * x - 5, 1e-9 * y + 1, 2, 20));
        Assert.Equal(found.Share, scaled.Share, 1e-6);
        Assert.Equal(found.Knots[1], (scaled.Knots[1] + 5) / 1e6, 1e-4);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_what_to_do()
    {
        var (_, x, y) = Of("mcycle, 4");
        Assert.Contains("the range of x", Assert.Throws<ArgumentOutOfRangeException>(() => FreeKnots.At(x, y, 70.0)).Message);
        Assert.Contains("FreeKnots.From", Assert.Throws<ArgumentException>(() => FreeKnots.Search(x, y, 12)).Message);
        Assert.Throws<ArgumentException>(() => FreeKnots.Search(x, y, 5, places: 4));
        Assert.Contains("fewer knots", Assert.Throws<ArgumentException>(() => FreeKnots.At(x[..6], y[..6], 5.0, 6.0)).Message);
        Assert.Contains("values that vary", Assert.Throws<ArgumentException>(() => FreeKnots.At(tf.ones_like(x), y, 1.0)).Message);
    }

    static (JsonElement, Tensor X, Tensor Y) Of(string name) =>
        ShapeCases.Of("knots", name) is var shape ? (shape, shape.Vector("x"), shape.Vector("y")) : default;

    [Fact]
    public void Starts_of_no_rows_or_no_knots_are_refused_with_a_word()
    {
        foreach (var starts in new[] { FreeKnots.Equal, (Func<Tensor, int, double[]>)FreeKnots.Quantiles })
        {
            Assert.Contains("FreeKnots", Assert.Throws<ArgumentException>(() => starts(tf.zeros(0, tf.float64), 2)).Message);
            Assert.Contains("FreeKnots", Assert.Throws<ArgumentException>(() => starts(tf.constant(new[] { 1, double.NaN }), 2)).Message);
            Assert.ThrowsAny<ArgumentException>(() => starts(tf.ones(5), -1));
        }
    }

    [Fact]
    public void The_loss_takes_a_single_knot_and_a_column_for_a_target_is_refused()
    {
        var x = tf.cast(tf.range(20), tf.float64);
        var y = tf.sin(x / 5.0);
        Assert.Equal((double)FreeKnots.Loss(x, y, tf.constant(new[] { 7.0 })), (double)FreeKnots.Loss(x, y, 7.0), 1e-15);
        Assert.Contains("tf.reshape", Assert.Throws<ShapeException>(() => LeastSquares.MeanSquare(tf.expand_dims(y, 1), x)).Message);
        Assert.Throws<ShapeException>(() => LeastSquares.MeanSquare(y[..0], x[..0]));
        Assert.Contains("tells nothing", Assert.Throws<ArgumentException>(() => FreeKnots.At(tf.ones(20), y, 1)).Message);
    }
}
