using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>
/// A straight line across the whole plot at one value of one axis: a known truth, the border of what is allowed, or something to compare
/// with.
/// </summary>
sealed record LevelMark(string Name, double Value, bool Vertical, Pen Pen) : Mark(Name, Pen)
{
    public override IEnumerable<double> X => Vertical ? [Value] : [];

    public override IEnumerable<double> Y => Vertical ? [] : [Value];

    public override string Sentence =>
        $"{Name}: a {(Vertical ? "vertical" : "horizontal")} {(Pen == Pen.Reference ? "dotted" : "dashed")} line at {Show(Value, 6)}.";

    public override Trace ToTrace(PlotAxis x, PlotAxis y)
    {
        var (min, max) = (Vertical ? y : x).Range;
        double[] ends = [min, max], value = [Value, Value];
        return Trace("scatter",
            ("name", Name),
            ("mode", "lines"),
            ("x", Plain(Vertical ? value : ends)),
            ("y", Plain(Vertical ? ends : value)),
            ("line", new { color = Pen.Colour, width = 1.5, dash = Pen.Dash }));
    }

    public override Label? Label(PlotAxis x, PlotAxis y) => Vertical || !Labelled ? null : new(Name, Pen.Colour, x.Range.Max, Value);

    public override IEnumerable<object> Annotations(PlotAxis x, PlotAxis y) => !Vertical || !Labelled ? [] :
    [
        new
        {
            text = Look.Label(Name),
            x = x.Anchor(Value),
            // Below 1, or pages make room above the plot for it.
            y = 0.99,
            yref = "paper",
            xanchor = x.Position(Value) < 0.5 ? "left" : "right",
            xshift = x.Position(Value) < 0.5 ? 4 : -4,
            yanchor = "top",
            align = "left",
            showarrow = false,
            font = new { size = Look.LabelSize, color = Pen.Colour },
            bgcolor = "rgba(255,255,255,0.85)",
        },
    ];
}
