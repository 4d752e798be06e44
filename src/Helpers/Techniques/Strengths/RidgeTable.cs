using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Features, standardised, and targets, centred, as plain numbers: what ridge regression and lasso are computed from.</summary>
sealed class RidgeTable
{
    // Below this part of its largest value a column's scatter is rounding.
    const double Rounding = 1e-12;

    readonly double[] means, scales;

    public RidgeTable(Tensor x, Tensor y)
    {
        var (features, targets) = Read(x, y, 3);
        (Rows, Columns) = (targets.Length, features.Length / targets.Length);
        (means, scales) = (new double[Columns], new double[Columns]);
        for (var j = 0; j < Columns; j++)
        {
            var (sum, largest) = (0.0, 0.0);
            for (var i = 0; i < Rows; i++)
            {
                sum += features[i * Columns + j];
                largest = Math.Max(largest, Math.Abs(features[i * Columns + j]));
            }
            means[j] = sum / Rows;
            var square = 0.0;
            for (var i = 0; i < Rows; i++) square += Math.Pow(features[i * Columns + j] - means[j], 2);
            var deviation = Math.Sqrt(square / Rows);
            scales[j] = deviation > Rounding * largest ? deviation : 0;
        }
        Mean = targets.Average();
        X = Like(features);
        Y = Array.ConvertAll(targets, t => t - Mean);
        Variance = Y.Sum(t => t * t) / Rows;
        if (!(Variance > Math.Pow(Rounding * targets.Max(Math.Abs), 2)))
            throw new JudgeException(
                $"A judge needs data: expected targets that differ. Received: {Rows} targets of {Numbers.Show(Mean)}. "
                    + "A constant needs no features; look whether this is the column that was meant.");
        (Gram, Projection) = (new double[Columns * Columns], new double[Columns]);
        for (var i = 0; i < Rows; i++)
        {
            var row = X.AsSpan(i * Columns, Columns);
            for (var j = 0; j < Columns; j++)
            {
                Plain.Add(Gram.AsSpan(j * Columns, Columns), row[j], row);
                Projection[j] += row[j] * Y[i];
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Row by row: mean 0 and variance 1 in each column, or 0 throughout in one that was constant.</summary>
    public double[] X { get; }

    /// <summary>Targets minus <see cref="Mean"/>.</summary>
    public double[] Y { get; }

    public double Mean { get; }

    /// <summary>The mean square of <see cref="Y"/>.</summary>
    public double Variance { get; }

    /// <summary>X'X, row by row.</summary>
    public double[] Gram { get; }

    /// <summary>X'y.</summary>
    public double[] Projection { get; }

    /// <summary>Other rows, scaled like these.</summary>
    public double[] Like(double[] features)
    {
        if (features.Length % Columns != 0)
            throw new ArgumentException(
                $"Expected other rows with {Columns} features. Received: {features.Length} numbers. Take the columns of the first table.");
        var scaled = new double[features.Length];
        for (var k = 0; k < scaled.Length; k++)
            scaled[k] = scales[k % Columns] == 0 ? 0 : (features[k] - means[k % Columns]) / scales[k % Columns];
        return scaled;
    }

    /// <summary>Weights of the features as they were given.</summary>
    public double[] Unscale(double[] weights) => [.. weights.Select((w, j) => scales[j] == 0 ? 0 : w / scales[j])];

    public double Intercept(double[] unscaled) => Mean - unscaled.Select((w, j) => w * means[j]).Sum();

    /// <summary>Features row by row and targets, all finite, a target for each row.</summary>
    public static (double[] Features, double[] Targets) Read(Tensor x, Tensor y, int atLeast)
    {
        if (x.ndim != 2 || x.shape[0] != y.size || y.size < atLeast || x.shape[1] == 0)
            throw new ArgumentException(
                $"Expected features of shape (n, d) and n targets, at least {atLeast}. Received: shapes {x.shape} and {y.shape}. "
                    + "Give a row of features for each target.");
        double[] features = tf.cast(x, tf.float64).ToArray<double>(), targets = tf.cast(y, tf.float64).ToArray<double>();
        if (Array.FindIndex(features, v => !double.IsFinite(v)) is >= 0 and var lost)
            throw new ArgumentException(
                $"Expected finite features. Received: {features[lost]} in row {lost / x.shape[1]}, column {lost % x.shape[1]}. "
                    + "Fill in what is missing, or leave the row out.");
        if (Array.FindIndex(targets, v => !double.IsFinite(v)) is >= 0 and var without)
            throw new ArgumentException(
                $"Expected finite targets. Received: {targets[without]} in row {without}. Leave the row out.");
        return (features, targets);
    }
}
