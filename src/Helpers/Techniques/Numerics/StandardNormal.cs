using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The normal distribution of mean 0 and variance 1.</summary>
public static class StandardNormal
{
    /// <summary>The probability of a value below z: ½·erfc(−z/√2). R: pnorm.</summary>
    /// <param name="z">Any number.</param>
    public static double Below(double z) => 0.5 * (double)tf.math.erfc(tf.constant(-z / Math.Sqrt(2), tf.float64));

    /// <summary>The z below which a part p lies. R: qnorm.</summary>
    /// <param name="p">A probability between 0 and 1; at the ends the result is infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is no probability.</exception>
    public static double Quantile(double p)
    {
        if (!(p >= 0 && p <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "StandardNormal: expected a probability between 0 and 1.");
        if (p is 0 or 1) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (p > 0.5) return -Quantile(1 - p);
        // Left of 0 the distribution is convex, so Newton's steps from 0 fall to the root and never beyond it.
        var z = 0.0;
        for (var step = 1.0; step > 1e-15 * Math.Max(1, -z);)
        {
            step = (Below(z) - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(z * z / 2);
            z -= step;
        }
        return z;
    }

    /// <summary>Where n normal values are expected, in order: the quantiles at (i − ½)/n, or (i − ⅜)/(n + ¼) up to n = 10. R:
    /// qqnorm.</summary>
    /// <param name="n">The number of values.</param>
    public static double[] Scores(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var a = n <= 10 ? 3.0 / 8 : 0.5;
        return [.. Enumerable.Range(1, n).Select(i => Quantile((i - a) / (n + 1 - 2 * a)))];
    }
}
