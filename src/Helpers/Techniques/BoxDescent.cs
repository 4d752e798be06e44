using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A local minimum of a smooth function inside a box: quasi-Newton steps (BFGS) among what is not held by a wall.</summary>
static class BoxDescent
{
    const int MaxRounds = 1000;

    /// <summary>Descends from a point.</summary>
    /// <param name="f">Value and gradient.</param>
    /// <param name="x">The start, inside the box.</param>
    /// <param name="low">The lower walls.</param>
    /// <param name="high">The upper walls.</param>
    /// <param name="tolerance">The largest element of the gradient, as a part of the value, at which it is done.</param>
    public static double[] Minimize(Func<double[], (double Value, double[] Gradient)> f, double[] x, double[] low, double[] high,
        double tolerance = 1e-9)
    {
        var n = x.Length;
        var (value, gradient) = f(x);
        var (inverse, learned) = (Identity(n), false);
        for (var round = 0; round < MaxRounds; round++)
        {
            bool[] free = [.. Enumerable.Range(0, n).Select(i =>
                !(x[i] <= low[i] && gradient[i] > 0 || x[i] >= high[i] && gradient[i] < 0))];
            var steepest = Enumerable.Range(0, n).Max(i => free[i] ? Math.Abs(gradient[i]) : 0);
            if (steepest <= tolerance * Math.Abs(value)) return x;
            var way = Way(inverse, gradient, free);
            if (!(Dot(way, gradient) < 0)) (inverse, learned, way) = (Identity(n), false, Way(Identity(n), gradient, free));
            // At most two logarithms at once: beyond, a parabola is no guide.
            var length = Math.Min(1, 2 / way.Max(Math.Abs));
            double[] next, nextGradient;
            double nextValue;
            bool lower;
            do
            {
                next = [.. Enumerable.Range(0, n).Select(i => Math.Clamp(x[i] + length * way[i], low[i], high[i]))];
                (nextValue, nextGradient) = f(next);
                lower = nextValue <= value + 1e-4 * Enumerable.Range(0, n).Sum(i => gradient[i] * (next[i] - x[i]));
                length /= 2;
            }
            while (!lower && length > 1e-10);
            if (!lower)
            {
                // No lower value can be told from this one, not even straight downhill.
                if (!learned) return x;
                (inverse, learned) = (Identity(n), false);
                continue;
            }
            learned = true;
            Learn(inverse, [.. next.Zip(x, (a, b) => a - b)], [.. nextGradient.Zip(gradient, (a, b) => a - b)]);
            (x, value, gradient) = (next, nextValue, nextGradient);
        }
        throw new NumericException(
            $"BoxDescent: expected convergence within {MaxRounds} rounds. Received: a slope of {Numbers.Show(gradient.Max(Math.Abs))} at "
                + $"{Numbers.Show(value)}. Learn fewer numbers, or begin nearer.");
    }

    static double[] Way(double[][] inverse, double[] gradient, bool[] free)
    {
        double[] moved = [.. gradient.Select((g, i) => free[i] ? g : 0)];
        return [.. inverse.Select((row, i) => free[i] ? -Dot(row, moved) : 0)];
    }

    /// <summary>The update of Broyden, Fletcher, Goldfarb and Shanno, left out where the function does not curve upwards.</summary>
    static void Learn(double[][] inverse, double[] step, double[] change)
    {
        var curve = Dot(step, change);
        if (!(curve > 1e-12 * Math.Sqrt(Dot(step, step) * Dot(change, change)))) return;
        double[] turned = [.. inverse.Select(row => Dot(row, change))];
        var factor = (1 + Dot(change, turned) / curve) / curve;
        for (var i = 0; i < step.Length; i++)
            for (var j = 0; j < step.Length; j++)
                inverse[i][j] += factor * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / curve;
    }

    static double[][] Identity(int n) => [.. Enumerable.Range(0, n).Select(i =>
    {
        var row = new double[n];
        row[i] = 1;
        return row;
    })];

    static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);
}
