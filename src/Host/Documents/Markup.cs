using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Documents;

/// <summary>Cells that are shown rather than run.</summary>
static class Markup
{
    /// <summary>What a cell of a markup language shows, or null when its language is not one.</summary>
    public static MimeBundle? Bundle(Cell cell)
    {
        var (mimeType, text) = cell.Language switch
        {
            "html" => ("text/html", cell.Source),
            "javascript" => ("text/html", $"<script type=\"text/javascript\">{cell.Source}</script>"),
            "mermaid" => ("text/vnd.mermaid", cell.Source),
            _ => (null, ""),
        };
        if (mimeType is null) return null;
        var bundle = new MimeBundle { [mimeType] = JsonValue.Create(text) };
        bundle["text/plain"] = JsonValue.Create(cell.Source);
        return bundle;
    }
}
