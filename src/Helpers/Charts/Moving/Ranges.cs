using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workbook.Helpers;

/// <summary>Gives the axes of several states one range each: that of all of them.</summary>
static partial class Ranges
{
    const double Padding = 0.04;

    /// <summary>Sets the range of each axis in each layout; axes of words keep theirs.</summary>
    public static void Hold(IReadOnlyList<JsonObject> layouts, List<JsonObject[]> traces)
    {
        string[] names =
            [.. layouts.SelectMany(l => l.Select(p => p.Key)).Concat(["xaxis", "yaxis"]).Where(k => Axis().IsMatch(k)).Distinct()];
        foreach (var name in names)
        {
            var axes = layouts.Select(l => l[name] as JsonObject).ToList();
            var log = axes.Any(a => a?["type"]?.ToString() == "log");
            var stated = axes.ConvertAll(a => a?["range"] is JsonArray { Count: 2 } range ? range.Select(Number).ToArray() : null);
            var ends = stated.TrueForAll(r => r is [not null, not null]) ? Stated(stated!) : Drawn(traces, name, log);
            if (ends is not { } range) continue;
            foreach (var layout in layouts)
            {
                if (layout[name] is not JsonObject axis) layout[name] = axis = [];
                axis["range"] = new JsonArray(range.From, range.To);
                axis["autorange"] = false;
            }
        }
    }

    // An axis may run backwards, as that of a picture does.
    static (double From, double To) Stated(List<double?[]> ranges)
    {
        double[] all = [.. ranges.SelectMany(r => r.Select(v => v!.Value))];
        return ranges[0][0] <= ranges[0][1] ? (all.Min(), all.Max()) : (all.Max(), all.Min());
    }

    static (double From, double To)? Drawn(List<JsonObject[]> traces, string name, bool log)
    {
        var letter = name[..1];
        var (values, cells) = (new List<double>(), false);
        foreach (var trace in traces.SelectMany(t => t).Where(t => (t[$"{letter}axis"]?.ToString() ?? letter) == Reference(name)))
        {
            if (Coordinates(trace, letter) is not { } numbers) return null;
            // Cells of a picture reach half a cell beyond their middles.
            var half = trace["z"] is null || numbers.Count < 2 ? 0 : (numbers.Max() - numbers.Min()) / (numbers.Count - 1) / 2;
            cells |= half > 0;
            values.AddRange(numbers.SelectMany(v => (double[])[v - half, v + half]).Select(v => log ? Math.Log10(v) : v));
            if (trace["type"]?.ToString() == "bar") values.Add(0);
        }
        values.RemoveAll(v => !double.IsFinite(v));
        if (values.Count == 0) return null;
        var pad = cells ? 0 : values.Max() > values.Min() ? Padding * (values.Max() - values.Min()) : 1;
        return (values.Min() - pad, values.Max() + pad);
    }

    /// <summary>Where a trace draws along an axis: as it says, or at 0, 1, …; null where that is no number.</summary>
    static List<double>? Coordinates(JsonObject trace, string letter)
    {
        if (trace[letter] is JsonArray stated)
            return stated.All(v => v is null || Number(v) is not null) ? [.. stated.Select(Number).OfType<double>()] : null;
        var rows = trace["z"] as JsonArray;
        var count = rows is null ? (trace[letter == "x" ? "y" : "x"] as JsonArray)?.Count
            : letter == "y" ? rows.Count : (rows.FirstOrDefault() as JsonArray)?.Count;
        return [.. Enumerable.Range(0, count ?? 0).Select(i => (double)i)];
    }

    /// <summary>How a trace names an axis: xaxis2 is x2.</summary>
    static string Reference(string axis) => axis.Replace("axis", "");

    static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? (double)value : null;

    [GeneratedRegex("^[xy]axis[0-9]*$")]
    private static partial Regex Axis();
}
