using DynamicObj;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace Workbook.Helpers;

public static partial class Charts
{
    /// <summary>A curve with one point marked, and below it pictures: as they are, and as a model at that point draws them.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="x">What the horizontal axis of the curve shows.</param>
    /// <param name="y">What its vertical axis shows.</param>
    /// <param name="curve">The curve: a name and a place for each point.</param>
    /// <param name="at">Which point is marked; −1: none.</param>
    /// <param name="originals">The pictures, each by rows of numbers from 0 (paper) to 1 (ink); NaN is no paper either.</param>
    /// <param name="drawn">The same pictures as the model draws them, as many and of the same size.</param>
    /// <param name="logY">Whether the vertical scale of the curve is logarithmic.</param>
    /// <param name="level">A line across the curve, such as a noise: its name and its height. Names of points are then not written.</param>
    /// <param name="rows">What the two rows of pictures are called; default "as it is" and "as drawn".</param>
    /// <exception cref="ArgumentException">There are no pictures, or they differ in number or size.</exception>
    public static Figure Drawings(string title, string x, string y, IReadOnlyList<(string Name, double X, double Y)> curve, int at,
        IReadOnlyList<double[][]> originals, IReadOnlyList<double[][]> drawn, bool logY = false, (string Name, double Y)? level = null,
        (string Above, string Below)? rows = null)
    {
        var named = rows ?? ("as it is", "as drawn");
        var sizes = originals.Concat(drawn).Select(p => (Rows: p.Length, Columns: p.Length == 0 ? 0 : p.Max(r => r.Length)))
            .Distinct().ToList();
        if (originals.Count == 0 || originals.Count != drawn.Count || sizes.Count != 1)
            throw new ArgumentException("Drawings: expected as many pictures drawn as there are, at least one, all of one size. "
                + $"Received: {originals.Count} and {drawn.Count} pictures of {sizes.Count} sizes.");
        var (name, px, py) = at < 0 ? ("none", double.NaN, double.NaN) : curve[at];
        var alt = $"{title.TrimEnd('.')}. A curve, {y} over {x}: "
            + $"{string.Join(", ", curve.Select(c => $"{c.Name} at ({Numbers.Show(c.X, 4)}, {Numbers.Show(c.Y, 4)})"))}. "
            + (level is { } across ? $"Across it: {across.Name}. " : "")
            + $"Marked: {name}. Below it {originals.Count} pictures, "
            + (rows is null ? "and how they are drawn there." : $"{named.Item1} and {named.Item2}.");
        return Figure.Of(title, alt, Chart);

        GenericChart Chart()
        {
            var top = Look.Top(title);
            var layout = new Layout();
            layout.SetProperty("title", Look.Title(title));
            layout.SetProperty("meta", new { alt });
            layout.SetProperty("height", Look.Height);
            layout.SetProperty("autosize", true);
            layout.SetProperty("margin", new { l = Look.Left, r = 40, t = top, b = 16 });
            layout.SetProperty("font", new { family = Look.Font, size = 13, color = Look.Ink });
            layout.SetProperty("paper_bgcolor", "#ffffff");
            layout.SetProperty("plot_bgcolor", "#ffffff");
            layout.SetProperty("showlegend", false);
            layout.SetProperty("xaxis", Axis(x, "y", [0, 1], false));
            layout.SetProperty("yaxis", Axis(y, "x", [0.52, 1], logY));
            layout.SetProperty("xaxis2", new
            {
                anchor = "y2",
                visible = false,
                constrain = "domain",
                range = new[] { -0.5, originals.Count * (sizes[0].Columns + 1) - 1.5 },
            });
            layout.SetProperty("yaxis2", new
            {
                anchor = "x2",
                domain = new[] { 0, 0.34 },
                scaleanchor = "x2",
                constrain = "domain",
                range = new[] { 2 * sizes[0].Rows + 0.5, -0.5 },
                showgrid = false,
                zeroline = false,
                tickvals = new[] { sizes[0].Rows / 2.0, sizes[0].Rows * 1.5 + 1 },
                ticktext = new[] { named.Item1, named.Item2 },
            });
            var config = new Config();
            config.SetProperty("displayModeBar", false);
            var traces = GenericChart.ofTraceObjects(false, ListModule.OfSeq(Traces()));
            return GenericChart.setConfig(config, GenericChart.setLayout(layout, traces));
        }

        IEnumerable<Trace> Traces()
        {
            var ink = new { color = Pen.Of(Hue.Grey).Colour, width = 2 };
            yield return Of("scatter", ("name", "curve"), ("mode", level is null ? "lines+markers+text" : "lines+markers"),
                ("x", curve.Select(c => c.X).ToArray()), ("y", curve.Select(c => c.Y).ToArray()),
                // Below the lowest point runs the axis.
                ("text", curve.Select(c => c.Name).ToArray()),
                ("textposition", level is not null ? "bottom right"
                    : curve.Select(c => c.Y == curve.Min(p => p.Y) ? "middle right" : "bottom right").ToArray()),
                ("textfont", new { size = 10 }), ("line", ink), ("cliponaxis", false));
            yield return Of("scatter", ("name", name), ("mode", "markers"), ("x", at < 0 ? [] : new[] { px }),
                ("y", at < 0 ? [] : new[] { py }), ("cliponaxis", false),
                ("marker", new { size = 16, symbol = "circle-open", color = Pen.Of(Hue.Orange).Colour, line = new { width = 3 } }));
            if (level is { } line)
                yield return Of("scatter", ("name", line.Name), ("mode", "lines+text"),
                    ("x", new[] { curve.Min(c => c.X), curve.Max(c => c.X) }), ("y", new[] { line.Y, line.Y }),
                    ("text", new[] { "", line.Name }), ("textposition", "top left"), ("cliponaxis", false),
                    ("line", new { color = Pen.Of(Hue.Orange).Colour, width = 2, dash = "dash" }));
            var (height, columns) = sizes[0];
            // A row and a column of nothing between the pictures.
            double?[][] Strip(IReadOnlyList<double[][]> pictures) => [.. Enumerable.Range(0, height).Select(row => pictures
                .SelectMany((p, i) => (i == 0 ? [] : new double?[] { null })
                    .Concat(p[row].Select(v => double.IsNaN(v) ? null : (double?)Math.Round(v, 2))))
                .ToArray())];
            double?[][] gap = [new double?[originals.Count * (columns + 1) - 1]];
            yield return Of("heatmap", ("name", "pictures"), ("z", Strip(originals).Concat(gap).Concat(Strip(drawn)).ToArray()),
                ("xaxis", "x2"), ("yaxis", "y2"), ("zmin", 0), ("zmax", 1), ("showscale", false), ("hoverinfo", "skip"),
                ("colorscale", new object[] { new object[] { 0, "#f0f0f0" }, new object[] { 1, "#222222" } }));
        }

        static object Axis(string name, string anchor, double[] domain, bool log) => new
        {
            type = log ? "log" : "linear",
            title = new { text = name, standoff = 8 },
            anchor,
            domain,
            gridcolor = Look.Grid,
            linecolor = Look.Ink,
            zeroline = false,
            ticks = "outside",
            tickcolor = Look.Ink,
            automargin = true,
        };

        static Trace Of(string type, params IEnumerable<(string Key, object Value)> properties)
        {
            var trace = new Trace(type);
            foreach (var (key, value) in properties) trace.SetProperty(key, value);
            return trace;
        }
    }
}
