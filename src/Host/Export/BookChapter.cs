using Workbook.Host.Documents;

namespace Workbook.Host.Export;

/// <summary>An executed notebook as a chapter of a book.</summary>
/// <param name="Name">The name of its page without an ending: the notebook's file name, behind its folders where it lies in some, with
/// forward slashes.</param>
/// <param name="Document">The notebook with its outputs.</param>
/// <param name="Folder">The folder of the notebook, where relative pictures are looked for; null leaves them as links.</param>
sealed record BookChapter(string Name, NotebookDocument Document, string? Folder = null)
{
    /// <summary>The notebook's file; null when not known.</summary>
    public string? Source { get; init; }

    /// <summary>When it was executed. Default: now.</summary>
    public DateTime Executed { get; init; } = DateTime.Now;

    /// <summary>The picture that was drawn for the index; null takes the still picture of its figure.</summary>
    public byte[]? Thumbnail { get; init; }
}
