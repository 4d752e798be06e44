using System.Collections;
using System.Text.Json.Nodes;
using Workbook.Host.Display;
using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>The variables of a session as a reader wants to see them.</summary>
static class VariableTable
{
    /// <summary>A row for each: name, type, shape and value.</summary>
    public static MimeBundle Of(IReadOnlyList<(string Name, Type Type, object? Value)> variables)
    {
        if (variables.Count == 0) return new MimeBundle { ["text/plain"] = "There are no variables yet." };
        var rows =
            variables.Select(
                v => new[] { v.Name, TypeName.Of(v.Value?.GetType() ?? v.Type), Shape(v.Value), Inline.Of(v.Value, Limits.Cell) }).ToList();
        var table = new Table(["Name", "Type", "Shape", "Value"], rows, [false, false, false, false], HasRowNames: true, null);
        return new MimeBundle { ["text/html"] = table.ToHtml(), ["text/plain"] = table.ToText() };
    }

    /// <summary>Their names on a line.</summary>
    public static MimeBundle Names(IEnumerable<(string Name, Type Type, object? Value)> variables)
    {
        var names = string.Join(", ", variables.Select(v => v.Name));
        return new MimeBundle { ["text/plain"] = JsonValue.Create(names.Length > 0 ? names : "There are no variables yet.") };
    }

    /// <summary>How many there are in each direction: of an array, of whatever has a shape or counts its items.</summary>
    static string Shape(object? value)
    {
        if (value is null or string) return "";
        if (value is Array array) return $"({string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))})";
        var shape = value.GetType().GetProperties()
            .FirstOrDefault(p => p.Name.Equals("shape", StringComparison.OrdinalIgnoreCase) && p.GetIndexParameters().Length == 0);
        if (shape is not null) return Safely.Text(() => Inline.Of(shape.GetValue(value), Limits.Cell));
        return value is IEnumerable items && Glimpse.CountOf(items) is { } count ? $"({count})" : "";
    }
}
