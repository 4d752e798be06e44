using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Wording;

namespace Workbook.Host.Export;

/// <summary>
/// Takes out of a Plotly figure all that plotly.js would ask an address for or lead a reader to: addresses, maps, what its configuration
/// may name, and the markup of its texts but for plain emphasis. What is left asks for nothing, also where no policy forbids it.
/// </summary>
sealed partial class FigureAddresses
{
    /// <summary>Properties that hold an address, at whatever depth: in a layout, its templates, its frames and what its buttons change.
    /// </summary>
    static readonly HashSet<string> Names = new(
        ["source", "geojson", "href", "xlink:href", "src", "url", "tiles", "sprite", "glyphs", "accesstoken", "mapboxAccessToken",
            "topojsonURL", "plotlyServerURL"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What of a configuration is only a switch of the drawing.</summary>
    static readonly HashSet<string> Switches = ["responsive", "displaylogo", "displayModeBar", "scrollZoom", "staticPlot", "showTips"];

    readonly SortedDictionary<string, int> taken = new(StringComparer.Ordinal);

    FigureAddresses()
    {
    }

    /// <summary>Whether a trace of a type is drawn on a map, which comes from the network.</summary>
    public static bool IsMap(string type) => type is not ("heatmap" or "heatmapgl" or "treemap")
        && (type.Contains("geo") || type.Contains("map") || type.Contains("choropleth"));

    /// <summary>The figure without them, and what was taken out in words; null for nothing.</summary>
    public static (JsonObject Figure, string? Taken) TakeOut(JsonObject figure)
    {
        var addresses = new FigureAddresses();
        var left = addresses.Object(figure, "config");
        if (figure["config"] is JsonObject config) left["config"] = addresses.Config(config);
        return (left, addresses.taken.Count == 0 ? null : string.Join(", ", addresses.taken.Select(t => Words.Count(t.Value, t.Key))));
    }

    JsonObject Config(JsonObject config)
    {
        var left = new JsonObject();
        foreach (var (name, value) in config)
            if (Switches.Contains(name) && value is JsonValue) left[name] = Clean(name, value);
            else Take("setting");
        return left;
    }

    JsonNode? Clean(string name, JsonNode? node) => node switch
    {
        JsonObject inner => Object(inner),
        JsonArray items => Array(name, items),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(LastOf(name), text),
        _ => node?.DeepClone(),
    };

    JsonObject Object(JsonObject all, string? but = null)
    {
        var left = new JsonObject();
        foreach (var (name, value) in all)
        {
            if (name == but) continue;
            if (value is JsonObject && Map().IsMatch(LastOf(name))) Take("map");
            else if (Clean(name, value) is { } cleaned) left[name] = cleaned;
            else if (value is null) left[name] = null;
        }

        return left;
    }

    /// <summary>What stands in a list is judged by the list's name; of a change that a button makes, by the name in its first place.
    /// </summary>
    JsonArray Array(string name, JsonArray items)
    {
        var path = name is "args" or "args2" && items.FirstOrDefault() is JsonValue first && first.TryGetValue<string>(out var text)
            ? text : null;
        return new([.. items.Select((item, i) => Clean(i > 0 && path is not null ? path : name, item))]);
    }

    JsonValue? Text(string name, string text)
    {
        if (Names.Contains(name))
            return DataAddress.Recognised(text) is { } picture ? JsonValue.Create(picture) : Take("outside source");
        if (name == "style" && text.AsSpan().IndexOfAny(":/.") >= 0) return Take("outside source");
        if (name == "type" && IsMap(text)) return Take("map");
        return JsonValue.Create(Plain(name, text));
    }

    /// <summary>A text with emphasis and nothing else: no link, no style, no half a tag that another text completes.</summary>
    string Plain(string name, string text)
    {
        var isSign = (name == "operation" || name.EndsWith("format", StringComparison.Ordinal)) && text.AsSpan().IndexOfAny("\"'") < 0;
        var left = Tag().Replace(text, part =>
        {
            if (part.Value[0] == '%' || part.Value == "<" && isSign) return part.Value;
            if (part.Value == "<") return WebUtility.HtmlEncode(part.Value);
            if (Emphasis().Match(part.Value) is { Success: true } tag) return $"<{tag.Groups[1].Value}{tag.Groups[2].Value}>";
            Take("tag");
            return "";
        });
        if (Call().IsMatch(left)) Take("style");
        return Call().Replace(left, "(");
    }

    JsonValue? Take(string what)
    {
        taken[what] = taken.GetValueOrDefault(what) + 1;
        return null;
    }

    /// <summary>The name at the end of a path such as <c>images[0].source</c>.</summary>
    static string LastOf(string path) => Index().Replace(path, "").Split('.')[^1].Trim();

    [GeneratedRegex(@"^(geo|map|mapbox)\d*$")]
    private static partial Regex Map();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Index();

    // A sign in a number's format, as in %{x:<6.2f}, is no tag.
    [GeneratedRegex(@"%\{[^{}<>]*:[^{}<>]?<[-+ ($#0-9,.~a-zA-Z%]*\}|<[^<>]*>|<")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^<(/?)(b|strong|i|em|u|s|sub|sup|br|extra)\s*/?>$", RegexOptions.IgnoreCase)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\burl\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Call();
}
