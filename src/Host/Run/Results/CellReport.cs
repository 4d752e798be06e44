using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Run.Results;

/// <summary>What became of one code cell.</summary>
/// <param name="Number">The 1-based number of the cell in the notebook, Markdown cells counted.</param>
/// <param name="Cell">The cell.</param>
sealed record CellReport(int Number, Cell Cell)
{
    /// <summary>What became of it.</summary>
    public CellStatus Status { get; init; } = CellStatus.NotRun;

    /// <summary>How long it ran.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it did not pass, in one line; null when there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>All there is to say about a failure, line by line.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Where the failure is.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>How many checks it printed as passed (✓).</summary>
    public int ChecksPassed { get; init; }

    /// <summary>How many checks it printed as failed (✗).</summary>
    public int ChecksFailed { get; init; }

    /// <summary>Whether the fault lies in the comparison with stored outputs only.</summary>
    public bool Verification { get; init; }

    /// <summary>Whether the cell is at fault.</summary>
    public bool IsFault => Status is CellStatus.Failed or CellStatus.TimedOut or CellStatus.Crashed or CellStatus.Interrupted;
}
