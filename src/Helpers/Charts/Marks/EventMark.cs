using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>A moment worth pointing at, such as "crosses zero at step 39": a marker, an arrow and a text.</summary>
sealed record EventMark(string Name, double AtX, double AtY, bool Below) : Mark(Name, Pen.Truth)
{
    public override IEnumerable<double> X => [AtX];

    public override IEnumerable<double> Y => [AtY];

    public override string Sentence => $"Marked at ({Show(AtX, 5)}, {Show(AtY, 5)}): {Name}.";

    public override Trace ToTrace(PlotAxis x, PlotAxis y) => Trace("scatter",
        ("name", Name),
        ("mode", "markers"),
        ("x", Plain([AtX])),
        ("y", Plain([AtY])),
        ("marker", new { color = "#ffffff", size = 9, symbol = "circle", line = new { width = 2, color = Look.Ink } }));

    public override IEnumerable<object> Annotations(PlotAxis x, PlotAxis y) =>
    [
        new
        {
            text = Look.Label(Name),
            x = x.Anchor(AtX),
            y = y.Anchor(AtY),
            // Towards the middle of the plot, so that the text stays inside on a narrow screen.
            ax = x.Position(AtX) < 0.5 ? 45 : -45,
            ay = Below ? 40 : -40,
            xanchor = x.Position(AtX) < 0.5 ? "left" : "right",
            align = "left",
            standoff = 6,
            arrowhead = 0,
            arrowwidth = 1,
            arrowcolor = Look.Ink,
            font = new { size = Look.LabelSize, color = Look.Ink },
            bgcolor = "rgba(255,255,255,0.85)",
        },
    ];
}
