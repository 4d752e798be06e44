namespace Workbook.Host.Export.Folds;

/// <summary>A part of a page: a cell, or a fold of parts.</summary>
abstract record PagePart;

/// <summary>A cell.</summary>
/// <param name="Number">Its number in the notebook, from 1.</param>
sealed record CellPart(int Number) : PagePart;

/// <summary>What is folded until the reader has answered some questions.</summary>
/// <param name="Questions">The ids of the questions.</param>
/// <param name="Parts">What is folded.</param>
sealed record WaitingPart(IReadOnlyList<string> Questions, IReadOnlyList<PagePart> Parts) : PagePart;
