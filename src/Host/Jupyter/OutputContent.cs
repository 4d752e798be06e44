using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Jupyter;

/// <summary>Outputs as the content of Jupyter's messages.</summary>
static class OutputContent
{
    /// <summary>The content of display_data, update_display_data, execute_result, and of the value of an expression.</summary>
    public static JsonObject Of(MimeBundle bundle) => new()
    {
        ["data"] = new JsonObject(bundle.Items.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value.DeepClone()))),
        ["metadata"] = bundle.Metadata.DeepClone(),
    };

    /// <summary>The content of display_data and update_display_data with the id by which the display can be updated.</summary>
    public static JsonObject Of(MimeBundle bundle, string? displayId)
    {
        var content = Of(bundle);
        if (displayId is not null) content["transient"] = new JsonObject { ["display_id"] = displayId };
        return content;
    }

    /// <summary>The content of error.</summary>
    public static JsonObject Of(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(l => JsonValue.Create(l))]),
    };

    /// <summary>The content of a reply that tells of an error.</summary>
    public static JsonObject Failed(ErrorOutput error)
    {
        var content = Of(error);
        content["status"] = "error";
        return content;
    }
}
