namespace Workbook.Host.Export.Markdown;

/// <summary>Where a link leads that is to a file beside the notebook.</summary>
/// <param name="Address">The address from the page; null where nothing of it can be reached, and the link is but its text.</param>
readonly record struct LinkTarget(string? Address);
