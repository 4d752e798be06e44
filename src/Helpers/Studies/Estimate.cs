using System.Globalization;

namespace Workbook.Helpers;

/// <summary>A mean over independent runs with its standard error.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Error">The standard error of the mean: standard deviation (divided by n − 1) / √n.</param>
/// <param name="Runs">n, the number of runs.</param>
public readonly record struct Estimate(double Value, double Error, int Runs) : IFormattable
{
    /// <summary>The mean in units of its standard error: beyond 2 in size it is hardly chance.</summary>
    public double InErrors => Value / Error;

    /// <summary>The mean of numbers with its standard error.</summary>
    /// <param name="values">One number for each run, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two numbers.</exception>
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length < 2)
            throw new ArgumentException(
                $"Estimate: expected at least two runs, to see how far they scatter. Received: {all.Length}. Run more seeds.");
        var mean = all.Average();
        return new(mean, Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1) / all.Length), all.Length);
    }

    /// <summary>The mean of paired differences with its standard error: what varies from run to run in both alike cancels.</summary>
    /// <param name="a">One number for each run.</param>
    /// <param name="b">What is subtracted, run by run.</param>
    /// <exception cref="ArgumentException">There are not as many numbers on both sides, or fewer than two.</exception>
    public static Estimate Paired(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b) => a.Count == b.Count
        ? Of(a.Zip(b, (x, y) => x - y))
        : throw new ArgumentException(
            $"Estimate: expected pairs, one number of each kind for every run. Received: {a.Count} and {b.Count} numbers. "
                + "Take both from the same runs.");

    /// <summary>Mean ± standard error with three decimals, such as 0.002 ± 0.006.</summary>
    public override string ToString() => ToString("F3");

    /// <summary>Mean ± standard error.</summary>
    /// <param name="format">A format of .NET for both numbers, such as "F2".</param>
    public string ToString(string format) =>
        $"{Value.ToString(format, CultureInfo.InvariantCulture)} ± {Error.ToString(format, CultureInfo.InvariantCulture)}";

    /// <summary>As <c>$"{estimate:F2}"</c> asks for; the culture is always the invariant one.</summary>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        string.IsNullOrEmpty(format) ? ToString() : ToString(format);
}
