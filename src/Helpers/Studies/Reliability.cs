using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Whether a classifier is as often right as it says: predictions in bins of equal width by the probability of their
/// class.</summary>
/// <remarks>The expected calibration error is Σ share of the bin · |share that is right − mean probability|. It depends on the number of
/// bins and is above 0 by chance alone; compare two classifiers on the same rows. Sources: DeGroot, Fienberg 1983; Guo et al.
/// 2017.</remarks>
public sealed class Reliability
{
    Reliability(IReadOnlyList<Bin> bins, double[] surprise, bool[] right) => (Bins, Surprise, Right) = (bins, surprise, right);

    /// <summary>The bins that hold predictions.</summary>
    public IReadOnlyList<Bin> Bins { get; }

    /// <summary>−log of the probability of the true class, row by row.</summary>
    public IReadOnlyList<double> Surprise { get; }

    /// <summary>Whether the most probable class is the true one, row by row.</summary>
    public IReadOnlyList<bool> Right { get; }

    /// <summary>The share that is right, with its standard error.</summary>
    public Estimate Accuracy => Estimate.Of(Right.Select(r => r ? 1.0 : 0));

    /// <summary>The mean of <see cref="Surprise"/>, with its standard error.</summary>
    public Estimate Nll => Estimate.Of(Surprise);

    /// <summary>The expected calibration error.</summary>
    public double Error => Bins.Sum(b => (double)b.Rows / Right.Count * Math.Abs(b.Right - b.Confidence));

    /// <summary>Counts predictions.</summary>
    /// <param name="probabilities">(rows, classes), or (rows, 1) for the second of two classes.</param>
    /// <param name="labels">The classes as whole numbers.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <exception cref="ShapeException">Not as many labels as rows, or fewer than two.</exception>
    /// <exception cref="ArgumentException">Rows that are no probabilities, or a label that is no class.</exception>
    public static Reliability Of(Tensor probabilities, Tensor labels, int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var p = tf.cast(probabilities, tf.float64);
        if (p.ndim == 2 && p.shape[1] == 1) p = tf.concat([1.0 - p, p], 1);
        var y = labels.ToArray<int>();
        if (p.ndim != 2 || p.shape[0] != y.Length || y.Length < 2)
            throw new ShapeException($"Reliability: expected probabilities (rows, classes) and a label for each of at least two rows. "
                + $"Received: {probabilities.shape} and {labels.shape}.");
        var (classes, all) = (p.shape[1], p.ToArray<double>());
        double[][] rows = [.. y.Select((_, i) => all[(i * classes)..((i + 1) * classes)])];
        var off = Array.FindIndex(rows, r => !(Math.Abs(r.Sum() - 1) < 1e-3 && r.Min() >= -1e-6));
        if (off >= 0)
            throw new ArgumentException($"Reliability: expected probabilities, which are at least 0 and sum to 1. Received: "
                + $"{string.Join(", ", rows[off].Take(8).Select(v => Numbers.Show(v, 3)))} in row {off}. Of logits take tf.nn.softmax.");
        if (Array.FindIndex(y, c => c < 0 || c >= classes) is >= 0 and var bad)
            throw new ArgumentException($"Reliability: expected labels from 0 to {classes - 1}. Received: {y[bad]} in row {bad}.");
        var (sure, right) = (Array.ConvertAll(rows, r => r.Max()), rows.Zip(y, (r, c) => Array.IndexOf(r, r.Max()) == c).ToArray());
        var found = sure.Zip(right).GroupBy(s => Math.Min(bins - 1, (int)(s.First * bins))).OrderBy(g => g.Key)
            .Select(g => new Bin(g.Average(s => s.First), g.Average(s => s.Second ? 1.0 : 0), g.Count())).ToList();
        return new(found, [.. rows.Zip(y, (r, c) => -Math.Log(r[c]))], right);
    }

    /// <summary>Predictions that are about equally sure.</summary>
    /// <param name="Confidence">Their mean probability.</param>
    /// <param name="Right">The share of them that is right.</param>
    /// <param name="Rows">How many there are.</param>
    public readonly record struct Bin(double Confidence, double Right, int Rows);
}
