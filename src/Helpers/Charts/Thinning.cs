namespace Workbook.Helpers;

/// <summary>Fewer points that draw the same line.</summary>
static class Thinning
{
    const int Columns = 250;

    /// <summary>Keeps the first, the last, the lowest and the highest point of each of 250 columns of the plot.</summary>
    /// <remarks>That is what a line needs to look the same (M4 aggregation: Jugel, Jerzak, Hackenbroich, Markl 2014).</remarks>
    /// <param name="xs">Horizontal values.</param>
    /// <param name="ys">Vertical values, as many.</param>
    /// <param name="x">The axis that the points are drawn along; its scale decides the columns.</param>
    public static (double[] X, double[] Y) Thin(double[] xs, double[] ys, PlotAxis x)
    {
        if (xs.Length <= 4 * Columns) return (xs, ys);
        var keep = Enumerable.Range(0, xs.Length)
            .Where(i => x.Sees(xs[i]))
            .ChunkBy(i => (int)(x.Position(xs[i]) * Columns))
            .SelectMany(column => new[] { column[0], column.MinBy(i => ys[i]), column.MaxBy(i => ys[i]), column[^1] }.Distinct().Order())
            .ToList();
        return ([.. keep.Select(i => xs[i])], [.. keep.Select(i => ys[i])]);
    }

    /// <summary>Runs of neighbours with an equal key.</summary>
    static IEnumerable<List<int>> ChunkBy(this IEnumerable<int> items, Func<int, int> key)
    {
        List<int>? run = null;
        var last = 0;
        foreach (var item in items)
        {
            var k = key(item);
            if (run is null || k != last)
            {
                if (run is not null) yield return run;
                run = [];
                last = k;
            }
            run.Add(item);
        }
        if (run is not null) yield return run;
    }
}
