using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>The area between two lines over one axis.</summary>
sealed record BandMark(string Name, Pen Pen, double[] Xs, double[] Lows, double[] Highs) : Mark(Name, Pen)
{
    public override IEnumerable<double> X => Xs;

    public override IEnumerable<double> Y => Lows.Concat(Highs);

    public override string Sentence
    {
        get
        {
            int[] seen = [.. Seen()];
            return seen.Length == 0 ? $"{Name}: no finite value."
                : $"{Name}: from {Span(seen[0])} to {Span(seen[^1])}, lowest {Show(seen.Min(i => Lows[i]), 4)}, "
                    + $"highest {Show(seen.Max(i => Highs[i]), 4)}.";
        }
    }

    // There and back again. plotly.js closes the area, and breaks it where a number is missing.
    public override Trace ToTrace(PlotAxis x, PlotAxis y)
    {
        int[] seen = [.. Seen()];
        return Trace("scatter",
            ("name", Name),
            ("mode", "lines"),
            ("x", Plain(seen.Concat(seen.Reverse()).Select(i => Xs[i]))),
            ("y", Plain(seen.Select(i => Highs[i]).Concat(seen.Reverse().Select(i => Lows[i])))),
            ("line", new { color = Pen.Colour, width = 1 }),
            ("fill", "toself"),
            ("fillcolor", Pen.Colour + "40"));
    }

    public override Label? Label(PlotAxis x, PlotAxis y)
    {
        int[] seen = [.. Seen().Where(i => x.Sees(Xs[i]))];
        return seen.Length == 0 || !Labelled ? null : new(Name, Pen.Colour, Xs[seen[^1]], (Lows[seen[^1]] + Highs[seen[^1]]) / 2);
    }

    IEnumerable<int> Seen() => Enumerable.Range(0, Xs.Length).Where(i => double.IsFinite(Lows[i]) && double.IsFinite(Highs[i]));

    string Span(int i) => $"{Show(Lows[i], 4)} … {Show(Highs[i], 4)} at {Show(Xs[i], 4)}";
}
