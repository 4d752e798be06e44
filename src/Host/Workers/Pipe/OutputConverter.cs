using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workbook.Host.Documents;

namespace Workbook.Host.Workers.Pipe;

/// <summary>Sends outputs as nbformat stores them, with the display id beside, as Jupyter's own messages do.</summary>
sealed class OutputConverter : JsonConverter<CellOutput>
{
    /// <inheritdoc/>
    public override CellOutput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pair = JsonNode.Parse(ref reader)!.AsArray();
        var output = OutputJson.Read(pair[0], "Message", new Remarks());
        return output is DisplayOutput display ? display with { DisplayId = Languages.Text(pair[1]) } : output;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CellOutput value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        OutputJson.Write(writer, value, null);
        writer.WriteStringValue((value as DisplayOutput)?.DisplayId);
        writer.WriteEndArray();
    }
}
