namespace Workbook.Host.Export;

/// <summary>A link to a page of the same book.</summary>
/// <param name="Address">Relative to the page that links.</param>
/// <param name="Title">What the link says, as plain text.</param>
sealed record PageLink(string Address, string Title);
