using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The least of a smooth function of a few numbers between 0 and 1: damped Newton steps among those that no wall holds.</summary>
static class UnitBoxNewton
{
    const int Rounds = 200;

    // Slopes are good to 1e-12 of their size, so their differences at this distance are good to 1e-6.
    const double Apart = 1e-6;

    /// <summary>Descends from a point; each step is lower than the one before.</summary>
    /// <param name="f">Value and gradient; a value of about 1.</param>
    /// <param name="x">The start, inside the box.</param>
    public static double[] Minimize(Func<double[], (double Value, double[] Gradient)> f, double[] x)
    {
        var (value, gradient) = f(x);
        var damping = 1e-3;
        for (var round = 0; round < Rounds; round++)
        {
            int[] free = [.. Enumerable.Range(0, x.Length)
                .Where(i => gradient[i] != 0 && !(x[i] <= 0 && gradient[i] > 0) && !(x[i] >= 1 && gradient[i] < 0))];
            if (free.Length == 0) return x;
            var curvature = Curvature(f, x, gradient, free);
            for (var lower = false; !lower; damping *= 10)
            {
                if (damping > 1e12) return x;
                var next = Step(curvature, gradient, free, damping, x);
                var (nextValue, nextGradient) = f(next);
                // Below it nothing can be told from rounding.
                lower = nextValue < value - 1e-15 * Math.Abs(value);
                if (!lower) continue;
                (x, value, gradient) = (next, nextValue, nextGradient);
                // The loop takes it times ten once more.
                damping = Math.Max(damping / 100, 1e-14);
            }
        }
        return x;
    }

    static double[] Step(Tensor curvature, double[] gradient, int[] free, double damping, double[] x)
    {
        var damped = curvature + damping * tf.eye(free.Length, dtype: tf.float64);
        var slope = tf.constant(Array.ConvertAll(free, i => gradient[i]));
        var way = tf.linalg.solve(damped, tf.expand_dims(slope, 1)).ToArray<double>();
        double[] next = [.. x];
        for (var k = 0; k < free.Length; k++)
            if (double.IsFinite(way[k])) next[free[k]] = Math.Clamp(x[free[k]] - way[k], 0, 1);
        return next;
    }

    static Tensor Curvature(Func<double[], (double Value, double[] Gradient)> f, double[] x, double[] gradient, int[] free)
    {
        var rows = Array.ConvertAll(free, i =>
        {
            var h = x[i] > 0.5 ? -Apart : Apart;
            double[] beside = [.. x];
            beside[i] += h;
            var other = f(beside).Gradient;
            return Array.ConvertAll(free, j => (other[j] - gradient[j]) / h);
        });
        var curvature = tf.reshape(tf.constant(rows.SelectMany(r => r).ToArray()), (free.Length, free.Length));
        return 0.5 * (curvature + tf.transpose(curvature));
    }
}
