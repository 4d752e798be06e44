using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Cell outputs as nbformat 4.5 stores them.</summary>
static class OutputJson
{
    static readonly string[] Keys = ["output_type", "name", "text", "data", "metadata", "execution_count", "ename", "evalue", "traceback",
        "transient"];

    /// <summary>Writes one output.</summary>
    public static void Write(Utf8JsonWriter writer, CellOutput output, int? executionCount)
    {
        writer.WriteStartObject();
        switch (output)
        {
            case StreamOutput stream:
                writer.WriteString("name", stream.Name);
                writer.WriteString("output_type", "stream");
                writer.WritePropertyName("text");
                writer.WriteLines(stream.Text);
                break;
            case DisplayOutput display:
                WriteBundle(writer, display.Data);
                writer.WriteString("output_type", "display_data");
                break;
            case ResultOutput result:
                WriteBundle(writer, result.Data, executionCount);
                writer.WriteString("output_type", "execute_result");
                break;
            case ErrorOutput error:
                writer.WriteString("ename", error.Name);
                writer.WriteString("evalue", error.Message);
                writer.WriteString("output_type", "error");
                writer.WriteStartArray("traceback");
                foreach (var line in error.Traceback) writer.WriteStringValue(line);
                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads one output; fields that are missing are empty.</summary>
    /// <exception cref="NotebookFormatException">The output type is not one of nbformat's four, or a field is not of its kind.</exception>
    public static CellOutput Read(JsonNode? node, string where, Remarks remarks)
    {
        var output = node as JsonObject;
        var type = Languages.Text(output?["output_type"]);
        foreach (var key in output?.Select(k => k.Key).Except(Keys) ?? [])
            remarks.Add(where, "a key of the output is none of the format's; it is left out");
        return type switch
        {
            "stream" => new StreamOutput(Text(output!, "name", where) ?? "stdout", Text(output!, "text", where) ?? ""),
            "display_data" => new DisplayOutput(ReadBundle(output!, where, remarks)),
            "execute_result" => new ResultOutput(ReadBundle(output!, where, remarks)),
            "error" => new ErrorOutput(Text(output!, "ename", where) ?? "", Text(output!, "evalue", where) ?? "", Lines(output!, where)),
            _ => throw new NotebookFormatException(
                $"{where}: expected an output of type stream, display_data, execute_result or error. "
                    + $"Received: {(type is null ? "no output_type" : $"\"{type}\"")}."),
        };
    }

    static string? Text(JsonObject output, string key, string where) => !output.TryGetPropertyValue(key, out var value) ? null
        : NotebookJson.Text(value)
            ?? throw new NotebookFormatException($"{where}: expected {key} that is a text. Received: {NotebookMetadata.Shape(value)}.");

    static IReadOnlyList<string> Lines(JsonObject output, string where) => !output.TryGetPropertyValue("traceback", out var value) ? []
        : value is JsonArray lines && lines.All(l => Languages.Text(l) is not null) ? [.. lines.Select(l => Languages.Text(l)!)]
        : throw new NotebookFormatException(
            $"{where}: expected a traceback that is a list of texts. Received: {NotebookMetadata.Shape(value)}.");

    /// <summary>Writes <c>data</c>, <c>execution_count</c> where there is one to write, and <c>metadata</c>.</summary>
    static void WriteBundle(Utf8JsonWriter writer, MimeBundle bundle, int? executionCount = -1)
    {
        writer.WriteStartObject("data");
        foreach (var (mimeType, value) in bundle.Items)
        {
            writer.WritePropertyName(mimeType);
            if (IsLines(mimeType) && Languages.Text(value) is { } text) writer.WriteLines(text);
            else writer.WriteData(value);
        }

        writer.WriteEndObject();
        if (executionCount is null) writer.WriteNull("execution_count");
        else if (executionCount >= 0) writer.WriteNumber("execution_count", executionCount.Value);
        writer.WritePropertyName("metadata");
        bundle.Metadata.WriteTo(writer);
    }

    static MimeBundle ReadBundle(JsonObject output, string where, Remarks remarks)
    {
        var data = Object(output, "data", where);
        var bundle = new MimeBundle { Metadata = (JsonObject)Object(output, "metadata", where).DeepClone() };
        foreach (var (mimeType, value) in data)
        {
            if (value is not null && IsProper(mimeType, value))
                bundle.Items.Add(
                    new(mimeType, !IsJson(mimeType) && NotebookJson.Text(value) is { } text ? JsonValue.Create(text) : value.DeepClone()));
            else remarks.Add(where, $"{mimeType} is {NotebookMetadata.Shape(value)} and not a text; it is left out");
        }

        return bundle;
    }

    static JsonObject Object(JsonObject output, string key, string where) => !output.TryGetPropertyValue(key, out var value) ? []
        : value as JsonObject
            ?? throw new NotebookFormatException($"{where}: expected {key} that is an object. Received: {NotebookMetadata.Shape(value)}.");

    /// <summary>Whether a representation is of the kind that its type asks for: JSON types may be anything, all others are texts.</summary>
    public static bool IsProper(string mimeType, JsonNode? value) => IsJson(mimeType) || NotebookJson.Text(value) is not null;

    static bool IsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript";

    static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
