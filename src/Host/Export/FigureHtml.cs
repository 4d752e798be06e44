using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Display;
using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>
/// A Plotly figure on a page: its message as a caption, a box that the script draws into, and a picture or the data for readers without
/// scripts.
/// </summary>
static partial class FigureHtml
{
    /// <summary>The mime type of a Plotly figure.</summary>
    public const string MimeType = "application/vnd.plotly.v1+json";

    static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };

    /// <summary>
    /// Whether a value of the figure's mime type is a figure: an object with traces, and with a layout that is an object if it has one.
    /// </summary>
    public static bool IsFigure(JsonNode? value) =>
        value is JsonObject figure && figure["data"] is null or JsonArray && figure["layout"] is null or JsonObject;

    /// <summary>Whether a figure asks the network for something: a map, or a picture in its layout.</summary>
    public static bool AsksNetwork(JsonNode figure) =>
        IsMap(figure) || Object(figure, "layout")?["images"] is JsonArray { Count: > 0 };

    /// <summary>Whether a figure is a map, or has one beside other things.</summary>
    public static bool IsMap(JsonNode figure) =>
        (figure["data"] as JsonArray ?? []).Any(t => FigureAddresses.IsMap(Text(t, "type") ?? ""));

    /// <summary>Whether a figure has a slider.</summary>
    public static bool HasSlider(JsonNode figure) => Object(figure, "layout")?["sliders"] is JsonArray { Count: > 0 };

    /// <summary>The HTML of a figure.</summary>
    /// <param name="bundle">A bundle with a figure, and perhaps its picture.</param>
    /// <param name="number">Its number on the page, from 1.</param>
    /// <param name="cellAlt">The cell's <c>//| alt:</c>; used when the figure has no text of its own.</param>
    /// <param name="ids">The anchors of the page.</param>
    /// <param name="drawn">What of the figure is given to the script that draws it.</param>
    public static string Write(MimeBundle bundle, int number, string? cellAlt, PageIds ids, JsonObject drawn)
    {
        var figure = bundle[MimeType]!;
        var title = TitleOf(figure);
        var alt = WebUtility.HtmlEncode(AltOf(figure) ?? cellAlt ?? (title is null ? $"Figure {number}" : WordsOf(title)));
        var caption = title is null ? "" : $"<figcaption>{Markup(title)}</figcaption>";
        var still = DataAddress.OfBase64("image/png", NotebookJson.Text(bundle["image/png"]) ?? "") is { } png
            ? $"<img src=\"{png}\" alt=\"{alt}\">"
            : $"<p>{alt}</p>{DataTables(figure)}";
        var id = Permalinks.OfFigure(ids, title is null ? null : WordsOf(title), number);
        // The default encoder writes < as \u003C, so no figure can end the script element early.
        return $"""
            <figure class="figure" id="{id}">{caption}{Permalinks.Corner(id, "figure")}
            <div class="drawing" role="img" aria-label="{alt}"></div>
            <script type="application/json">{drawn.ToJsonString(Deep)}</script>
            <noscript>{still}</noscript></figure>

            """;
    }

    /// <summary>Whether a figure says in words what it shows: by its <c>layout.meta.alt</c>, or by its title.</summary>
    public static bool HasWords(JsonNode figure) => AltOf(figure) is not null || TitleOf(figure) is not null;

    static string? AltOf(JsonNode figure) => Text(Object(Object(figure, "layout"), "meta"), "alt");

    static string? TitleOf(JsonNode figure)
    {
        var layout = Object(figure, "layout");
        return Text(layout, "title") ?? Text(Object(layout, "title"), "text");
    }

    // Plotly's titles may hold a few HTML tags; those that a caption may have too stay. Its lines are not the page's.
    static string Markup(string title) =>
        AllowedTag().Replace(WebUtility.HtmlEncode(WebUtility.HtmlDecode(Break().Replace(title, " "))), "<$1$2>");

    static string WordsOf(string title) => WebUtility.HtmlDecode(AnyTag().Replace(title, " ")).Trim();

    static string DataTables(JsonNode figure)
    {
        var traces = (figure["data"] as JsonArray ?? []).OfType<JsonObject>();
        return string.Concat(traces.Select((trace, i) => TableOf(trace, Text(trace, "name") ?? $"Series {i + 1}")));
    }

    static string TableOf(JsonObject trace, string name)
    {
        var table = trace["z"] is JsonArray { Count: > 0 } rows && rows[0] is JsonArray
            ? Table.Of([], [.. rows.Take(Limits.Rows).OfType<JsonArray>().Select(r => r.Select(Value).ToList())], rows.Count)
            : Columns(trace);
        return table is null ? "" : $"<p>{WebUtility.HtmlEncode(name)}</p><div class=\"scroll\">{table.ToHtml()}</div>";
    }

    static Table? Columns(JsonObject trace)
    {
        string[] names = ["x", "y", "z", "labels", "values", "r", "theta"];
        var columns = names.Where(n => trace[n] is JsonArray).ToDictionary(n => n, n => (JsonArray)trace[n]!);
        if (columns.Count == 0) return null;
        var length = columns.Values.Max(c => c.Count);
        var rows = Enumerable.Range(0, Math.Min(length, Limits.Rows))
            .Select(r => columns.Values.Select(c => r < c.Count ? Value(c[r]) : "").ToList()).ToList();
        return Table.Of([.. columns.Keys], rows, length);
    }

    static object? Value(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => node.ToString(),
    };

    static JsonNode? Object(JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text : null;

    [GeneratedRegex("&lt;(/?)(b|i|em|strong|sub|sup)\\s*/?&gt;")]
    private static partial Regex AllowedTag();

    [GeneratedRegex("(?<!\\s)\\s*<br\\s*/?>\\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex AnyTag();
}
