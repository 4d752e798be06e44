namespace Workbook.Helpers;

/// <summary>Finds the strengths of the lowest loss: a scan of common strengths, then BFGS on their logarithms between two bounds.</summary>
/// <remarks>
/// Against a minimum that is not the lowest: up to four groups are scanned one by one, each with one of them free or none; more begin at
/// four common strengths.
/// </remarks>
/// <param name="count">The number of strengths.</param>
/// <param name="loss">The loss and its slopes by the logarithms.</param>
sealed class StrengthSearch(int count, Func<double[], (double Value, double[] Slopes)> loss)
{
    public const double Free = 1e-6, Off = 1e6;

    const int ScannedGroups = 4;

    static readonly double[] scan = [.. Enumerable.Range(0, 25).Select(k => Math.Log(Free) + k * Math.Log(Off / Free) / 24)];

    // In logarithms, from the best common strength: that, a quarter, a sixteenth, a sixty-fourth.
    static readonly double[] factors = [0, -Math.Log(4), -Math.Log(16), -Math.Log(64)];

    public int Evaluations { get; private set; }

    public double[] Minimize()
    {
        var common = scan.MinBy(s => Look(Filled(s)).Value);
        if (count == 1) return Exp(Descend(Filled(common)).Logs);
        var starts = count > ScannedGroups ? factors.Select(f => Filled(Math.Max(Math.Log(Free), common + f)))
            : Enumerable.Range(-1, count + 1).Select(free => Scanned(common, free));
        return Exp(starts.Select(Descend).MinBy(end => end.Value).Logs);
    }

    /// <summary>The best common strength, or one group free, and then the others one by one where a scan has its lowest loss.</summary>
    double[] Scanned(double common, int free)
    {
        var x = Filled(common);
        if (free >= 0) x[free] = Math.Log(Free);
        for (var g = 0; g < count; g++)
            if (g != free) x[g] = scan.Append(x[g]).MinBy(s => Look(With(x, g, s)).Value);
        return x;
    }

    (double[] Logs, double Value) Descend(double[] x) =>
        BoxDescent.Minimize(Look, x, Filled(Math.Log(Free)), Filled(Math.Log(Off)));

    (double Value, double[] Slopes) Look(double[] logs)
    {
        Evaluations++;
        return loss(Exp(logs));
    }

    static double[] Exp(double[] logs) => Array.ConvertAll(logs, l => Math.Clamp(Math.Exp(l), Free, Off));

    double[] Filled(double s)
    {
        var all = new double[count];
        Array.Fill(all, s);
        return all;
    }

    static double[] With(double[] x, int g, double s)
    {
        double[] other = [.. x];
        other[g] = s;
        return other;
    }
}
