using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>The link of a heading to itself, for readers who want to pass it on.</summary>
/// <param name="id">The anchor.</param>
sealed class PermalinkInline(string id) : LeafInline
{
    /// <summary>The anchor.</summary>
    public string Id => id;
}
