using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>One sinusoid in an evenly spaced series: its period, found by descent from the largest peaks of the spectrum, with its standard
/// error.</summary>
/// <remarks>
/// y = level + a·cos(2πk·t/n) + b·sin(2πk·t/n), t = 0 … n − 1: k is the number of cycles in the series, n/k the period. For each k the
/// level and both amplitudes are at their best, so the loss is a function of k alone, with about one minimum for each 1.4 cycles. Only a
/// start within about a cycle of the best k descends to it: within about T²/n of the period T. The peaks of the spectrum (a Fourier
/// transform) stand at whole k, so one lies that near.
/// Judge: the training loss, where a start is known. Errors that depend on each other make the standard error too small. Sources: R's nls;
/// B. Quinn, E. Hannan, The Estimation and Tracking of Frequency (2001).
/// </remarks>
public sealed class LearnedPeriod
{
    const double Stride = 0.02;

    readonly SinusoidFit fit;
    readonly int rows;

    LearnedPeriod(double[] y, double start, double cycles, SinusoidFit fit) =>
        (rows, Start, Cycles, this.fit, Share) = (y.Length, y.Length / start, cycles, fit, 1 - fit.MeanSquare / SinusoidFit.Variance(y));

    /// <summary>The period in steps of the series, above 2 and up to all of it.</summary>
    public double Period => rows / Cycles;

    /// <summary>How many periods the series has.</summary>
    public double Cycles { get; }

    /// <summary>The period that the descent began at.</summary>
    public double Start { get; }

    /// <summary>The standard error of the period, as R's nls has it for four unknowns.</summary>
    public double Error => Period / Cycles * fit.Error;

    /// <summary>The mean square of what the sinusoid misses.</summary>
    public double MeanSquare => fit.MeanSquare;

    /// <summary>The share of the variance that the sinusoid has, R².</summary>
    public double Share { get; }

    /// <summary>The sinusoid it follows best: the lowest of the valleys below the three largest peaks of the spectrum.</summary>
    /// <param name="series">Shape (n,), evenly spaced, without gaps; at least 8 values.</param>
    /// <exception cref="ArgumentException">A gap, a constant series, or one whose best period is a border or beyond it: n steps, as of a
    /// trend, or 2, as of a series that alternates.</exception>
    public static LearnedPeriod Of(Tensor series)
    {
        var y = Checked(series);
        var power = SinusoidFit.Spectrum(y);
        var peaks = Enumerable.Range(1, power.Length).OrderByDescending(k => power[k - 1]).Take(3).Select(k => Descend(y, k)).ToList();
        return peaks[0].Found is not null ? peaks.Select(p => p.Found).OfType<LearnedPeriod>().MinBy(f => f.MeanSquare)!
            : throw new ArgumentException($"LearnedPeriod: expected a series with a period between 2 and {y.Length} steps. Received: one "
                + $"whose largest peak falls towards {Border(y, peaks[0].IsLong)}");
    }

    /// <summary>The sinusoid at the bottom of the valley in which a start lies, be it the best or not.</summary>
    /// <param name="series">Shape (n,), evenly spaced, without gaps; at least 8 values.</param>
    /// <param name="start">The period to begin at, in steps of the series, from 2 to n.</param>
    /// <exception cref="ArgumentException">A gap, a constant series, or a start from which the descent leaves the range of
    /// periods.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A start outside of 2 to n.</exception>
    public static LearnedPeriod From(Tensor series, double start)
    {
        var y = Checked(series);
        if (!(start >= 2 && start <= y.Length))
            throw new ArgumentOutOfRangeException(nameof(start), start, $"LearnedPeriod: expected a period from 2 to {y.Length} steps. "
                + "A shorter one looks like a longer one in such a series.");
        var (found, isLong) = Descend(y, y.Length / start);
        return found ?? throw new ArgumentException($"LearnedPeriod: expected a valley below the period {Numbers.Show(start, 4)}. "
            + $"Received: a slope down to {Border(y, isLong)} Or begin elsewhere.");
    }

    static string Border(double[] y, bool isLong) => isLong
        ? $"{y.Length} steps, of which the series holds no second cycle. Take the trend out first, for example by differences, or give a "
            + "longer series."
        : "2 steps, where nothing tells the phase. Give values that lie closer in time.";

    /// <summary>The loss for a descent of your own: what the best sinusoid with so many cycles leaves of a series, a scalar, differentiable
    /// in the cycles.</summary>
    /// <param name="series">Shape (n,).</param>
    /// <param name="cycles">k, the number of periods in the series: n / period. Its valleys are about 1.4 wide.</param>
    public static Tensor Loss(Tensor series, Operand cycles)
    {
        int n = series.shape[0];
        var angle = tf.cast(cycles.value(), tf.float64) * (2 * Math.PI / n) * tf.cast(tf.range(n), tf.float64);
        return LeastSquares.MeanSquare(series, tf.cos(angle), tf.sin(angle));
    }

    /// <summary>The sinusoid at some times.</summary>
    /// <param name="times">Steps since the first value, any shape.</param>
    public Tensor Predict(Tensor times)
    {
        var angle = tf.cast(times, tf.float64) * (2 * Math.PI / Period);
        return fit.Level + fit.Cosine * tf.cos(angle) + fit.Sine * tf.sin(angle);
    }

    /// <summary>The period with its standard error.</summary>
    public override string ToString() => FormattableString.Invariant($"{Period:G6} ± {Error:G2}");

    /// <summary>The bottom of a valley, or the border to which it falls.</summary>
    static (LearnedPeriod? Found, bool IsLong) Descend(double[] y, double start)
    {
        // At n/2 itself, two steps, nothing tells the phase.
        double n = y.Length, low = 1, high = n / 2 - 1e-6 * n, k = Math.Min(start, high);
        double At(double cycles) => SinusoidFit.At(y, cycles).MeanSquare;
        var here = At(k);
        var way = At(Math.Min(high, k + Stride)) < At(Math.Max(low, k - Stride)) ? Stride : -Stride;
        while (true)
        {
            var next = k + way;
            if (next < low - Stride || next > high + Stride) return (null, next < low);
            var there = At(next);
            if (there >= here) break;
            (k, here) = (next, there);
        }
        var cycles = Bottom(At, k - Stride, k + Stride);
        // What rounding takes from a single cycle is none the less one.
        if (cycles < low && cycles > low - 1e-6) cycles = low;
        return cycles >= low && cycles <= high ? (new(y, start, cycles, SinusoidFit.At(y, cycles)), false) : (null, cycles < low);
    }

    static double Bottom(Func<double, double> loss, double a, double b)
    {
        var part = (Math.Sqrt(5) - 1) / 2;
        double c = b - part * (b - a), d = a + part * (b - a), atC = loss(c), atD = loss(d);
        while (b - a > 1e-9)
            if (atC <= atD) (b, d, atD, c, atC) = (d, c, atC, d - part * (d - a), loss(d - part * (d - a)));
            else (a, c, atC, d, atD) = (c, d, atD, c + part * (b - c), loss(c + part * (b - c)));
        return (a + b) / 2;
    }

    static double[] Checked(Tensor series)
    {
        if (series.ndim != 1 || series.shape[0] < 8)
            throw new ArgumentException($"LearnedPeriod: expected a series of at least 8 values, shape (n,). Received: shape "
                + $"{series.shape}. Give one value after the other.");
        var y = tf.cast(series, tf.float64);
        Column.Check(nameof(LearnedPeriod), y);
        return y.ToArray<double>();
    }
}
