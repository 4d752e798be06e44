using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: scipy's minimize_scalar and curve_fit (make_shapes.py), and R's nls for the sunspots.</summary>
public class LearnedPeriodTests
{
    public static TheoryData<string> Series => ShapeCases.Names("periods");

    [Theory]
    [MemberData(nameof(Series))]
    public void The_period_and_its_error_are_those_of_scipy(string name)
    {
        var shape = ShapeCases.Of("periods", name);
        var found = LearnedPeriod.Of(shape.Vector("y"));
        // A loss that is flat at its minimum tells the place to about the root of rounding.
        Assert.Equal(1, found.Period / shape.Number("period"), 1e-7);
        Assert.Equal(shape.Number("mean_square"), found.MeanSquare, 1e-9 + 1e-6 * shape.Number("mean_square"));
        Assert.Equal(shape.Number("share"), found.Share, 1e-6);
        Assert.Equal(shape.Number("error"), found.Error, 1e-6 + 1e-4 * shape.Number("error"));
        var fit = found.Predict(shape.Vector("fit_at")).ToArray<double>();
        Assert.Equal(shape.Numbers("fit"), fit, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void The_period_of_the_sunspots_is_that_of_nls()
    {
        // R 4.2, nls on √(x + 1): ω = 0.5686898 ± 0.0010.
        var found = LearnedPeriod.Of(tf.sqrt(DataSets.Sunspots().y + 1));
        Assert.Equal(2 * Math.PI / 0.5686898, found.Period, 1e-5);
        Assert.Equal(0.0010, found.Error * 2 * Math.PI / found.Period / found.Period, 5e-5);
        Assert.Equal(289 / 26.0, found.Start, 1e-12);
        Assert.Equal("11.0485 ± 0.019", found.ToString());
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void From_a_start_it_goes_to_the_bottom_of_the_valley_in_which_that_lies(string name)
    {
        var shape = ShapeCases.Of("periods", name);
        foreach (var (start, valley) in shape.Numbers("starts").Zip(shape.Numbers("valleys")))
            Assert.Equal(1, LearnedPeriod.From(shape.Vector("y"), start).Period / valley, 1e-6);
    }

    [Fact]
    public void The_loss_is_what_is_left_and_rests_at_the_period()
    {
        var y = ShapeCases.Of("periods", "lynx").Vector("y");
        var found = LearnedPeriod.Of(y);
        var cycles = tf.Variable(tf.constant(found.Cycles));
        Assert.Equal(found.MeanSquare, (double)LearnedPeriod.Loss(y, cycles), 1e-10);
        Assert.Equal(0, Slope(y, cycles), 1e-6);
        cycles.assign(found.Cycles + 0.3);
        double h = 1e-5, at = found.Cycles + 0.3;
        var difference = ((double)LearnedPeriod.Loss(y, at + h) - (double)LearnedPeriod.Loss(y, at - h)) / (2 * h);
        Assert.Equal(difference, Slope(y, cycles), 1e-7);
    }

    [Fact]
    public void A_trend_is_refused_with_what_to_do()
    {
        var message = Assert.Throws<ArgumentException>(() => LearnedPeriod.Of(tf.range(50))).Message;
        Assert.Contains("Take the trend out", message);
        Assert.Throws<ArgumentException>(() => LearnedPeriod.From(tf.range(50), 45));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void A_series_that_alternates_is_refused_for_nothing_tells_its_phase(int n) =>
        Assert.Contains("between 2 and", Assert.Throws<ArgumentException>(() =>
            LearnedPeriod.Of(tf.constant(Enumerable.Range(0, n).Select(t => t % 2 == 0 ? 1.0 : 3).ToArray()))).Message);

    /// <summary>Truth: the period that the series was made with.</summary>
    [Theory]
    [InlineData(8, 2.3)]
    [InlineData(8, 8)]
    [InlineData(9, 2.1)]
    [InlineData(40, 2.05)]
    [InlineData(40, 40)]
    [InlineData(100, 2.02)]
    [InlineData(100, 99.9)]
    [InlineData(100, 100)]
    public void Up_to_its_borders_a_period_is_found(int n, double period)
    {
        Assert.Equal(1, LearnedPeriod.Of(Wave(n, period)).Period / period, 1e-6);
        Assert.Equal(1, LearnedPeriod.From(Wave(n, period), period > 3 ? n : 2).Period / period, 1e-6);
    }

    [Theory]
    [InlineData(40, 2, "2 steps, where nothing tells the phase. Give values that lie closer in time")]
    [InlineData(40, 42, "40 steps, of which the series holds no second cycle. Take the trend out")]
    [InlineData(40, 400, "40 steps")]
    public void Beyond_a_border_the_border_is_named(int n, double period, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => LearnedPeriod.Of(Wave(n, period))).Message);

    static Tensor Wave(int n, double period) =>
        tf.constant(Enumerable.Range(0, n).Select(t => 3 + Math.Sin(2 * Math.PI * t / period + 0.3)).ToArray());

    [Theory]
    [InlineData(new[] { 1.0, 2, 1, 2, 1, 2, 1 }, "at least 8")]
    [InlineData(new[] { 3.0, 3, 3, 3, 3, 3, 3, 3 }, "expected values that vary")]
    [InlineData(new[] { 1.0, 2, 1, double.NaN, 1, 2, 1, 2 }, "row 3")]
    public void What_is_no_series_is_refused(double[] y, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => LearnedPeriod.Of(tf.constant(y))).Message);

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Values_whose_squares_are_no_numbers_are_refused(double size) =>
        Assert.Contains("in another unit", Assert.Throws<ArgumentException>(() => LearnedPeriod.Of(size * (Wave(40, 7) - 3))).Message);

    [Theory]
    [InlineData(1.9)]
    [InlineData(115)]
    [InlineData(double.NaN)]
    public void A_start_that_no_such_series_can_tell_is_refused(double start) => Assert.Throws<ArgumentOutOfRangeException>(
        () => LearnedPeriod.From(ShapeCases.Of("periods", "lynx").Vector("y"), start));

    static double Slope(Tensor y, Variable cycles)
    {
        using var tape = tf.GradientTape();
        var loss = LearnedPeriod.Loss(y, cycles);
        return (double)tape.gradient(loss, cycles);
    }
}
