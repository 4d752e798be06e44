using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Rows of a feature from 0 to 1 and of a target of mean 0 and variance 1, and how well lines with kinks fit them.</summary>
sealed class KnotTable
{
    const double Tie = 1e-13;

    readonly double[] x, y;
    readonly double low, width, mean, spread;

    public KnotTable(Tensor feature, Tensor target, int knots)
    {
        if (feature.ndim != 1 || target.ndim != 1 || feature.shape[0] != target.shape[0] || feature.shape[0] <= 2 * knots + 2)
            throw new ArgumentException($"FreeKnots: expected a feature and a target of shape (n,), with more rows than the "
                + $"{2 * knots + 2} unknowns. Received: {feature.shape} and {target.shape}. Give more rows or fewer knots.");
        (feature, target) = (tf.cast(feature, tf.float64), tf.cast(target, tf.float64));
        Column.Check(nameof(FreeKnots), feature);
        Column.Check(nameof(FreeKnots), target);
        var (xs, ys) = (feature.ToArray<double>(), target.ToArray<double>());
        (low, width, mean) = (xs.Min(), xs.Max() - xs.Min(), ys.Average());
        Variance = ys.Average(v => (v - mean) * (v - mean));
        spread = Math.Sqrt(Variance);
        (x, y) = (Array.ConvertAll(xs, v => (v - low) / width), Array.ConvertAll(ys, v => (v - mean) / spread));
    }

    /// <summary>The variance of the target, in its unit.</summary>
    public double Variance { get; }

    public double OutOf(double inUnit) => low + width * inUnit;

    public double Into(double knot) => (knot - low) / width is var inUnit && inUnit >= 0 && inUnit <= 1 ? inUnit
        : throw new ArgumentOutOfRangeException(nameof(knot), knot,
            $"FreeKnots: expected knots from {Numbers.Show(low)} to {Numbers.Show(low + width)}, the range of x. "
                + "Outside no row can tell them. Begin within.");

    public (double[] Weights, double Left) Fit(double[] knots)
    {
        var rows = Array.ConvertAll(x, v => Row(v, knots));
        var w = SmallSystem.Solve(System(rows, knots.Length + 2), knots.Length + 2, Tie);
        return (w, rows.Zip(y).Average(r => Math.Pow(r.Second - Dot(r.First, w), 2)));
    }

    /// <summary>The choice from a grid that leaves least.</summary>
    public double[] Best(double[] grid, int knots)
    {
        var count = knots + 2;
        var all = Array.ConvertAll(x, v => Row(v, grid));
        var products = System(all, grid.Length + 2);
        var (chosen, best, gain) = (Enumerable.Range(0, knots).ToArray(), Array.Empty<int>(), double.NegativeInfinity);
        var system = new double[count, count + 1];
        while (true)
        {
            int[] columns = [0, 1, .. chosen.Select(c => c + 2)];
            var pull = new double[count];
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++) system[i, j] = products[columns[i], columns[j]];
                system[i, count] = pull[i] = products[columns[i], grid.Length + 2];
            }
            // What the best weights explain.
            if (Dot(SmallSystem.Solve(system, count, Tie), pull) is var explained && explained > gain)
                (gain, best) = (explained, [.. chosen]);
            var last = knots - 1;
            while (last >= 0 && chosen[last] == grid.Length - knots + last) last--;
            if (last < 0) return Array.ConvertAll(best, i => grid[i]);
            chosen[last]++;
            for (var i = last + 1; i < knots; i++) chosen[i] = chosen[i - 1] + 1;
        }
    }

    /// <summary>Knot by knot downhill, by steps that are halved when none helps.</summary>
    public double[] Descend(double[] knots)
    {
        var left = Fit(knots).Left;
        for (var step = 0.02; step > 1e-9;)
        {
            var moved = false;
            for (var j = 0; j < knots.Length; j++)
                foreach (var way in new[] { step, -step })
                {
                    double[] tried = [.. knots];
                    tried[j] = Math.Clamp(knots[j] + way, 0, 1);
                    if (Fit(tried).Left is var there && there < left - 1e-15) (knots, left, moved) = (tried, there, true);
                }
            if (!moved) step /= 2;
        }
        return knots;
    }

    public Tensor Predict(Tensor at, double[] weights, IReadOnlyList<double> knots)
    {
        var v = tf.cast(at, tf.float64);
        var line = weights[0] + weights[1] * ((v - low) / width);
        for (var j = 0; j < knots.Count; j++) line += weights[j + 2] / width * tf.nn.relu(v - knots[j]);
        return mean + spread * line;
    }

    static double[] Row(double v, double[] knots) => [1, v, .. knots.Select(c => Math.Max(v - c, 0))];

    /// <summary>The normal equations of all columns: products, and at the end of each line the product with the target.</summary>
    double[,] System(double[][] rows, int count)
    {
        var a = new double[count, count + 1];
        for (var t = 0; t < rows.Length; t++)
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++) a[i, j] += rows[t][i] * rows[t][j];
                a[i, count] += rows[t][i] * y[t];
            }
        return a;
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
