using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A level, a trend and a season that follow a series: the method of Holt and Winters.</summary>
/// <remarks>
/// With path = level + trend and the season s of one period before: expected = path + s, level ← path + α · (x − s − path), trend ← trend +
/// β · (level − path), s ← s + γ · (x − level − s). Multiplicative: expected = path · s, and x / s, x / level in place of the differences.
/// The first two periods give the first values: their moving mean over one period a straight line, whose value at 0 is the level and whose
/// slope is the trend, and what is left of it the season. Forecasts begin with the second period. R: HoltWinters.
/// </remarks>
public sealed class SeasonalSmoothing : Smoothing
{
    readonly bool multiplicative;

    /// <summary>Level, trend and season.</summary>
    /// <param name="period">How many values a season has, at least 2: 12 for months.</param>
    /// <param name="multiplicative">Whether the season is a factor, which suits swings that grow with the level; all values are then above
    /// 0.</param>
    /// <param name="alpha">The first α, between 0 and 1; default 0.3.</param>
    /// <param name="beta">The first β, between 0 and 1; default 0.1.</param>
    /// <param name="gamma">The first γ, between 0 and 1; default 0.1.</param>
    public SeasonalSmoothing(int period, bool multiplicative = false, Hyperparameter? alpha = null, Hyperparameter? beta = null,
        Hyperparameter? gamma = null)
        : base(Constant(alpha, 0.3, "alpha"), Constant(beta, 0.1, "beta"), Constant(gamma, 0.1, "gamma"))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        (Start, this.multiplicative) = (period, multiplicative);
    }

    /// <summary>α: which part of each error the level takes over.</summary>
    public UnitInterval Alpha => Constants[0];

    /// <summary>β: which part of the level's surprise the trend takes over.</summary>
    public UnitInterval Beta => Constants[1];

    /// <summary>γ: which part of what is left the season takes over.</summary>
    public UnitInterval Gamma => Constants[2];

    /// <inheritdoc/>
    public override int Start { get; }

    private protected override double[] Read(Operand series)
    {
        var x = SeriesRows.Of(Who, series, 2 * Start, $"two periods of {Start}");
        return multiplicative && Array.FindIndex(x, v => !(v > 0)) is >= 0 and var row
            ? throw new ArgumentException($"{Who}: expected values above 0, for the season is a factor. Received: {Numbers.Show(x[row])} "
                + $"in row {row}, counted from 0. Leave multiplicative out.")
            : x;
    }

    private protected override SmoothingRun Run(double[] series, Tensor[] constants)
    {
        var (level, trend, season) = First(series.AsSpan(0, 2 * Start));
        return new(series.AsSpan(Start), level, trend, season, multiplicative, constants);
    }

    (double Level, double Trend, double[] Season) First(ReadOnlySpan<double> x)
    {
        // The moving mean over one period; where that is even, both ends count half.
        var (half, even) = (Start / 2, Start % 2 == 0);
        var mean = new double[x.Length - 2 * half];
        var left = (new double[Start], new int[Start]);
        for (var i = 0; i < mean.Length; i++)
        {
            var window = x[i..(i + 2 * half + 1)];
            foreach (var v in window) mean[i] += v / Start;
            if (even) mean[i] -= (window[0] + window[^1]) / 2 / Start;
            var (at, turn) = (i + half, (i + half) % Start);
            left.Item1[turn] += multiplicative ? x[at] / mean[i] : x[at] - mean[i];
            left.Item2[turn]++;
        }
        double[] season = [.. left.Item1.Zip(left.Item2, (sum, count) => sum / count)];
        var usual = season.Average();
        var middle = (mean.Length + 1) / 2.0;
        double over = 0, square = 0;
        for (var i = 0; i < mean.Length; i++)
        {
            over += (i + 1 - middle) * mean[i];
            square += (i + 1 - middle) * (i + 1 - middle);
        }
        var slope = over / square;
        return (mean.Average() - slope * middle, slope, Array.ConvertAll(season, s => multiplicative ? s / usual : s - usual));
    }
}
