using System.Net;

namespace Workbook.Helpers;

/// <summary>The one look of all charts: colours, fonts and sizes.</summary>
/// <remarks>
/// The colours stand at <see cref="Pen"/>. In grey the direct labels tell the lines apart.
/// </remarks>
static class Look
{
    public const int Height = 420;
    public const int Left = 64;
    public const int Bottom = 52;
    public const int LabelSize = 12;
    public const int LineHeight = 15;
    public const string Ink = "#222222";
    public const string Grid = "#e6e6e6";
    public const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    const int TitleSize = 14;
    const int TitleLine = 19;

    // Characters a line holds on the narrowest screen that charts are made for (390 pixels).
    const int TitleColumns = 42;
    const int LabelColumns = 15;

    public static object Title(string title) => new
    {
        text = $"<b>{Wrap(title, TitleColumns)}</b>",
        font = new { size = TitleSize, color = Ink },
        x = 0,
        xref = "container",
        xanchor = "left",
        y = 1,
        yref = "container",
        yanchor = "top",
        pad = new { l = 12, t = 16 },
    };

    /// <summary>The space above the plot that a title needs.</summary>
    public static int Top(string title) => 28 + TitleLine * Lines(Wrap(title, TitleColumns));

    public static string Label(string text) => Wrap(text, LabelColumns);

    /// <summary>The lines that a wrapped text takes.</summary>
    public static int Lines(string wrapped) => wrapped.Split("<br>").Length;

    /// <summary>An estimate, rather too large, of a wrapped label's width in pixels.</summary>
    public static int Width(string wrapped) => (int)(wrapped.Split("<br>").Max(l => WebUtility.HtmlDecode(l).Length) * LabelSize * 0.64);

    static string Wrap(string text, int columns)
    {
        var lines = new List<string> { "" };
        // "δ = 0.1" stays in one line.
        text = text.Replace(" = ", "\u00a0=\u00a0").Replace("/ ", "/\u00a0");
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines[^1] == "") lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= columns) lines[^1] += " " + word;
            else lines.Add(word);
        return string.Join("<br>", lines.Select(Plain));
    }

    /// <summary>A text in one line. plotly.js reads a small part of HTML in texts, so what is meant literally is escaped.</summary>
    public static string Plain(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
