using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>The first use of a term on a page.</summary>
/// <param name="text">As it is written there.</param>
/// <param name="term">What it means.</param>
sealed class TermInline(string text, PageTerm term) : LeafInline
{
    /// <summary>As it is written.</summary>
    public string Text => text;

    /// <summary>What it means.</summary>
    public PageTerm Term => term;
}
