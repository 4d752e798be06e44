using Workbook.Host.Export.Around;

namespace Workbook.Host.Export;

/// <summary>One notebook in an index.</summary>
/// <param name="Page">Where its page is, and its title.</param>
/// <param name="Sentence">What it promises; null when its page has no text.</param>
/// <param name="Thumbnail">The address of a picture; null for none.</param>
/// <param name="Summary">What stands on the page.</param>
/// <param name="Fault">What went wrong when it ran, in a few words; null for nothing but the checks that the summary counts.</param>
sealed record IndexEntry(PageLink Page, string? Sentence, string? Thumbnail, PageSummary Summary, string? Fault = null);
