using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Run.Verification;

/// <summary>Compares JSON as data: figures by their numbers, not by how they are written.</summary>
static class JsonComparison
{
    /// <summary>The path of the first difference, or null when the two say the same.</summary>
    public static string? Difference(JsonNode? stored, JsonNode? fresh, double tolerance, string path = "$")
    {
        switch (stored, fresh)
        {
            case (JsonObject a, JsonObject b):
                foreach (var (key, value) in a)
                {
                    if (!b.TryGetPropertyValue(key, out var other)) return $"{path}.{key} is gone";
                    if (Difference(value, other, tolerance, $"{path}.{key}") is { } inner) return inner;
                }

                return b.FirstOrDefault(m => !a.ContainsKey(m.Key)).Key is { } added ? $"{path}.{added} is new" : null;
            case (JsonArray a, JsonArray b):
                if (a.Count != b.Count) return $"{path}: {a.Count} elements before, {b.Count} now";
                return a.Select((v, i) => Difference(v, b[i], tolerance, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number:
                var (x, y) = (double.Parse(a.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
                    double.Parse(b.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture));
                return TextComparison.Same(x, y, tolerance) ? null : $"{path}: {a.ToJsonString()} before, {b.ToJsonString()} now";
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.String && b.GetValueKind() == JsonValueKind.String:
                return TextComparison.Same(a.GetValue<string>(), b.GetValue<string>(), tolerance) ? null
                    : $"{path}: {a.ToJsonString()} before, {b.ToJsonString()} now";
            default:
                return JsonNode.DeepEquals(stored, fresh) ? null
                    : $"{path}: {stored?.ToJsonString() ?? "null"} before, {fresh?.ToJsonString() ?? "null"} now";
        }
    }
}
