using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>One cell: its text, where it stands in the file, and what running it put out.</summary>
public sealed class Cell
{
    /// <summary>The canonical language name: csharp, markdown, html, …; raw for a raw cell of an .ipynb.</summary>
    public required string Language { get; init; }

    /// <summary>The text, lines joined with <c>\n</c>, option comments (<c>//| …</c>) included.</summary>
    public required string Source { get; init; }

    /// <summary>The nbformat cell id; null until one is needed.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// The 1-based line of the file on which the first line of <see cref="Source"/> stands, the others following line by line; 0 when not
    /// known.
    /// </summary>
    public int Line { get; init; }

    /// <summary>Tags from <c>//| tags:</c> or from <c>metadata.tags</c>.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>Cell metadata other than tags, as read from an .ipynb.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The files that a markdown cell of an .ipynb carries with it; null when it carries none.</summary>
    public JsonObject? Attachments { get; init; }

    /// <summary>What running the cell put out, in order.</summary>
    public List<CellOutput> Outputs { get; init; } = [];

    /// <summary>Whether it holds code rather than text to read; an empty cell holds neither.</summary>
    internal bool IsCode => Language is not ("markdown" or "raw") && Source.Length > 0;

    /// <summary>Whether it was put into the document for one run, for values of parameters; the notebook's file does not have it.</summary>
    internal bool IsAdded { get; init; }

    /// <summary>The execution count; null when the cell has not run.</summary>
    public int? ExecutionCount { get; set; }
}
