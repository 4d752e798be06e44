using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Looks for the largest likelihood of a kernel, on the logarithms of its numbers, within wide borders.</summary>
sealed class KernelSearch
{
    const int MaxSteps = 500;

    readonly LearnedKernel kernel;
    readonly double[] low, high;
    readonly double[] usual;

    /// <param name="kernel">Whose numbers are moved.</param>
    /// <param name="spread">The variance of the targets.</param>
    /// <param name="lengths">Usual lengths.</param>
    public KernelSearch(LearnedKernel kernel, double spread, Tensor lengths)
    {
        this.kernel = kernel;
        double[] length = [.. lengths.ToArray<double>().Select(v => Math.Log(v))];
        var size = Math.Log(spread);
        usual = [size, .. length, size + Math.Log(0.1)];
        low = [size - Math.Log(1e10), .. length.Select(l => l - Math.Log(1e5)), size - Math.Log(1e10)];
        high = [size + Math.Log(1e10), .. length.Select(l => l + Math.Log(1e5)), size + Math.Log(1e10)];
    }

    public static double[] Join(IEnumerable<Variable> variables) => [.. variables.SelectMany(v => v.read_value().ToArray<double>())];

    public void Assign(double[] at)
    {
        var start = 0;
        foreach (var v in kernel.Variables)
        {
            v.assign(Tensor.FromSpan<double>(at.AsSpan(start, v.shape.Size), v.shape));
            start += v.shape.Size;
        }
    }

    /// <summary>Where to begin: where it is today, and the two best of a few usual values.</summary>
    public IEnumerable<double[]> Starts(double[] today)
    {
        var others = from length in new[] { 0.05, 0.2, 0.7, 2 }
                     from noise in new[] { 0.01, 0.3 }
                     select usual.Select((v, i) => v + (i == 0 ? 0 : Math.Log(i == usual.Length - 1 ? 10 * noise : length))).ToArray();
        return others.Select(at => (At: at, Look(at).Loss)).OrderBy(o => o.Loss).Take(2).Select(o => o.At).Prepend(Within(today));
    }

    public (double[] At, double Loss) Descend(double[] start)
    {
        var n = start.Length;
        var (at, (loss, slope)) = (start, Look(start));
        if (!double.IsFinite(loss)) return (at, double.PositiveInfinity);
        var (inverse, isPlain) = (Identity(n), true);
        for (var step = 0; step < MaxSteps && slope.Select((g, i) => Free(at, slope, i) ? Math.Abs(g) : 0).Max() > 1e-7; step++)
        {
            double[] way = [.. Enumerable.Range(0, n).Select(i =>
                Free(at, slope, i) ? -Enumerable.Range(0, n).Sum(j => inverse[i, j] * slope[j]) : 0)];
            if (Dot(way, slope) >= 0)
            {
                (inverse, isPlain) = (Identity(n), true);
                way = [.. slope.Select((g, i) => Free(at, slope, i) ? -g : 0)];
            }
            var scale = Math.Min(1, 2 / way.Max(w => Math.Abs(w)));
            var (next, found) = (at, (Loss: loss, Slope: slope));
            for (var halvings = 0; halvings < 40; halvings++, scale /= 2)
            {
                var tried = Within([.. at.Zip(way, (a, w) => a + scale * w)]);
                var look = Look(tried);
                if (!(look.Loss <= loss + 1e-4 * scale * Dot(way, slope))) continue;
                (next, found) = (tried, look);
                break;
            }
            if (ReferenceEquals(next, at))
            {
                // Not even straight downhill.
                if (isPlain) break;
                (inverse, isPlain) = (Identity(n), true);
                continue;
            }
            Update(inverse, [.. next.Zip(at, (a, b) => a - b)], [.. found.Slope.Zip(slope, (a, b) => a - b)]);
            (at, loss, slope, isPlain) = (next, found.Loss, found.Slope, false);
        }
        return (at, loss);
    }

    /// <summary>
    /// Says which numbers ended at a border, as the data have no best value for them, and where rounding ended the search.
    /// </summary>
    public void SayEdges(double[] at)
    {
        var slope = Look(at).Slope;
        var steepest = slope.Select((g, i) => Free(at, slope, i) ? Math.Abs(g) : 0).Max();
        if (steepest > 1e-2)
            Warnings.Once($"kernel slope:{Numbers.Show(steepest, 3)}",
                $"LearnedKernel: expected a largest likelihood. Received: one that still has a slope of {Numbers.Show(steepest, 3)}, which "
                    + "rounding hides: a variance of the noise of "
                    + $"{Numbers.Show(Math.Exp(at[^1]), 3)} is too little beside one of {Numbers.Show(Math.Exp(at[0]), 3)}. "
                    + "The targets follow the inputs nearly without noise: a linear model or a polynomial may do.");
        var lengths = at.Length == 3 ? ["length scale"] : Enumerable.Range(0, at.Length - 2).Select(i => $"length scale {i}");
        string[] names = ["variance", .. lengths, "noise"];
        var edges = Enumerable.Range(0, at.Length).Where(i => at[i] <= low[i] + 0.01 || at[i] >= high[i] - 0.01)
            .Select(i => $"{names[i]} {Numbers.Show(Math.Exp(at[i]), 3)}").ToList();
        if (edges.Count > 0)
            Warnings.Once("kernel:" + string.Join(", ", edges),
                $"LearnedKernel: no inner value is best for the {string.Join(", the ", edges)}, so it stands at its border. "
                    + "Noise at its lower border: the targets follow the inputs without noise. "
                    + "A length at its upper one: the feature does not matter.");
    }

    (double Loss, double[] Slope) Look(double[] at)
    {
        Assign(at);
        try
        {
            var look = kernel.Evaluate();
            return (look.Loss, Join(look.Gradients));
        }
        catch (JudgeException)
        {
            // No likelihood there: as bad as can be, so the search turns back.
            return (double.PositiveInfinity, new double[at.Length]);
        }
    }

    static double[] Join(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(t => t.ToArray<double>())];

    bool Free(double[] at, double[] slope, int i) => slope[i] > 0 ? at[i] > low[i] : at[i] < high[i];

    double[] Within(double[] at) => [.. at.Select((v, i) => Math.Clamp(v, low[i], high[i]))];

    /// <summary>The rule of Broyden, Fletcher, Goldfarb and Shanno for the inverse of the curvature.</summary>
    static void Update(double[,] inverse, double[] s, double[] y)
    {
        var n = s.Length;
        var bend = Dot(s, y);
        if (!(bend > 1e-14)) return;
        double[] hy = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => inverse[i, j] * y[j]))];
        var factor = (1 + Dot(y, hy) / bend) / bend;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                inverse[i, j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / bend;
    }

    static double[,] Identity(int n)
    {
        var one = new double[n, n];
        for (var i = 0; i < n; i++) one[i, i] = 1;
        return one;
    }

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
