namespace Workbook.Helpers;

/// <summary>The log-likelihood of one unknown with all others at their best, its maximum, and an interval around it.</summary>
/// <remarks>
/// The interval holds the values whose log-likelihood is less than q/2 below the maximum, q the quantile of χ² with one degree of freedom:
/// 1.92 for 95 %. It need not be symmetric, is the same in every parametrisation, and its level holds for many rows.
/// <c>new BoxCox().Profile(y, LeastSquares.Residuals(X)).Interval()</c> is that of R's MASS::boxcox.
/// </remarks>
public sealed class ProfileLikelihood
{
    const int Steps = 40;
    const double Furthest = 32;

    readonly Func<double, double> logLikelihood;
    readonly double step;

    ProfileLikelihood(Func<double, double> logLikelihood, double best, double step) =>
        (this.logLikelihood, Best, this.step, Maximum) = (logLikelihood, best, step, logLikelihood(best));

    /// <summary>The value with the largest likelihood.</summary>
    public double Best { get; }

    /// <summary>The log-likelihood there, up to the constant of the function.</summary>
    public double Maximum { get; }

    /// <summary>The maximum of a log-likelihood: the best of a grid, then a golden section to about the root of rounding.</summary>
    /// <param name="logLikelihood">
    /// Of all rows together, not of their mean; −∞ or NaN where a value is impossible.
    /// </param>
    /// <param name="low">Where to look from; it goes on outside while the likelihood still grows there.</param>
    /// <param name="high">Where to look to.</param>
    /// <param name="what">What the unknown is called in messages.</param>
    /// <exception cref="ArgumentException">The likelihood grows without end, or is nowhere finite.</exception>
    public static ProfileLikelihood Of(Func<double, double> logLikelihood, double low = -2, double high = 2, string what = "the unknown")
    {
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentException(
                $"ProfileLikelihood: expected low below high. Received: {low} and {high}. Give a range to look in.");
        double Finite(double at) => logLikelihood(at) is var l && double.IsNaN(l) ? double.NegativeInfinity : l;
        var (step, furthest) = ((high - low) / Steps, Furthest * Math.Max(high - low, 1));
        var (from, to, start) = (0, Steps, low);
        var seen = new Dictionary<int, double>();
        double At(int i) => seen.TryGetValue(i, out var l) ? l : seen[i] = Finite(start + i * step);
        int best;
        while (true)
        {
            best = Enumerable.Range(from, to - from + 1).MaxBy(At);
            if (double.IsNegativeInfinity(At(best)))
                throw new ArgumentException($"ProfileLikelihood: expected a likelihood of {what} that is finite somewhere. "
                    + $"Received: none between {Numbers.Show(low)} and {Numbers.Show(high)}. Look elsewhere, or look at the data.");
            if (best > from && best < to) break;
            var further = start + best * step;
            if (Math.Abs(further) > furthest)
                throw new ArgumentException($"ProfileLikelihood: expected a likelihood of {what} with a maximum. "
                    + $"Received: one that still grows at {Numbers.Show(further, 4)}. Does it charge for {what}, with a log-Jacobian or a log σ?");
            if (best == from) from -= to - from;
            else to += to - from;
        }
        return new(Finite, Golden(Finite, start + (best - 1) * step, start + (best + 1) * step), step);
    }

    /// <summary>The log-likelihood at a value.</summary>
    /// <param name="value">Any; −∞ where it is impossible.</param>
    public double At(double value) => logLikelihood(value);

    /// <summary>How far below the maximum the ends of an interval lie: half the quantile of χ² with one degree of freedom.</summary>
    /// <param name="level">How often such an interval should hold the truth, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Drop(double level = 0.95)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level,
                "ProfileLikelihood: expected a level between 0 and 1, such as 0.95.");
        var z = StandardNormal.Quantile((1 + level) / 2);
        return z * z / 2;
    }

    /// <summary>The values around the best that the data do not exclude.</summary>
    /// <param name="level">How often such an interval should hold the truth, between 0 and 1.</param>
    /// <returns>Its ends; infinite where the likelihood never falls so far.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public (double Low, double High) Interval(double level = 0.95)
    {
        var cut = Maximum - Drop(level);
        return (EndOn(-1, cut), EndOn(1, cut));
    }

    /// <summary>The best value with its interval of 95 %, such as "-0.750 (-1.138 to -0.356)".</summary>
    public override string ToString()
    {
        var (low, high) = Interval();
        return FormattableString.Invariant($"{Best:F3} ({low:F3} to {high:F3})");
    }

    double EndOn(int side, double cut)
    {
        var (inside, width) = (Best, step / 4);
        for (; Math.Abs(inside - Best) < 1e6 * step; width *= 1.3)
        {
            var next = inside + side * width;
            if (logLikelihood(next) < cut)
            {
                var outside = next;
                for (var i = 0; i < 60; i++)
                {
                    var middle = (inside + outside) / 2;
                    if (logLikelihood(middle) < cut) outside = middle;
                    else inside = middle;
                }
                return inside;
            }
            inside = next;
        }
        return side * double.PositiveInfinity;
    }

    static double Golden(Func<double, double> f, double a, double b)
    {
        var part = (Math.Sqrt(5) - 1) / 2;
        double c = b - part * (b - a), d = a + part * (b - a), atC = f(c), atD = f(d);
        while (b - a > 1e-9)
            if (atC >= atD) (b, d, atD, c, atC) = (d, c, atC, d - part * (d - a), f(d - part * (d - a)));
            else (a, c, atC, d, atD) = (c, d, atD, c + part * (b - c), f(c + part * (b - c)));
        return (a + b) / 2;
    }
}
