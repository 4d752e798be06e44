namespace Workbook.Helpers;

/// <summary>Fewer points that draw the same line.</summary>
static class Thinning
{
    /// <summary>Keeps the first, the last, the lowest and the highest point of each column of the plot.</summary>
    /// <remarks>That is what a line needs to look the same (M4 aggregation: Jugel, Jerzak, Hackenbroich, Markl 2014).</remarks>
    /// <param name="xs">Horizontal values.</param>
    /// <param name="ys">Vertical values, as many.</param>
    /// <param name="x">The axis that the points are drawn along; its scale decides the columns.</param>
    /// <param name="columns">How many columns there are.</param>
    public static (double[] X, double[] Y) Thin(double[] xs, double[] ys, PlotAxis x, int columns = 250)
    {
        if (xs.Length <= 4 * columns) return (xs, ys);
        var keep = new List<int>();
        int column = -1, first = 0, low = 0, high = 0, last = 0;
        for (var i = 0; i < xs.Length; i++)
        {
            if (!x.Sees(xs[i])) continue;
            var c = (int)(x.Position(xs[i]) * columns);
            if (c != column)
            {
                Close();
                column = c;
                first = low = high = i;
            }
            if (ys[i] < ys[low] || double.IsNaN(ys[low])) low = i;
            if (ys[i] > ys[high] || double.IsNaN(ys[high])) high = i;
            last = i;
        }
        Close();
        return ([.. keep.Select(i => xs[i])], [.. keep.Select(i => ys[i])]);

        void Close()
        {
            if (column >= 0) keep.AddRange(new[] { first, low, high, last }.Distinct().Order());
        }
    }
}
