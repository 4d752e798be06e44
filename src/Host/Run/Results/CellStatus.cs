namespace Workbook.Host.Run.Results;

/// <summary>What became of a cell in a run.</summary>
enum CellStatus
{
    /// <summary>It did what its author promised.</summary>
    Passed,

    /// <summary>It failed: an error, a check, or an error that was promised and did not come.</summary>
    Failed,

    /// <summary>The clock ended it.</summary>
    TimedOut,

    /// <summary>It ended its process.</summary>
    Crashed,

    /// <summary>The run was ended while it ran.</summary>
    Interrupted,

    /// <summary>It is marked not to run.</summary>
    Skipped,

    /// <summary>The notebook ended before it.</summary>
    NotRun,
}
