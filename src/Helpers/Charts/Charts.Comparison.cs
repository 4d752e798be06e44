using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

public static partial class Charts
{
    /// <summary>Learned values as filled marks and their references as rings: where a mark lies in its ring, they agree.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="axis">What the values are, with their unit.</param>
    /// <param name="rows">Names, learned values and references, from top to bottom; a reference of NaN is not drawn.</param>
    /// <param name="judge">Who judged the values: the symbol, explained under the chart. Default: nobody.</param>
    /// <param name="log">Whether the scale is logarithmic.</param>
    public static Plot Comparison(string title, string axis, IReadOnlyList<(string Name, double Ours, double Reference)> rows,
        Judge? judge = null, bool log = false)
    {
        double[] positions = [.. Enumerable.Range(0, rows.Count).Select(i => rows.Count - 1.0 - i)];
        var plot = new Plot(title, new PlotAxis(axis, log), new PlotAxis("", false) { Names = [.. rows.Select(r => r.Name).Reverse()] });
        return plot
            .Add(new SeriesMark("learned", Pen.Number(0), [.. rows.Select(r => r.Ours)], positions, SeriesStyle.Points)
            {
                IsCompared = true,
                Judge = judge,
                Says = string.Join(" ",
                    rows.Select(
                        r => $"{r.Name}: "
                            + $"learned {Show(r.Ours, 5)}{(double.IsNaN(r.Reference) ? "" : $", reference {Show(r.Reference, 5)}")}.")),
            })
            .Add(new SeriesMark("reference", Pen.Truth, [.. rows.Select(r => r.Reference)], positions, SeriesStyle.Rings)
            { Says = "Rings mark the references." });
    }
}
