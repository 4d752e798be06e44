using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>A notebook as the host sees it, whichever file format it came from.</summary>
public sealed class NotebookDocument
{
    /// <summary>The language of text that stands before the first marker, and of cells that name none. Default: csharp.</summary>
    public string DefaultLanguage { get; init; } = "csharp";

    /// <summary>The cells in order; empty cells are not kept when read from .dib.</summary>
    public List<Cell> Cells { get; init; } = [];

    /// <summary>
    /// Document metadata as an .ipynb holds it; the <c>#!meta</c> JSON of a .dib stands under <c>polyglot_notebook</c>. Unknown keys are
    /// kept and written back.
    /// </summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>What of the file was put right while it was read, to be said by whoever reads it.</summary>
    internal IReadOnlyList<string> Remarks { get; init; } = [];
}
