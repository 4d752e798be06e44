using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

public static partial class Charts
{
    /// <summary>How values lie before and after a transformation, as two histograms over the same bins.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="axis">What the values are, with their unit.</param>
    /// <param name="before">The name and the values before; drawn in grey.</param>
    /// <param name="after">The name and the values after; drawn in colour.</param>
    /// <param name="judge">Who judged the transformation: the badge before its name.</param>
    /// <param name="bins">The number of bins.</param>
    public static Plot Distribution(string title, string axis, (string Name, IReadOnlyList<double> Values) before,
        (string Name, IReadOnlyList<double> Values) after, Judge judge, int bins = 30)
    {
        var all = before.Values.Concat(after.Values).Where(double.IsFinite).ToList();
        if (all.Count == 0) throw new ArgumentException("Distribution: expected at least one finite value. Received: none.");
        double min = all.Min(), width = Math.Max(all.Max() - min, 1e-12) / bins;
        return new Plot(title, axis, "number of values").Add(Histogram(before, Pen.Of(Hue.Grey), null))
            .Add(Histogram(after, Pen.Number(0), judge));

        SeriesMark Histogram((string Name, IReadOnlyList<double> Values) part, Pen pen, Judge? by)
        {
            var counts = new double[bins];
            var finite = part.Values.Where(double.IsFinite).ToList();
            foreach (var value in finite) counts[Math.Min((int)((value - min) / width), bins - 1)]++;
            return new(part.Name, pen, [.. Enumerable.Range(0, bins).Select(i => min + (i + 0.5) * width)], counts, SeriesStyle.Steps)
            { Says = Moments(part.Name, finite), IsCompared = true, Judge = by };
        }
    }

    static string Moments(string name, List<double> values)
    {
        if (values.Count == 0) return $"{name}: no finite value.";
        var mean = values.Average();
        double Central(int power) => values.Average(v => Math.Pow(v - mean, power));
        var deviation = Math.Sqrt(Central(2));
        return $"{name}: {values.Count} values, mean {Show(mean, 4)}, standard deviation {Show(deviation, 4)}, "
            + $"skewness {Show(deviation > 0 ? Central(3) / Math.Pow(deviation, 3) : 0, 3)}.";
    }
}
