namespace Workbook.Helpers;

/// <summary>Charts that need more than a few marks; each gives a <see cref="Plot"/> that takes further marks.</summary>
public static partial class Charts
{
    const int Grid = 60;

    /// <summary>
    /// A loss of two variables as contour lines that bear its values. Add the path of a descent with <see cref="Plot.Path"/>.
    /// </summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="x">The first variable, with its unit.</param>
    /// <param name="y">The second variable, with its unit.</param>
    /// <param name="loss">The loss at a point; where it is not finite, nothing is drawn.</param>
    /// <param name="xRange">The smallest and the largest value of the first variable.</param>
    /// <param name="yRange">The smallest and the largest value of the second variable.</param>
    public static Plot LossSurface(string title, string x, string y, Func<double, double, double> loss, (double Min, double Max) xRange,
        (double Min, double Max) yRange)
    {
        double[] xs = Steps(xRange), ys = Steps(yRange);
        return new Plot(title, x, y).Zoom(xRange, yRange)
            .Add(new SurfaceMark("Loss", xs, ys, [.. ys.Select(v => xs.Select(u => loss(u, v)).ToArray())]));
    }

    static double[] Steps((double Min, double Max) range) =>
        [.. Enumerable.Range(0, Grid + 1).Select(i => range.Min + (range.Max - range.Min) * i / Grid)];
}
