using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Least squares with a penalty on the sizes of the weights, which makes many of them 0: the rival of many strengths.</summary>
/// <remarks>
/// Minimises 1/(2n)·‖y − b − Zw‖² + strength·Σ|w_j| by coordinate descent, with a free intercept b and standardised features Z, until the
/// duality gap is below 1e-9·‖y − ȳ‖². A feature that is constant gets the weight 0.
/// Judge of the strength: other rows, by cross-validation. Sources: Tibshirani 1996; scikit-learn's Lasso and LassoCV after
/// StandardScaler.
/// </remarks>
public static class Lasso
{
    const double Gap = 1e-9;
    const int MaxSweeps = 100_000, Steps = 100;

    /// <summary>The weights at a given strength.</summary>
    /// <param name="X">Features, shape (n, d), as they are.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="strength">Above 0; for least squares ask <see cref="GroupedRidge.At"/> with a strength of 0.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit, or numbers that are not finite.</exception>
    /// <exception cref="JudgeException">Targets that are all the same, or no convergence.</exception>
    public static LassoFit Fit(Tensor X, Tensor y, double strength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        var table = new RidgeTable(X, y);
        return Answer(table, strength, Descend(table.X, table.Y, table.Columns, strength, new double[table.Columns]));
    }

    /// <summary>The strength of the smallest error over folds of neighbouring rows, then all rows.</summary>
    /// <remarks>
    /// 100 strengths are tried, from the smallest at which all weights are 0 down to a thousandth of it. Features are standardised once, by
    /// all rows.
    /// </remarks>
    /// <param name="X">Features, shape (n, d), as they are.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="folds">How many folds; at least 2, at most n.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit, numbers that are not finite, or more folds than rows.</exception>
    /// <exception cref="JudgeException">Targets that are all the same, or no convergence.</exception>
    public static LassoFit CrossValidated(Tensor X, Tensor y, int folds = 10)
    {
        var table = new RidgeTable(X, y);
        var (n, d) = (table.Rows, table.Columns);
        if (folds < 2 || folds > n)
            throw new ArgumentException($"Lasso: expected from 2 to {n} folds, the number of rows. Received: {folds}. Take 5 or 10.");
        var largest = table.Projection.Max(Math.Abs) / n;
        // Nothing pulls at any weight: each strength gives zeros.
        if (largest == 0) return Answer(table, 0, new double[d]);
        double[] strengths = [.. Enumerable.Range(0, Steps).Select(k => largest * Math.Pow(1e-3, k / (Steps - 1.0)))];
        var errors = new double[Steps];
        for (var fold = 0; fold < folds; fold++)
        {
            // The first n mod k folds have one row more.
            var (start, size) = (fold * (n / folds) + Math.Min(fold, n % folds), n / folds + (fold < n % folds ? 1 : 0));
            int[] train = [.. Enumerable.Range(0, n).Where(i => i < start || i >= start + size)];
            var (x, means) = Centred([.. train.SelectMany(i => table.X[(i * d)..((i + 1) * d)])], d);
            var mean = train.Average(i => table.Y[i]);
            var (target, w) = (Array.ConvertAll(train, i => table.Y[i] - mean), new double[d]);
            for (var k = 0; k < Steps; k++)
            {
                w = Descend(x, target, d, strengths[k], w);
                var intercept = mean - Plain.Dot(means, w);
                errors[k] += Enumerable.Range(start, size)
                    .Average(i => Math.Pow(table.Y[i] - intercept - Plain.Dot(table.X.AsSpan(i * d, d), w), 2)) / folds;
            }
        }
        var best = Array.IndexOf(errors, errors.Min());
        return Answer(table, strengths[best], Descend(table.X, table.Y, d, strengths[best], new double[d]));
    }

    static LassoFit Answer(RidgeTable table, double strength, double[] w)
    {
        var weights = table.Unscale(w);
        return new(strength, w, weights, table.Intercept(weights));
    }

    static (double[] X, double[] Means) Centred(double[] x, int d)
    {
        var means = new double[d];
        for (var i = 0; i < x.Length; i += d) Plain.Add(means, (double)d / x.Length, x.AsSpan(i, d));
        for (var i = 0; i < x.Length; i += d) Plain.Add(x.AsSpan(i, d), -1, means);
        return (x, means);
    }

    /// <summary>Coordinate descent on Gram matrices: c = X'(y − Xw) is kept up to date.</summary>
    static double[] Descend(double[] x, double[] y, int d, double strength, double[] start)
    {
        var n = y.Length;
        var (gram, c) = (new double[d * d], new double[d]);
        for (var i = 0; i < n; i++)
        {
            var row = x.AsSpan(i * d, d);
            for (var j = 0; j < d; j++) Plain.Add(gram.AsSpan(j * d, d), row[j], row);
            Plain.Add(c, y[i], row);
        }
        var (w, square, projection) = ((double[])start.Clone(), Plain.Dot(y, y), (double[])c.Clone());
        for (var j = 0; j < d; j++) Plain.Add(c, -w[j], gram.AsSpan(j * d, d));
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            for (var j = 0; j < d; j++)
            {
                var size = gram[j * d + j];
                if (size == 0) continue;
                var pull = c[j] + size * w[j];
                var next = Math.Sign(pull) * Math.Max(0, Math.Abs(pull) - n * strength) / size;
                if (next == w[j]) continue;
                Plain.Add(c, w[j] - next, gram.AsSpan(j * d, d));
                w[j] = next;
            }
            if (Distance(w, c, projection, square, n * strength) <= Gap * square) return w;
        }
        throw new JudgeException(
            $"Lasso: expected convergence within {MaxSweeps} sweeps. Received: a strength of {Numbers.Show(strength)}, still changing. "
                + "Take a larger strength, or leave out features that are copies of others.");
    }

    /// <summary>The duality gap of ½‖y − Xw‖² + penalty·Σ|w|.</summary>
    static double Distance(double[] w, double[] c, double[] projection, double square, double penalty)
    {
        // ‖y − Xw‖² = y'y − w'(X'y) − w'c.
        var residual = square - Plain.Dot(w, projection) - Plain.Dot(w, c);
        var aligned = square - Plain.Dot(w, projection);
        var (largest, sum) = (c.Max(Math.Abs), w.Sum(Math.Abs));
        var scale = largest > penalty ? penalty / largest : 1;
        return 0.5 * residual * (1 + scale * scale) + penalty * sum - scale * aligned;
    }
}
