namespace Workbook.Helpers;

/// <summary>Which columns are sums of others: Gram and Schmidt's method, with the column that others say least taken next.</summary>
sealed class PivotedColumns
{
    /// <param name="columns">All of one length.</param>
    /// <param name="within">What may be left of a column, as a share of its length, that others are held to say.</param>
    public PivotedColumns(double[][] columns, double within)
    {
        double[] lengths = Array.ConvertAll(columns, c => Math.Sqrt(Dot(c, c)));
        // A column of zeros is said by nothing at all.
        var left = columns.Select((c, j) => Array.ConvertAll(c, v => lengths[j] > 0 ? v / lengths[j] : 0)).ToArray();
        var (open, taken, basis) = (Enumerable.Range(0, columns.Length).ToList(), new List<int>(), new List<double[]>());
        while (open.Count > 0)
        {
            var next = open.MaxBy(j => Dot(left[j], left[j]));
            var size = Math.Sqrt(Dot(left[next], left[next]));
            if (size <= within) break;
            var direction = Array.ConvertAll(left[next], v => v / size);
            open.Remove(next);
            taken.Add(next);
            basis.Add(direction);
            // Twice, for the first time leaves the rounding of what it took away.
            for (var again = 0; again < 2; again++)
                foreach (var j in open)
                {
                    var along = Dot(left[j], direction);
                    for (var i = 0; i < direction.Length; i++) left[j][i] -= along * direction[i];
                }
        }
        foreach (var j in open) Dependent.Add((j, By(columns, lengths, taken, basis, j, within)));
    }

    /// <summary>The columns that others say, and by which factors.</summary>
    public List<(int Column, List<(int Column, double Factor)> By)> Dependent { get; } = [];

    /// <summary>The factors of a column, from the last that was taken back to the first.</summary>
    static List<(int, double)> By(double[][] columns, double[] lengths, List<int> taken, List<double[]> basis, int j, double within)
    {
        double[] rest = [.. columns[j]];
        var found = new List<(int Column, double Factor)>();
        for (var k = taken.Count - 1; k >= 0; k--)
        {
            var pivot = columns[taken[k]];
            var factor = Dot(rest, basis[k]) / Dot(pivot, basis[k]);
            for (var i = 0; i < rest.Length; i++) rest[i] -= factor * pivot[i];
            if (Math.Abs(factor) * lengths[taken[k]] > within * lengths[j]) found.Insert(0, (taken[k], factor));
        }
        return found;
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
