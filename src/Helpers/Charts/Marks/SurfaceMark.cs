using Plotly.NET;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>A function of two variables as contour lines that bear its values.</summary>
sealed record SurfaceMark(string Name, double[] Xs, double[] Ys, double[][] Z) : Mark(Name, Pen.Of(Hue.Grey))
{
    public override IEnumerable<double> X => Xs;

    public override IEnumerable<double> Y => Ys;

    public override string Sentence
    {
        get
        {
            var finite = Z.SelectMany(r => r).Where(double.IsFinite).ToList();
            return finite.Count == 0 ? $"{Name}: no finite value."
                : $"{Name}: contour lines from {Show(finite.Min(), 4)} to {Show(finite.Max(), 4)}.";
        }
    }

    public override Trace ToTrace(PlotAxis x, PlotAxis y) => Trace("contour",
        ("name", Name),
        ("x", Plain(Xs)),
        ("y", Plain(Ys)),
        ("z", Z.Select(row => Plain(row)).ToArray()),
        ("showscale", false),
        ("ncontours", 16),
        // Lines without a filling are seen on white and on dark pages.
        ("contours", new { coloring = "none", showlabels = true, labelfont = new { size = 10, color = "#555555" } }),
        ("line", new { color = "#8b949e", width = 1 }));
}
