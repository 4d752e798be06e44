using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>One value in several representations, by mime type, in the order in which they were added.</summary>
public sealed class MimeBundle
{
    /// <summary>The representations: strings for text types, JSON for +json types, base64 strings for images.</summary>
    public List<KeyValuePair<string, JsonNode>> Items { get; } = [];

    /// <summary>Output metadata by mime type, as in nbformat; usually empty.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The representation of one mime type, or null.</summary>
    public JsonNode? this[string mimeType]
    {
        get => Items.FirstOrDefault(i => i.Key == mimeType).Value;
        set
        {
            Items.RemoveAll(i => i.Key == mimeType);
            if (value is not null) Items.Add(new(mimeType, value));
        }
    }
}
