using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Forecasts with their uncertainty: normal where they were learned, and as skewed as the series on its own scale.</summary>
public sealed class WindowForecast
{
    readonly double[] expected, deviations;
    readonly double[]? actual;
    readonly LearnedTransform? transform;

    internal WindowForecast(double[] expected, double[] deviations, LearnedTransform? transform, double[]? actual)
    {
        (this.expected, this.deviations, this.actual) = (expected, deviations, actual);
        // λ may go on learning; a forecast stays what it was.
        this.transform = transform?.At((double)transform.Lambda);
        Median = Quantile(0.5);
    }

    /// <summary>How many values are forecast.</summary>
    public int Count => expected.Length;

    /// <summary>What came, on the scale of the series.</summary>
    /// <exception cref="InvalidOperationException">The forecasts lie beyond the series.</exception>
    public IReadOnlyList<double> Actual => Came();

    /// <summary>The value that the next is as often above as below. It is not the mean, which is larger where the series is skewed to the
    /// right.</summary>
    public IReadOnlyList<double> Median { get; }

    /// <summary>−log p of each value that came, in the unit of the series.</summary>
    /// <exception cref="InvalidOperationException">The forecasts lie beyond the series.</exception>
    public IReadOnlyList<double> Losses
    {
        get
        {
            var x = tf.constant(Came());
            var z = (transform?.Apply(x) ?? x).ToArray<double>();
            var slope = transform?.LogSlope(x).ToArray<double>() ?? new double[Count];
            return [.. Enumerable.Range(0, Count).Select(i => 0.5 * Math.Pow((z[i] - expected[i]) / deviations[i], 2)
                + Math.Log(deviations[i]) + 0.5 * Math.Log(2 * Math.PI) - slope[i])];
        }
    }

    /// <summary>The mean of <see cref="Losses"/>.</summary>
    /// <exception cref="InvalidOperationException">The forecasts lie beyond the series.</exception>
    public double Loss => Losses.Average();

    /// <summary>The absolute distance of each median to what came.</summary>
    /// <exception cref="InvalidOperationException">The forecasts lie beyond the series.</exception>
    public IReadOnlyList<double> Errors => [.. Median.Zip(Came(), (m, x) => Math.Abs(m - x))];

    /// <summary>What the next value lies below with probability p.</summary>
    /// <remarks>Beyond the range of the transformation it is the end of the series' range: 0 for Box-Cox with λ &gt; 0, ∞ for λ &lt;
    /// 0.</remarks>
    /// <param name="p">A probability, such as 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is no probability.</exception>
    public IReadOnlyList<double> Quantile(double p)
    {
        var z = StandardNormal.Quantile(p);
        double[] at = [.. expected.Zip(deviations, (mu, sigma) => mu + z * sigma)];
        return transform is null ? at : transform.Back(tf.constant(at)).ToArray<double>();
    }

    /// <summary>The ends between which the next value lies with a probability, with as much beyond each.</summary>
    /// <param name="level">The probability, such as 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is no probability.</exception>
    public (IReadOnlyList<double> Low, IReadOnlyList<double> High) Interval(double level = 0.9) =>
        (Quantile((1 - level) / 2), Quantile((1 + level) / 2));

    /// <summary>How many of the values that came lie inside their interval.</summary>
    /// <param name="level">The probability, such as 0.9.</param>
    /// <exception cref="InvalidOperationException">The forecasts lie beyond the series.</exception>
    public int Covered(double level = 0.9)
    {
        var (low, high) = Interval(level);
        return Came().Where((x, i) => x >= low[i] && x <= high[i]).Count();
    }

    double[] Came() => actual ?? throw new InvalidOperationException("WindowForecast: expected values that have come. Received: forecasts "
        + "beyond the series. Take Forecast, for the last values of a series, to compare.");
}
