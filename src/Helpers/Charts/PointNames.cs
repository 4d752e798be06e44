namespace Workbook.Helpers;

/// <summary>Writes the names of points beside them, as many as there is room for on the narrowest screen.</summary>
static class PointNames
{
    const int Size = 10, Line = 13, Gap = 6, Near = 4, Far = 26, Farther = 40;

    // The plot on a screen of 390 pixels, between its axis and the labels at its right.
    const int Width = 225;

    /// <summary>The names that have room, as annotations of plotly.js.</summary>
    /// <param name="series">All series of the plot: no name may cover a point or a line of them.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="height">The height of the plot in pixels.</param>
    public static IEnumerable<object> Place(IReadOnlyList<SeriesMark> series, PlotAxis x, PlotAxis y, int height)
    {
        var taken = series.SelectMany(s => Obstacles(s, x, y, height)).ToList();
        foreach (var mark in series)
            for (var i = 0; i < (mark.Names?.Count ?? 0); i++)
            {
                if (!x.Sees(mark.Xs[i]) || !y.Sees(mark.Ys[i])) continue;
                var (px, py) = Pixel(mark.Xs[i], mark.Ys[i], x, y, height);
                var width = (int)(mark.Names![i].Length * Size * 0.6);
                foreach (var (xanchor, yanchor, xshift, yshift, box) in Sides(px, py, width))
                {
                    if (box.Left < 0 || box.Right > Width || box.Top < 0 || box.Bottom > height || taken.Any(box.Meets)) continue;
                    taken.Add(box);
                    yield return new
                    {
                        text = Look.Plain(mark.Names[i]),
                        x = x.Anchor(mark.Xs[i]),
                        y = y.Anchor(mark.Ys[i]),
                        xanchor,
                        yanchor,
                        xshift,
                        yshift,
                        showarrow = false,
                        font = new { size = Size, color = mark.Pen.Colour },
                    };
                    break;
                }
            }
    }

    static (string, string, int, int, Box)[] Sides(double px, double py, int width) =>
    [
        ("left", "middle", Gap, 0, new(px + Gap, py - Line / 2.0, width, Line)),
        ("right", "middle", -Gap, 0, new(px - Gap - width, py - Line / 2.0, width, Line)),
        ("center", "bottom", 0, Gap, new(px - width / 2.0, py - Gap - Line, width, Line)),
        ("center", "top", 0, -Gap, new(px - width / 2.0, py + Gap, width, Line)),
        ("left", "top", Near, -Near, new(px + Near, py + Near, width, Line)),
        ("right", "bottom", -Near, Near, new(px - Near - width, py - Near - Line, width, Line)),
        ("left", "bottom", Near, Near, new(px + Near, py - Near - Line, width, Line)),
        ("right", "top", -Near, -Near, new(px - Near - width, py + Near, width, Line)),
        ("center", "bottom", 0, Far, new(px - width / 2.0, py - Far - Line, width, Line)),
        ("center", "top", 0, -Far, new(px - width / 2.0, py + Far, width, Line)),
        ("center", "bottom", 0, Farther, new(px - width / 2.0, py - Farther - Line, width, Line)),
        ("center", "top", 0, -Farther, new(px - width / 2.0, py + Farther, width, Line)),
    ];

    static IEnumerable<Box> Obstacles(SeriesMark mark, PlotAxis x, PlotAxis y, int height)
    {
        var seen = Enumerable.Range(0, mark.Xs.Length).Where(i => double.IsFinite(mark.Xs[i]) && double.IsFinite(mark.Ys[i]))
            .Select(i => Pixel(mark.Xs[i], mark.Ys[i], x, y, height)).ToList();
        if (mark.Style is not (SeriesStyle.Line or SeriesStyle.Path or SeriesStyle.Steps))
            return seen.Select(Dot).Concat(Bars(mark, x, y, height));
        return seen.Zip(seen.Skip(1), (a, b) => Enumerable.Range(0, 60).Select(k => Dot(Between(a, b, k / 60.0)))).SelectMany(dots => dots);
    }

    /// <summary>The error bars.</summary>
    static IEnumerable<Box> Bars(SeriesMark mark, PlotAxis x, PlotAxis y, int height)
    {
        for (var i = 0; i < mark.Xs.Length; i++)
        {
            double ex = mark.XErrors?[i] ?? 0, ey = mark.YErrors?[i] ?? 0;
            var (left, bottom) = Pixel(mark.Xs[i] - ex, mark.Ys[i] - ey, x, y, height);
            var (right, top) = Pixel(mark.Xs[i] + ex, mark.Ys[i] + ey, x, y, height);
            var (px, py) = Pixel(mark.Xs[i], mark.Ys[i], x, y, height);
            if (new[] { left, right, top, bottom, px, py }.All(double.IsFinite))
            {
                yield return new(left, py - 2, right - left, 4);
                yield return new(px - 2, top, 4, bottom - top);
            }
        }
    }

    static (double X, double Y) Between((double X, double Y) a, (double X, double Y) b, double share) =>
        (a.X + share * (b.X - a.X), a.Y + share * (b.Y - a.Y));

    static Box Dot((double X, double Y) at) => new(at.X - 4, at.Y - 4, 8, 8);

    static (double X, double Y) Pixel(double valueX, double valueY, PlotAxis x, PlotAxis y, int height) =>
        (x.Position(valueX) * Width, (1 - y.Position(valueY)) * height);

    readonly record struct Box(double Left, double Top, double BoxWidth, double BoxHeight)
    {
        public double Right => Left + BoxWidth;

        public double Bottom => Top + BoxHeight;

        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
