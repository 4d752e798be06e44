namespace Workbook.Host.Export.Markdown;

/// <summary>A heading of a page.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Id">The anchor, unique on the page.</param>
/// <param name="Text">The heading as plain text.</param>
/// <param name="Folds">The ids of the folds that it stands in.</param>
sealed record Heading(int Level, string Id, string Text, IReadOnlyList<string> Folds);
