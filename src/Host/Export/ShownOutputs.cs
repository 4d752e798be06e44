namespace Workbook.Host.Export;

/// <summary>The outputs of a cell on a page.</summary>
/// <param name="Html">All but the checks; empty when there is nothing else.</param>
/// <param name="Checks">The lines of its checks, in order.</param>
sealed record ShownOutputs(string Html, IReadOnlyList<string> Checks);
