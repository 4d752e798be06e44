using System.Drawing;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;

namespace Workbook.Host.Jupyter;

/// <summary>
/// Styles that go before an output, because JupyterLab shows it in a way that does not become it. In a dark JupyterLab the lightness of a
/// chart on light paper is turned around, and the hues stay: its renderer of charts is not told the theme, and plotly.js takes no colour
/// that depends on one, but a style applies to the page around it, also when the theme changes. The words of a table begin at the left,
/// where JupyterLab puts all cells to the right; choices have their letters, where it counts all lists in numbers.
/// </summary>
static partial class LabStyles
{
    const string Chart = "application/vnd.plotly.v1+json", Next = ".jp-OutputArea-child:has(style.workbook-theme) + .jp-OutputArea-child";

    // The output that holds the style takes no room. White becomes #121212; JupyterLab's own dark is #111111.
    const string Style = $$"""
        <style class="workbook-theme">
        .jp-OutputArea-child:has(style.workbook-theme) { display: none; }
        body[data-jp-theme-light="false"] {{Next}} .jp-RenderedPlotly { filter: invert(0.93) hue-rotate(180deg); }
        {{Next}} .jp-RenderedHTML :is(th, td):not(.num) { text-align: left; }
        {{Next}} .jp-RenderedHTML ol[type="a"] { list-style-type: lower-alpha; }
        </style>
        """;

    /// <summary>
    /// Whether this kernel was started by a Jupyter server, as JupyterLab and Notebook have it; others do not know that style, and would
    /// keep it.
    /// </summary>
    public static bool AreServed { get; } = Environment.GetEnvironmentVariable("JPY_SESSION_NAME") is { Length: > 0 };

    /// <summary>The output that goes before another; null where none does.</summary>
    public static MimeBundle? Before(MimeBundle output) =>
        output[Chart] is JsonObject figure ? IsDark(figure) ? null : Bundle() : IsStyled(output) ? Bundle() : null;

    static MimeBundle Bundle() => new()
    {
        Items = { new("text/html", JsonValue.Create(Style)), new("text/plain", JsonValue.Create("")) },
        Metadata = ThemeStyle.Metadata,
    };

    static bool IsStyled(MimeBundle output) => Languages.Text(output["text/html"]) is { } html
        && (html.Contains("<table", StringComparison.Ordinal) || html.Contains("<ol type=\"a\"", StringComparison.Ordinal));

    static bool IsDark(JsonObject figure)
    {
        var layout = figure["layout"] as JsonObject;
        var paper = Languages.Text(layout?["paper_bgcolor"])
            ?? Languages.Text(((layout?["template"] as JsonObject)?["layout"] as JsonObject)?["paper_bgcolor"]);
        if (paper is null) return false;
        var (red, green, blue, alpha) = Channels(paper.Trim());
        return alpha > 0.5 && (0.2126 * red) + (0.7152 * green) + (0.0722 * blue) < 128;
    }

    /// <summary>As plotly.js reads colours; what it cannot read it takes for white.</summary>
    static (double Red, double Green, double Blue, double Alpha) Channels(string colour)
    {
        if (Function().Match(colour) is { Success: true } function)
        {
            double Channel(int i) => double.Parse(function.Groups[i].Value, CultureInfo.InvariantCulture);
            return (Channel(1), Channel(2), Channel(3), function.Groups[4].Success ? Channel(4) : 1);
        }

        if (Hex().Match(colour) is { Success: true } hex)
        {
            var digits = hex.Groups[1].Value;
            if (digits.Length < 6) digits = string.Concat(digits.Select(d => $"{d}{d}"));
            double Byte(int i) => int.Parse(digits.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return (Byte(0), Byte(1), Byte(2), digits.Length == 8 ? Byte(3) / 255 : 1);
        }

        var named = Color.FromName(colour);
        return named.IsKnownColor && !named.IsSystemColor ? (named.R, named.G, named.B, named.A / 255.0) : (255, 255, 255, 1);
    }

    [GeneratedRegex(@"^rgba?\(\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*(?:,\s*(\d*\.?\d+)\s*)?\)$")]
    private static partial Regex Function();

    [GeneratedRegex("^#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")]
    private static partial Regex Hex();
}
