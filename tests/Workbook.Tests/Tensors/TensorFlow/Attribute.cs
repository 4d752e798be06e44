using System.Text.Json;
using Workbook.Tensors;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Reads an attribute of a case as the type of the parameter that it is for.</summary>
static class Attribute
{
    /// <summary>False when the JSON cannot stand for this type; another overload may take it.</summary>
    public static bool TryRead(JsonElement json, Type type, out object? value)
    {
        value = null;
        if (json.ValueKind == JsonValueKind.Null) return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        value = json.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False when type == typeof(bool) => json.GetBoolean(),
            JsonValueKind.String when type == typeof(string) || type == typeof(object) => json.GetString(),
            JsonValueKind.String when type == typeof(DType) => Array.Find(Enum.GetValues<DType>(), d => d.Name() == json.GetString()),
            JsonValueKind.Number when json.TryGetInt32(out var n) && type == typeof(int) => n,
            JsonValueKind.Number when json.TryGetInt32(out var n) && type == typeof(Axes) => (Axes)n,
            JsonValueKind.Number when json.TryGetInt32(out var n) && type == typeof(Shape) => (Shape)n,
            JsonValueKind.Number when type == typeof(double) || type == typeof(object) => json.GetDouble(),
            JsonValueKind.Number when type == typeof(float) => json.GetSingle(),
            JsonValueKind.Number when type.IsAssignableFrom(typeof(Tensor)) => (Tensor)json.GetDouble(),
            JsonValueKind.String when type == typeof(double) && json.GetString() == "inf" => double.PositiveInfinity,
            JsonValueKind.Array when Integers(json) is { } list => type == typeof(int[]) ? list : type == typeof(Axes) ? (Axes)list
                : type == typeof(Shape) ? (Shape)list : null,
            JsonValueKind.Array => Table(json, type),
            _ => null,
        };
        return value is not null;
    }

    static int[]? Integers(JsonElement json) =>
        json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Number) ? [.. json.EnumerateArray().Select(e => e.GetInt32())] : null;

    static object? Table(JsonElement json, Type type)
    {
        var rows = json.EnumerateArray().Select(r => r.EnumerateArray().Select(e => e.GetInt32()).ToArray()).ToArray();
        if (type == typeof(int[][])) return rows;
        if (type != typeof(int[,])) return null;
        var table = new int[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows[i].Length; j++) table[i, j] = rows[i][j];
        return table;
    }
}
