using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Charts;

public class ThinningTests
{
    static readonly double[] Xs = [.. Enumerable.Range(1, 100_000).Select(i => (double)i)];

    [Fact]
    public void A_long_line_keeps_its_ends_and_its_extremes_and_few_points()
    {
        double[] ys = [.. Xs.Select(x => Math.Sin(x / 1000))];
        ys[51_234] = 7;
        ys[51_235] = -7;
        var (x, y) = Thin(ys, log: false);
        Assert.InRange(x.Length, 250, 1100);
        Assert.Equal((1, 100_000), (x[0], x[^1]));
        Assert.Equal((7, -7), (y.Max(), y.Min()));
        Assert.Equal(x.Order(), x);
    }

    [Fact]
    public void Along_a_logarithmic_axis_the_beginning_keeps_its_points()
    {
        var (x, _) = Thin([.. Xs.Select(v => 1 / v)], log: true);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], x.Take(10));
        Assert.InRange(x.Length, 100, 1100);
    }

    [Fact]
    public void A_gap_in_the_line_does_not_hide_the_extremes_beside_it()
    {
        double[] ys = [.. Xs.Select(_ => 0.0)];
        ys[50_000] = double.NaN;
        ys[50_001] = 9;
        Assert.Contains(9, Thin(ys, log: false).Y);
    }

    [Fact]
    public void A_short_line_stays_as_it_is()
    {
        double[] xs = [3, 1, 2];
        Assert.Same(xs, Thinning.Thin(xs, xs, Axis(xs, false)).X);
    }

    static (double[] X, double[] Y) Thin(double[] ys, bool log) => Thinning.Thin(Xs, ys, Axis(Xs, log));

    static PlotAxis Axis(double[] values, bool log)
    {
        var axis = new PlotAxis("x", log);
        axis.See(values);
        return axis;
    }
}
