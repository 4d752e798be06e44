using Workbook.Host.Sessions;

namespace Workbook.Host.Workers.Outside;

/// <summary>How the run of a cell ended.</summary>
abstract record CellEnd;

/// <summary>The cell ran to its end, or an error in it ended it.</summary>
/// <param name="Place">Where the error is; null when there is none or its place is not known.</param>
/// <param name="ErrorTypes">The names of the error's type and its base types; null when all went well.</param>
/// <param name="Elapsed">How long the cell ran.</param>
/// <param name="PeakMemory">The worker's peak working set in bytes.</param>
sealed record CellRan(SourcePlace? Place, IReadOnlyList<string>? ErrorTypes, TimeSpan Elapsed, long PeakMemory) : CellEnd;

/// <summary>The run was cancelled before its worker was ready; the worker goes on.</summary>
sealed record CellNotBegun : CellEnd;

/// <summary>The clock ended the cell, and its worker with it.</summary>
sealed record CellTimedOut : CellEnd;

/// <summary>The cell ended its worker.</summary>
/// <param name="Reason">In words: how the process ended.</param>
sealed record CellCrashed(string Reason) : CellEnd;
