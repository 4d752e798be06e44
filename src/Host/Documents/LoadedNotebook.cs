using Workbook.Host.Documents;

namespace Workbook.Host.Documents;

/// <summary>A notebook that has been read, or the reason why it cannot be.</summary>
/// <param name="Path">Which.</param>
/// <param name="Document">Its content; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
sealed record LoadedNotebook(NotebookPath Path, NotebookDocument? Document, string? Problem)
{
    /// <summary>What of the file was put right while it was read, a line each.</summary>
    public IEnumerable<string> Remarks => Document?.Remarks.Select(r => $"{Path.Shown}: {r}") ?? [];

    /// <summary>Reads a notebook.</summary>
    public static LoadedNotebook Read(NotebookPath path)
    {
        try
        {
            return new LoadedNotebook(path, NotebookFile.Read(path.File), null);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            var line = e is NotebookFormatException { Line: > 0 } format ? $":{format.Line}" : "";
            return new LoadedNotebook(path, null, $"{path.Shown}{line}: {e.Message}");
        }
    }
}
