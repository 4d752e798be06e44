using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>An arrow between two points of the plane, with a text beside its middle.</summary>
sealed record ArrowMark(string Name, (double X, double Y) From, (double X, double Y) To, Pen Pen, bool AtHead = false)
    : Mark(Name, Pen)
{
    public override IEnumerable<double> X => [From.X, To.X];

    public override IEnumerable<double> Y => [From.Y, To.Y];

    public override string Sentence =>
        $"An arrow from ({Show(From.X, 5)}, {Show(From.Y, 5)}) to ({Show(To.X, 5)}, {Show(To.Y, 5)}): {Name}.";

    // Seen when pointed at; the arrow itself is an annotation.
    public override Trace ToTrace(PlotAxis x, PlotAxis y) => Trace("scatter",
        ("name", Name),
        ("mode", "markers"),
        ("x", Plain([From.X, To.X])),
        ("y", Plain([From.Y, To.Y])),
        ("marker", new { color = Pen.Colour, size = 7, symbol = "circle" }));

    public override IEnumerable<object> Annotations(PlotAxis x, PlotAxis y)
    {
        yield return new
        {
            text = "",
            x = x.Anchor(To.X),
            y = y.Anchor(To.Y),
            axref = "x",
            ayref = "y",
            ax = x.Anchor(From.X),
            ay = y.Anchor(From.Y),
            arrowhead = 2,
            arrowsize = 1.2,
            arrowwidth = 2,
            standoff = 4,
            startstandoff = 4,
            arrowcolor = Pen.Colour,
        };
        yield return AtHead ? Head(x, y) : new
        {
            text = Look.Label(Name),
            x = (x.Anchor(From.X) + x.Anchor(To.X)) / 2,
            y = (y.Anchor(From.Y) + y.Anchor(To.Y)) / 2,
            xanchor = "left",
            yanchor = "bottom",
            xshift = 6,
            align = "left",
            showarrow = false,
            font = new { size = Look.LabelSize, color = Pen.Colour },
            bgcolor = "rgba(255,255,255,0.85)",
        };
    }

    // Beyond the head, on the side it points to.
    object Head(PlotAxis x, PlotAxis y) => new
    {
        text = Look.Label(Name),
        x = x.Anchor(To.X),
        y = y.Anchor(To.Y),
        xanchor = To.X >= From.X ? "left" : "right",
        yanchor = To.Y >= From.Y ? "bottom" : "top",
        xshift = To.X >= From.X ? 4 : -4,
        align = "left",
        showarrow = false,
        font = new { size = Look.LabelSize, color = Pen.Colour },
        bgcolor = "rgba(255,255,255,0.85)",
    };
}
