using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>JSON as notebooks hold it: nothing escaped that need not be, so that text stays readable in the file and in a diff.</summary>
internal static class NotebookJson
{
    static readonly PlainEncoder Encoder = new();

    /// <summary>Options of the writer of an .ipynb file: one space of indent, <c>\n</c>, as nbformat writes.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = Encoder };

    /// <summary>Options of a writer that keeps everything on one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = Encoder };

    /// <summary>The JSON on one line.</summary>
    public static string Line(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a text as nbformat does: an array of its lines, each with its newline.</summary>
    public static void WriteLines(this Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            writer.WriteStringValue(text.AsSpan(start, end - start));
            start = end;
        }

        writer.WriteEndArray();
    }

    /// <summary>A text that nbformat stores as a string or as an array of strings; null when it is neither.</summary>
    public static string? Text(JsonNode? node) => node switch
    {
        JsonArray lines when lines.All(l => Languages.Text(l) is not null) => string.Concat(lines.Select(Languages.Text)),
        _ => Languages.Text(node),
    };
}
