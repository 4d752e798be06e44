using Workbook.Host.Documents;

namespace Workbook.Host.Sessions;

/// <summary>What ended a cell.</summary>
/// <param name="Output">The error as the notebook shows it.</param>
/// <param name="Place">The place to go to; null when there is none.</param>
/// <param name="Types">The full and short names of the exception's type and its base types.</param>
sealed record CellFailure(ErrorOutput Output, SourcePlace? Place, IReadOnlyList<string> Types);
