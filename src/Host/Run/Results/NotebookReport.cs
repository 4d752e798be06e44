using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Processes;

namespace Workbook.Host.Run.Results;

/// <summary>What became of one notebook.</summary>
/// <param name="Notebook">Which.</param>
sealed record NotebookReport(NotebookPath Notebook)
{
    /// <summary>The executed document; null when the file could not be read.</summary>
    public NotebookDocument? Document { get; init; }

    /// <summary>What stands on its page; null when none was written.</summary>
    public PageSummary? Page { get; init; }

    /// <summary>The picture that was drawn for an index; null when none was.</summary>
    public byte[]? Thumbnail { get; init; }

    /// <summary>Its code cells in order.</summary>
    public IReadOnlyList<CellReport> Cells { get; init; } = [];

    /// <summary>What is wrong with the notebook as a whole, for example a file that is no notebook; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// What there is to know about the notebook that is no fault, such as that nothing is stored to compare with; null when nothing is.
    /// </summary>
    public string? Notice { get; init; }

    /// <summary>Whether the run was ended before the notebook began, or before its page was written.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The most memory that the worker had in use, in bytes; 0 when not known.</summary>
    public long PeakMemory { get; init; }

    /// <summary>The cells at fault.</summary>
    public IEnumerable<CellReport> Faults => Cells.Where(c => c.IsFault);

    /// <summary>The exit code that this notebook alone would give the run.</summary>
    public int ExitCode =>
        IsInterrupted || Cells.Any(c => c.Status == CellStatus.Interrupted) ? ExitCodes.Interrupted
        : Cells.Any(c => c.Status is CellStatus.TimedOut or CellStatus.Crashed) ? ExitCodes.TimedOutOrCrashed
        : Problem is not null || Faults.Any() ? ExitCodes.Failed
        : ExitCodes.Passed;
}
