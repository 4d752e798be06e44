using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>JSON as notebooks hold it: nothing escaped that need not be, so that text stays readable in the file and in a diff.</summary>
static class NotebookJson
{
    static readonly PlainEncoder Encoder = new();

    /// <summary>Options of the writer of an .ipynb file: one space of indent, <c>\n</c>, as nbformat writes.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = Encoder };

    /// <summary>Options of a writer that keeps everything on one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = Encoder };

    /// <summary>How JSON is read: a name that stands twice in an object is an error.</summary>
    static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>Reads JSON whose strings are all text.</summary>
    /// <exception cref="JsonException">It is not JSON, a name stands twice in an object, or a string holds half a character.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        RefuseHalfCharacters(utf8);
        return JsonNode.Parse(utf8, documentOptions: Strict);
    }

    /// <summary>JSON can escape one half of a surrogate pair without the other. Whoever asked for such a string later would fail.</summary>
    static void RefuseHalfCharacters(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                var text = Encoding.UTF8.GetString(reader.ValueSpan);
                throw new JsonException(
                    $"a string holds half a surrogate pair: \"{(text.Length > 40 ? $"{text[..40]}…" : text)}\". Remove the lone \\ud8.. "
                        + "or \\udc.. in it.", null, utf8[..(int)reader.TokenStartIndex].Count((byte)'\n'), null);
            }
        }
    }

    /// <summary>The JSON on one line.</summary>
    public static string Line(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Writes data as Jupyter does, but ten numbers or more of one array on one line: the points of a chart, each on a line of its own,
    /// take
    /// twice the bytes.
    /// </summary>
    public static void WriteData(this Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members)
                {
                    writer.WritePropertyName(name);
                    writer.WriteData(value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray { Count: >= 10 } numbers when numbers.All(n => n is null || n.GetValueKind() == JsonValueKind.Number):
                writer.WriteRawValue(Line(numbers));
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items) writer.WriteData(item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
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
