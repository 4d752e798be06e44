using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Documents;

/// <summary>Cells that are shown rather than run.</summary>
static class Markup
{
    /// <summary>The cell that begins with a line <c>#!html</c> or the like, without that line; null where it begins with none.</summary>
    public static Cell? Marked(string source)
    {
        var lines = source.TrimStart('\n', '\r').Split('\n', 2);
        return Languages.Known.Marker(lines[0].TrimEnd()) is { } language
            ? new Cell { Language = language, Source = lines.Length > 1 ? lines[1] : "" } : null;
    }

    /// <summary>Why a cell of a language is not run.</summary>
    public static string Refusal(string language) => language == "value"
        ? "#!value: expected --name x behind it on its line, and the text below."
        : $"This host runs C#; the cell is {language}. Tag it skip-execution, or rewrite it.";

    /// <summary>What a cell of a markup language shows, or null when its language is not one.</summary>
    public static MimeBundle? Bundle(Cell cell)
    {
        var (mimeType, text) = cell.Language switch
        {
            "html" => ("text/html", cell.Source),
            "javascript" => ("text/html", $"<script type=\"text/javascript\">{cell.Source}</script>"),
            "mermaid" => ("text/vnd.mermaid", cell.Source),
            "markdown" => ("text/markdown", cell.Source),
            _ => (null, ""),
        };
        if (mimeType is null) return null;
        var bundle = new MimeBundle { [mimeType] = JsonValue.Create(text) };
        bundle["text/plain"] = JsonValue.Create(cell.Source);
        return bundle;
    }
}
