using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Cell outputs as nbformat 4.5 stores them.</summary>
static class OutputJson
{
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
    /// <exception cref="NotebookFormatException">The output type is not one of nbformat's four.</exception>
    public static CellOutput Read(JsonNode? node, string where) => Languages.Text((node as JsonObject)?["output_type"]) switch
    {
        "stream" => new StreamOutput(Languages.Text(node!["name"]) ?? "stdout", NotebookJson.Text(node["text"]) ?? ""),
        "display_data" => new DisplayOutput(ReadBundle(node!)),
        "execute_result" => new ResultOutput(ReadBundle(node!)),
        "error" => new ErrorOutput(
            Languages.Text(node!["ename"]) ?? "",
            Languages.Text(node["evalue"]) ?? "",
            [.. (node["traceback"] as JsonArray ?? []).Select(l => Languages.Text(l) ?? "")]),
        var other => throw new NotebookFormatException(
            $"{where}: expected an output of type stream, display_data, execute_result or error; received {(other is null ? "no output_type" : $"\"{other}\"")}."),
    };

    /// <summary>Writes <c>data</c>, <c>execution_count</c> where there is one to write, and <c>metadata</c>.</summary>
    static void WriteBundle(Utf8JsonWriter writer, MimeBundle bundle, int? executionCount = -1)
    {
        writer.WriteStartObject("data");
        foreach (var (mimeType, value) in bundle.Items)
        {
            writer.WritePropertyName(mimeType);
            if (IsLines(mimeType) && Languages.Text(value) is { } text) writer.WriteLines(text);
            else value.WriteTo(writer);
        }

        writer.WriteEndObject();
        if (executionCount is null) writer.WriteNull("execution_count");
        else if (executionCount >= 0) writer.WriteNumber("execution_count", executionCount.Value);
        writer.WritePropertyName("metadata");
        bundle.Metadata.WriteTo(writer);
    }

    static MimeBundle ReadBundle(JsonNode output)
    {
        var bundle = new MimeBundle { Metadata = (output["metadata"] as JsonObject)?.DeepClone() as JsonObject ?? [] };
        foreach (var (mimeType, value) in output["data"] as JsonObject ?? [])
            if (value is not null)
                bundle.Items.Add(new(mimeType, !IsJson(mimeType) && NotebookJson.Text(value) is { } text ? JsonValue.Create(text) : value.DeepClone()));
        return bundle;
    }

    static bool IsLines(string mimeType) => mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript";

    static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
