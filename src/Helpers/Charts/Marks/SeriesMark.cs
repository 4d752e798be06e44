using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>Pairs of numbers, drawn as a line, points or steps.</summary>
sealed record SeriesMark(string Name, Pen Pen, double[] Xs, double[] Ys, SeriesStyle Style) : Mark(Name, Pen)
{
    /// <summary>Whether it is one of the things that the chart compares: no truth and no reference.</summary>
    public bool IsCompared { get; init; }

    /// <summary>Who judges the variable; null for nobody.</summary>
    public Judge? Judge { get; init; }

    /// <summary>Half the width of the bar through each point; null for none.</summary>
    public double[]? XErrors { get; init; }

    /// <summary>Half the height of the bar through each point; null for none.</summary>
    public double[]? YErrors { get; init; }

    /// <summary>A name for each point; null for none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Another sentence than the usual one.</summary>
    public string? Says { get; init; }

    /// <summary>Whether it comes about step by step, which what is known does not.</summary>
    public bool Grows => IsCompared && Style is (SeriesStyle.Line or SeriesStyle.Path);

    /// <summary>Whether it goes along the horizontal axis, and not to and fro.</summary>
    public bool Runs => Style == SeriesStyle.Line && Xs.Zip(Xs.Skip(1)).All(p => p.First <= p.Second);

    public override IEnumerable<double> X => XErrors is null ? Xs : Ends(Xs, XErrors);

    public override IEnumerable<double> Y => Style == SeriesStyle.Steps ? Ys.Append(0) : YErrors is null ? Ys : Ends(Ys, YErrors);

    public override string Sentence
    {
        get
        {
            if (Says is not null) return Says;
            var seen = Enumerable.Range(0, Xs.Length).Where(i => double.IsFinite(Xs[i]) && double.IsFinite(Ys[i])).ToList();
            if (seen.Count == 0) return $"{Name}: no finite value.";
            int a = seen[0], b = seen[^1], low = seen.MinBy(i => Ys[i]), high = seen.MaxBy(i => Ys[i]);
            var inner = string.Concat(
                new[] { (Word: "lowest", At: low), (Word: "highest", At: high) }.Where(e => e.At != a && e.At != b)
                    .Select(e => $", {e.Word} {Show(Ys[e.At], 4)} at {Show(Xs[e.At], 4)}"));
            return $"{Name}: from {Show(Ys[a], 4)} at {Show(Xs[a], 4)} to {Show(Ys[b], 4)} at {Show(Xs[b], 4)}{inner}.";
        }
    }

    public override Trace ToTrace(PlotAxis x, PlotAxis y)
    {
        var (xs, ys) = Style is SeriesStyle.Line or SeriesStyle.Path ? Thinning.Thin(Xs, Ys, x) : (Xs, Ys);
        return Trace("scatter",
            ("name", Name),
            ("mode", Style switch
            {
                SeriesStyle.Points or SeriesStyle.Hollow or SeriesStyle.Rings => "markers",
                SeriesStyle.Path => "lines+markers",
                _ => "lines"
            }),
            ("x", Plain(xs)),
            ("y", Plain(ys)),
            ("line", Style is SeriesStyle.Points or SeriesStyle.Hollow or SeriesStyle.Rings ? null : new
            {
                color = Pen.Colour,
                width = Pen.Width,
                dash = Pen.Dash,
                shape = Style == SeriesStyle.Steps ? "hvh" : "linear",
            }),
            ("marker", Style is SeriesStyle.Line or SeriesStyle.Steps ? null : new
            {
                color = Pen.Colour,
                size = Style switch { SeriesStyle.Path => 4, SeriesStyle.Rings => 14, SeriesStyle.Hollow => 11, _ => 9 },
                symbol = Style switch
                {
                    SeriesStyle.Path => "circle",
                    SeriesStyle.Rings => "circle-open",
                    SeriesStyle.Hollow => Badge.Symbol(Judge) + "-open",
                    _ => Badge.Symbol(Judge)
                },
                line = new { width = Style is SeriesStyle.Hollow or SeriesStyle.Rings ? 1.5 : 0, color = Pen.Colour },
            }),
            ("error_x", Bars(XErrors)),
            ("error_y", Bars(YErrors)),
            ("hovertext", Names?.ToArray()),
            ("fill", Style == SeriesStyle.Steps ? "tozeroy" : null),
            ("fillcolor", Style == SeriesStyle.Steps ? Pen.Colour + "30" : null));
    }

    /// <summary>
    /// Its beginning, in a few points: up to a value on its axis, or, where it goes to and fro there, up to a share of its steps.
    /// </summary>
    public SeriesMark Until(double share, double until, PlotAxis x, int points)
    {
        var count = Runs ? Xs.Count(v => v <= until) : 1 + (int)(share * (Xs.Length - 1));
        double[] xs = Xs[..count], ys = Ys[..count];
        if (Style == SeriesStyle.Line) (xs, ys) = Thinning.Thin(xs, ys, x, points / 4);
        return this with { Xs = xs, Ys = ys };
    }

    object? Bars(double[]? errors) =>
        errors is null ? null : new { type = "data", array = Plain(errors), color = Pen.Colour, thickness = 1.5, width = 4 };

    static IEnumerable<double> Ends(double[] values, double[] errors) => values.Zip(errors, (v, e) => v - e)
        .Concat(values.Zip(errors, (v, e) => v + e));

    public override Label? Label(PlotAxis x, PlotAxis y)
    {
        var seen = Enumerable.Range(0, Xs.Length).Where(i => x.Sees(Xs[i]) && y.Sees(Ys[i])).ToList();
        if (seen.Count == 0 || !Labelled) return null;
        var at = Style == SeriesStyle.Steps ? seen.MaxBy(i => Ys[i]) : seen[^1];
        return new(Name, Pen.Colour, Xs[at], Ys[at]);
    }
}
