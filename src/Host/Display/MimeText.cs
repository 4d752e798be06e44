using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>A representation that comes as a text, as a mime bundle holds it: JSON where the mime type says so.</summary>
static class MimeText
{
    /// <summary>A document may be 256 deep, and a value stands some levels down in it.</summary>
    const int Depth = 240;

    /// <summary>The text as a value of JSON.</summary>
    /// <param name="mimeType">What it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="problem">Why a text that should be JSON is not; null when all is well.</param>
    /// <returns>Null when there is a problem.</returns>
    public static JsonNode? Node(string mimeType, string text, out string? problem)
    {
        problem = null;
        if (!mimeType.EndsWith("json", StringComparison.Ordinal)) return JsonValue.Create(Safely.Cut(text));
        try
        {
            var node = NotebookJson.Parse(Encoding.UTF8.GetBytes(text));
            problem = node is null ? "The text is null." : Problem(node);
            return problem is null ? node : null;
        }
        catch (JsonException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <summary>Why a notebook cannot hold a value of JSON; null when it can.</summary>
    public static string? Problem(JsonNode node)
    {
        if (IsDeeper(node, Depth)) return $"It is nested more than {Depth} deep.";
        try
        {
            NotebookJson.Line(node);
            return null;
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            return Safely.Message(e);
        }
    }

    static bool IsDeeper(JsonNode? node, int depth) => node switch
    {
        JsonObject or JsonArray when depth == 0 => true,
        JsonObject values => values.Any(v => IsDeeper(v.Value, depth - 1)),
        JsonArray items => items.Any(i => IsDeeper(i, depth - 1)),
        _ => false,
    };
}
