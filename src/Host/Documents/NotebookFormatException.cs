namespace Workbook.Host.Documents;

/// <summary>A file is not a notebook that can be read, or a notebook cannot be written in the format asked for.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
/// <param name="line">The 1-based line of the file; 0 when the whole file is meant.</param>
sealed class NotebookFormatException(string message, int line = 0) : Exception(message)
{
    /// <summary>The 1-based line of the file; 0 when the whole file is meant.</summary>
    public int Line { get; } = line;
}
