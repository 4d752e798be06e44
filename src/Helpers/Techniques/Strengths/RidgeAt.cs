namespace Workbook.Helpers;

/// <summary>
/// Ridge regression at given strengths, and what each judge says of them: its loss, free of the target's unit, and the slopes by log s.
/// </summary>
/// <remarks>
/// With D = n·s: A = Z'Z + D, weights A⁻¹Z'y, images Z·A⁻¹. With fewer features than rows through B = I + D^−½·Z'Z·D^−½, else through
/// M = I + Z·D⁻¹·Z': neither has an eigenvalue below 1, so features that are off or free cost no digits. Of M the direction of the
/// intercept, which holds nothing, is taken out, so that leverages of almost 1 keep theirs.
/// </remarks>
sealed class RidgeAt
{
    const double Least = 1e-12;

    readonly RidgeTable table;
    readonly double[] penalties, residuals;
    readonly double logdet;
    readonly Func<double[]> determined;
    readonly Lazy<(double[] Images, double[] Rests)> look;

    public RidgeAt(RidgeTable table, double[] strengths)
    {
        this.table = table;
        penalties = Array.ConvertAll(strengths, s => table.Rows * Math.Max(s, Least));
        (look, determined, residuals, Weights, logdet) = table.Columns < table.Rows ? ByFeatures() : ByRows();
    }

    public double[] Weights { get; }

    /// <summary>Q/n: the variance of the noise at which the evidence is largest.</summary>
    public double NoiseVariance =>
        (residuals.Sum(r => r * r) + Weights.Select((w, j) => penalties[j] * w * w).Sum()) / table.Rows;

    /// <summary>How far the data determine each weight, from 0 to 1: the diagonal of A⁻¹Z'Z.</summary>
    public double[] Determined() => determined();

    /// <summary>−log evidence / n, with the noise at its best.</summary>
    public (double Value, double[] Slopes) Evidence()
    {
        var (n, noise, determined) = (table.Rows, NoiseVariance, Determined());
        if (!(noise > 1e-14 * table.Variance))
            throw new JudgeException(
                "GroupedRidge: expected targets with noise. Received: features that fit them exactly, so the evidence grows without end as "
                    + "the noise goes to 0. Take fewer features or groups than rows, or judge by leave-one-out.");
        return (0.5 * (Math.Log(noise) + 1 + logdet / n + Math.Log(2 * Math.PI)),
            [.. Weights.Select((w, j) => 0.5 * (penalties[j] * w * w / noise - determined[j]) / n)]);
    }

    /// <summary>The log of the mean square of e/(1 − h), the errors on rows left out.</summary>
    public (double Value, double[] Slopes) LeaveOneOut()
    {
        var (n, d) = (table.Rows, table.Columns);
        var (square, slopes, (images, rests)) = (0.0, new double[d], look.Value);
        for (var i = 0; i < n; i++)
        {
            var error = residuals[i] / rests[i];
            var image = images.AsSpan(i * d, d);
            square += error * error;
            for (var j = 0; j < d; j++) slopes[j] += error * image[j] * (Weights[j] - error * image[j]) / rests[i];
        }
        return (Math.Log(square / n), [.. slopes.Select((s, j) => 2 * penalties[j] * s / square)]);
    }

    /// <summary>The log of the mean squared error on other rows.</summary>
    public (double Value, double[] Slopes) OtherData(double[] others, double[] targets)
    {
        var d = table.Columns;
        double[] errors = [.. Plain.Times(others, Weights).Zip(targets, (p, y) => p + table.Mean - y)];
        var pull = new double[d];
        for (var i = 0; i < errors.Length; i++) Plain.Add(pull, errors[i], others.AsSpan(i * d, d));
        // A⁻¹q = D⁻¹q − A⁻¹Z'·(Z·D⁻¹q).
        double[] answer = [.. pull.Select((q, j) => q / penalties[j])], through = Plain.Times(table.X, answer);
        for (var i = 0; i < through.Length; i++) Plain.Add(answer, -through[i], look.Value.Images.AsSpan(i * d, d));
        var square = errors.Sum(e => e * e);
        return (Math.Log(square / errors.Length), [.. Weights.Select((w, j) => -2 * penalties[j] * w * answer[j] / square)]);
    }

    (Lazy<(double[], double[])> Look, Func<double[]> Determined, double[] Residuals, double[] Weights, double Logdet) ByFeatures()
    {
        var (n, d) = (table.Rows, table.Columns);
        var (b, roots) = (new double[d * d], Array.ConvertAll(penalties, p => 1 / Math.Sqrt(p)));
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++) b[i * d + j] = roots[i] * table.Gram[i * d + j] * roots[j];
            b[i * d + i] += 1;
        }
        Plain.Cholesky(b, d);
        var inverse = Plain.Inverse(b, d);
        for (var k = 0; k < inverse.Length; k++) inverse[k] *= roots[k / d] * roots[k % d];
        var weights = Plain.Times(inverse, table.Projection);
        // Only who leaves out rows needs these n·d² operations.
        Lazy<(double[], double[])> look = new(() =>
        {
            var (images, rests) = (new double[n * d], new double[n]);
            for (var i = 0; i < n; i++)
            {
                var row = table.X.AsSpan(i * d, d);
                var image = images.AsSpan(i * d, d);
                for (var j = 0; j < d; j++) Plain.Add(image, row[j], inverse.AsSpan(j * d, d));
                rests[i] = 1 - Plain.Dot(image, row) - 1.0 / n;
            }
            return (images, rests);
        });
        return (look, () => [.. penalties.Select((p, j) => 1 - p * inverse[j * d + j])],
            [.. Plain.Times(table.X, weights).Zip(table.Y, (p, y) => y - p)], weights, Plain.LogDeterminant(b, d));
    }

    (Lazy<(double[], double[])> Look, Func<double[]> Determined, double[] Residuals, double[] Weights, double Logdet) ByRows()
    {
        var (n, d) = (table.Rows, table.Columns);
        double[] scaled = [.. table.X.Select((z, k) => z / penalties[k % d])], m = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++) m[i * n + k] = Plain.Dot(table.X.AsSpan(i * d, d), scaled.AsSpan(k * d, d));
            m[i * n + i] += 1;
        }
        // The ones are an eigenvector of M, with 1; here they get 1 + far.
        var far = m.Max();
        for (var k = 0; k < m.Length; k++) m[k] += far / n;
        Plain.Cholesky(m, n);
        var rest = Plain.Inverse(m, n);
        for (var k = 0; k < rest.Length; k++) rest[k] -= 1 / (n * (1 + far));
        var images = new double[n * d];
        for (var i = 0; i < n; i++)
            for (var k = 0; k < n; k++) Plain.Add(images.AsSpan(i * d, d), rest[i * n + k], scaled.AsSpan(k * d, d));
        var (residuals, weights) = (Plain.Times(rest, table.Y), new double[d]);
        for (var i = 0; i < n; i++) Plain.Add(weights, residuals[i], scaled.AsSpan(i * d, d));
        double[] Determined()
        {
            var determined = new double[d];
            for (var k = 0; k < images.Length; k++) determined[k % d] += images[k] * table.X[k];
            return determined;
        }

        return (new((images, [.. Enumerable.Range(0, n).Select(i => rest[i * n + i])])), Determined, residuals, weights,
            Plain.LogDeterminant(m, n) - Math.Log(1 + far));
    }
}
