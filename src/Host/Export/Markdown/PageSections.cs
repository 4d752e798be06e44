using Markdig.Syntax;

namespace Workbook.Host.Export.Markdown;

/// <summary>Collects the prose of a page by its headings. What a fold holds is apart from what stands before and behind it.</summary>
sealed class PageSections
{
    readonly List<(string Id, string Heading, bool IsFolded, List<string> Text)> sections = [];

    /// <summary>The sections with words in them, in order.</summary>
    public IReadOnlyList<PageSection> All =>
        [.. sections.Select(s => new PageSection(s.Id, s.Heading, string.Join(' ', s.Text), s.IsFolded))
            .Where(s => s.Heading.Length + s.Text.Length > 0)];

    /// <summary>Adds the text of a cell.</summary>
    public void Add(MarkdownDocument document, IReadOnlyList<Heading> headings, int firstHeading, bool isFolded)
    {
        foreach (var block in document.Descendants<LeafBlock>())
        {
            if (block is HeadingBlock)
            {
                var heading = headings[firstHeading++];
                sections.Add((heading.Id, heading.Text, isFolded, []));
                continue;
            }

            if (sections.Count == 0 || sections[^1].IsFolded != isFolded)
                sections.Add((sections.Count == 0 ? "" : sections[^1].Id, sections.Count == 0 ? "" : sections[^1].Heading, isFolded, []));
            if (PlainText.Of(block.Inline) is { Length: > 0 } text) sections[^1].Text.Add(text);
        }
    }
}
