namespace Workbook.Helpers;

/// <summary>Places direct labels to the right of their points, one above the other where they would overlap.</summary>
static class Labels
{
    const int Gap = 8;

    /// <summary>The space to the right of the plot that the labels need.</summary>
    public static int Margin(IReadOnlyList<Label> labels, PlotAxis x) =>
        labels.Select(l => (int)(Look.Width(Look.Label(l.Text)) * Math.Clamp(x.Position(l.X) * 4 - 3, 0, 1))).DefaultIfEmpty(0).Max()
            + 2 * Gap;

    /// <summary>The labels as annotations of plotly.js.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="height">The height of the plot in pixels.</param>
    public static IEnumerable<object> Place(IReadOnlyList<Label> labels, PlotAxis x, PlotAxis y, int height)
    {
        var sorted = labels.Select(l => (Label: l, Text: Look.Label(l.Text), Wanted: (1 - y.Position(l.Y)) * height)).OrderBy(l => l.Wanted)
            .ToList();
        var tops = Spread([.. sorted.Select(l => l.Wanted - Half(l.Text))], [.. sorted.Select(l => 2 * Half(l.Text))], height);
        for (var i = 0; i < sorted.Count; i++)
        {
            var (label, text, wanted) = sorted[i];
            yield return new
            {
                text,
                x = x.Anchor(label.X),
                y = y.Anchor(label.Y),
                xanchor = "left",
                xshift = Gap,
                yshift = Math.Round(wanted - tops[i] - Half(text)),
                align = "left",
                showarrow = false,
                font = new { size = Look.LabelSize, color = label.Colour },
                bgcolor = "rgba(255,255,255,0.75)",
            };
        }
    }

    /// <summary>Moves boxes apart as little as a sweep down and a sweep up allow, within 0 and a height.</summary>
    /// <param name="tops">The wanted upper ends, in increasing order.</param>
    /// <param name="heights">The heights.</param>
    /// <param name="height">The height that holds them all, if it can.</param>
    internal static double[] Spread(double[] tops, double[] heights, double height)
    {
        var placed = (double[])tops.Clone();
        for (var i = 1; i < placed.Length; i++) placed[i] = Math.Max(placed[i], placed[i - 1] + heights[i - 1]);
        var floor = Math.Max(height, heights.Sum());
        for (var i = placed.Length - 1; i >= 0; i--)
        {
            placed[i] = Math.Min(placed[i], floor - heights[i]);
            floor = placed[i];
        }
        return placed;
    }

    static double Half(string wrapped) => Look.Lines(wrapped) * Look.LineHeight / 2.0 + 1;
}
