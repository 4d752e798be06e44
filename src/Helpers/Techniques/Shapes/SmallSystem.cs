namespace Workbook.Helpers;

/// <summary>Symmetric linear systems of a few unknowns, solved many thousand times.</summary>
static class SmallSystem
{
    /// <summary>The solution of A w = b by Cholesky's method.</summary>
    /// <param name="system">(A | b), of which the lower triangle of A is read; it is overwritten.</param>
    /// <param name="count">How many unknowns.</param>
    /// <param name="tie">What is added to the diagonal, as a share of it: decides between weights that are equally good.</param>
    public static double[] Solve(double[,] system, int count, double tie)
    {
        var (l, w) = (system, new double[count]);
        for (var i = 0; i < count; i++)
        {
            l[i, i] += tie * l[i, i] + 1e-300;
            for (var j = 0; j <= i; j++)
            {
                var sum = l[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                // Rounding leaves less than nothing of a column that others say; then it gets no weight.
                l[i, j] = i > j ? sum / l[j, j] : Math.Sqrt(Math.Max(sum, tie * l[i, i]));
            }
            w[i] = l[i, count];
            for (var k = 0; k < i; k++) w[i] -= l[i, k] * w[k];
            w[i] /= l[i, i];
        }
        for (var i = count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < count; k++) w[i] -= l[k, i] * w[k];
            w[i] /= l[i, i];
        }
        return w;
    }
}
