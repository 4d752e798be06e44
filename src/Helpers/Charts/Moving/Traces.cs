using System.Text.Json.Nodes;

namespace Workbook.Helpers;

/// <summary>Makes the traces of several states alike: frames of plotly.js can change a trace, but neither add nor remove one.</summary>
static class Traces
{
    static readonly string[] Numbers = ["x", "y", "z"];

    /// <summary>For each trace its form in each state; where a state lacks it, one that draws nothing.</summary>
    public static List<JsonObject[]> Align(IReadOnlyList<List<JsonObject>> states)
    {
        var alike = states.All(s => s.Count == states[0].Count && s.Zip(states[0]).All(p => Kind(p.First) == Kind(p.Second)));
        if (alike) return [.. Enumerable.Range(0, states[0].Count).Select(i => states.Select(s => s[i]).ToArray())];
        var named = states.Select(Named).ToList();
        return [.. named.SelectMany(n => n.Keys).Distinct().Select(key =>
        {
            var model = named.First(n => n.ContainsKey(key))[key];
            return named.Select(n => n.GetValueOrDefault(key) ?? Empty(model)).ToArray();
        })];
    }

    static Dictionary<string, JsonObject> Named(List<JsonObject> traces) => traces
        .GroupBy(t => $"{Kind(t)}|{t["name"]}")
        .SelectMany(g => g.Select((t, i) => (Key: $"{g.Key}|{i}", Trace: t))).ToDictionary(t => t.Key, t => t.Trace);

    static string Kind(JsonObject trace) => trace["type"]?.ToString() ?? "scatter";

    static JsonObject Empty(JsonObject model)
    {
        var empty = (JsonObject)model.DeepClone();
        foreach (var name in Numbers.Where(empty.ContainsKey)) empty[name] = new JsonArray();
        empty["visible"] = false;
        return empty;
    }
}
