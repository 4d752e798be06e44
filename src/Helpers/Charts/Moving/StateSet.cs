using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Helpers;

/// <summary>
/// Figures of plotly.js made alike, so that one can become the other: the same traces, the same ranges, the same margins.
/// A frame holds only what differs between any two.
/// </summary>
sealed class StateSet
{
    /// <summary>As short as JSON can be; the letters of names stay letters.</summary>
    public static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What the figure keeps whatever its state: a plot that jumps shows nothing.
    static readonly string[] Kept = ["height", "width", "margin", "meta", "template"];

    readonly IReadOnlyList<JsonObject> figures;
    readonly List<JsonObject[]> traces;
    readonly int still;

    public StateSet(IReadOnlyList<JsonObject> figures, int still)
    {
        (this.figures, this.still) = (figures, still);
        traces = Traces.Align([.. figures.Select(f => (f["data"] as JsonArray ?? []).OfType<JsonObject>().ToList())]);
        Ranges.Hold([.. figures.Select(Layout)], traces);
        foreach (var side in "lrtb")
        {
            var margins = figures.Select(f => (Layout(f)["margin"] as JsonObject)?[$"{side}"]?.GetValue<double>() ?? 0).ToList();
            if (margins.Max() > 0 && Layout(figures[still])["margin"] is JsonObject margin) margin[$"{side}"] = margins.Max();
        }
    }

    /// <summary>The figure that stands where no script moves it.</summary>
    public JsonObject Still()
    {
        var figure = (JsonObject)figures[still].DeepClone();
        figure["data"] = new JsonArray([.. traces.Select(t => t[still].DeepClone())]);
        return figure;
    }

    /// <summary>One frame for each state: what differs, of each trace and of the layout.</summary>
    public List<JsonObject> Frames()
    {
        var changing = traces.ConvertAll(Differing);
        var layouts = figures.Select(Layout).ToArray();
        var around = Differing(layouts).Except(Kept).ToArray();
        return [.. figures.Select((_, s) => new JsonObject
        {
            ["data"] = new JsonArray([.. traces.Select((t, i) => Part(t[s], changing[i]))]),
            ["layout"] = Part(layouts[s], around),
        })];
    }

    /// <summary>Which trace takes most of the frames, in words.</summary>
    public string Heaviest(IReadOnlyList<JsonObject> frames)
    {
        var sizes = traces.Select((_, i) => frames.Sum(f => f["data"]![i]!.ToJsonString(Short).Length)).ToList();
        var most = sizes.IndexOf(sizes.Max());
        var points = traces[most].Max(t => (t["y"] as JsonArray ?? t["z"] as JsonArray)?.Count ?? 0);
        var name = traces[most][still]["name"] ?? $"trace {most + 1}";
        return $"{sizes[most] / 1000} KB of them for '{name}' with up to {points} points or rows in a state";
    }

    static JsonObject Layout(JsonObject figure)
    {
        if (figure["layout"] is not JsonObject layout) figure["layout"] = layout = [];
        return layout;
    }

    static string[] Differing(JsonObject[] states) =>
        [.. states.SelectMany(s => s.Select(p => p.Key)).Distinct()
            .Where(key => states.Any(s => !JsonNode.DeepEquals(s[key], states[0][key])))];

    static JsonObject Part(JsonObject whole, IEnumerable<string> keys) =>
        new(keys.Select(k => KeyValuePair.Create(k, whole[k]?.DeepClone())));
}
