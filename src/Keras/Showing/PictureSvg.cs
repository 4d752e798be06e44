using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook.Keras;

/// <summary>Writes boxes and lines as SVG.</summary>
/// <param name="isAcross">Whether values go from left to right.</param>
/// <remarks>Boxes have their own ground, and lines are of a grey that is seen on white and on black, so the picture needs not know the
/// page.</remarks>
sealed class PictureSvg(bool isAcross)
{
    const double Around = 12;

    readonly StringBuilder text = new();

    public string Write(IReadOnlyList<PictureBox> boxes, string title, string words)
    {
        var layout = Sized(boxes);
        var (width, height) = (Math.Ceiling(layout.Size.Width + 2 * Around), Math.Ceiling(layout.Size.Height + 2 * Around));
        var id = $"model-{Hash(words):x8}";
        Line($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"
             aria-labelledby="{id}-title {id}-words" style="max-width:100%;height:auto" font-family="Helvetica, Arial, sans-serif"
             font-size="{PictureBox.FontSize}">
            """);
        Line($"""<title id="{id}-title">{Coded(title)}</title>""");
        Line($"""<desc id="{id}-words">{Coded(words)}</desc>""");
        Draw(boxes, layout, Around, Around, 0);
        text.Append("</svg>\n");
        return text.ToString();
    }

    /// <summary>The places of boxes, those inside first.</summary>
    PictureLayout Sized(IReadOnlyList<PictureBox> boxes)
    {
        foreach (var box in boxes.Where(b => b.HasGraph))
        {
            var inner = Sized(box.Boxes);
            inside[box] = inner;
            box.Width = Math.Max(box.Width, inner.Size.Width + 2 * Around);
            box.Height = PictureBox.HeadHeight + inner.Size.Height + 2 * Around;
        }
        return PictureLayout.Of(boxes, isAcross);
    }

    readonly Dictionary<PictureBox, PictureLayout> inside = [];

    void Draw(IReadOnlyList<PictureBox> boxes, PictureLayout layout, double x, double y, int depth)
    {
        foreach (var (from, to, way) in layout.Ways) Arrow(from, to, way, x, y);
        foreach (var box in boxes) Draw(box, x + box.X, y + box.Y, depth);
    }

    void Draw(PictureBox box, double x, double y, int depth)
    {
        var (head, ground) = box.HasGraph ? ("#44546a", depth % 2 == 0 ? "#dfe6ef" : "#eef2f7") : ("#1f3a5f", "#ffffff");
        Line($"""<rect x="{N(x)}" y="{N(y)}" width="{N(box.Width)}" height="{N(box.Height)}" rx="4" fill="{ground}" stroke="#808080"/>""");
        const double Side = PictureBox.HeadHeight - 4;
        Line($"""
            <path d="M{N(x)} {N(y + Side + 4)}v{N(-Side)}q0 -4 4 -4h{N(box.Width - 8)}q4 0 4 4v{N(Side)}z" fill="{head}"/>
            """);
        Text(box.Head, x + box.Width / 2, y + 20, "#ffffff", isBold: true);
        for (var i = 0; i < box.Lines.Count; i++)
            Text(box.Lines[i], x + box.Width / 2, y + PictureBox.HeadHeight + 20 + i * PictureBox.Line, box.Lines[i] switch
            {
                "Trainable" => "#1b6e3c",
                "Non-trainable" => "#9c1c1c",
                _ => "#1a1a1a",
            }, isBold: false);
        if (!box.HasGraph) return;
        var inner = inside[box];
        Draw(box.Boxes, inner, x + (box.Width - inner.Size.Width) / 2, y + PictureBox.HeadHeight + Around, depth + 1);
    }

    /// <summary>From the edge of a box through the rows between to the edge of another.</summary>
    void Arrow(PictureBox from, PictureBox to, List<PictureLayout.Place> way, double x, double y)
    {
        const double Head = 8;
        var (path, at) = (new StringBuilder(), (Along: isAcross ? from.X + from.Width : from.Y + from.Height, way[0].At));
        string Point(double along, double cross) => isAcross ? $"{N(x + along)} {N(y + cross)}" : $"{N(x + cross)} {N(y + along)}";
        path.Append($"M{Point(at.Along, at.At)}");
        var end = (isAcross ? to.X : to.Y) - Head;
        foreach (var place in way.Skip(1))
        {
            var next = place.Box is null ? place.Row.From : end;
            var middle = (at.Along + next) / 2;
            path.Append(at.At == place.At ? $"L{Point(next, place.At)}"
                : $"C{Point(middle, at.At)} {Point(middle, place.At)} {Point(next, place.At)}");
            if (place.Box is null && place.Row.To > next) path.Append($"L{Point(place.Row.To, place.At)}");
            at = (place.Box is null ? place.Row.To : end, place.At);
        }
        Line($"""<path d="{path}" fill="none" stroke="#808080" stroke-width="2"/>""");
        Line($"""<path d="M{Point(end + Head, at.At)}L{Point(end, at.At - 5)}L{Point(end, at.At + 5)}z" fill="#808080"/>""");
    }

    void Text(string words, double x, double y, string colour, bool isBold)
    {
        var weight = isBold ? "bold" : "normal";
        Line($"""
            <text x="{N(x)}" y="{N(y)}" text-anchor="middle" fill="{colour}" font-weight="{weight}">{Coded(words)}</text>
            """);
    }

    void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    static string Coded(string words) => WebUtility.HtmlEncode(words);

    /// <summary>FNV-1a: the same in every run.</summary>
    static uint Hash(string words) => Encoding.UTF8.GetBytes(words).Aggregate(2166136261u, (h, b) => unchecked((h ^ b) * 16777619));
}
