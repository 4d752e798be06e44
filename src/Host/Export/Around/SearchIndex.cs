using System.Text.Json;
using System.Text.RegularExpressions;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export.Around;

/// <summary>
/// The words of a book, as a script: a page from a disk may load a script, and nothing else. A section that waits for a prediction gives
/// its words in no order, so that a search finds it and does not tell its answer.
/// </summary>
static partial class SearchIndex
{
    /// <summary>The file's name.</summary>
    public const string FileName = "search-index.js";

    /// <summary>The script.</summary>
    /// <param name="pages">The pages: their addresses from the folder of the index, their titles, their sections.</param>
    public static string Of(IEnumerable<(PageLink Page, IReadOnlyList<PageSection> Sections)> pages)
    {
        var entries = pages.Select(p => new
        {
            page = p.Page.Address,
            title = p.Page.Title,
            sections = p.Sections.Select(s => s.IsFolded ? s with { Heading = "", Text = Shuffled(s) } : s)
                .Select(s => new { id = s.Id, heading = s.Heading, text = s.Text, folded = s.IsFolded }),
        });
        return $"window.workbookIndex = {JsonSerializer.Serialize(entries)};\n";
    }

    static string Shuffled(PageSection section) => string.Join(' ',
        Word().Matches($"{section.Heading} {section.Text}").Select(m => m.Value.ToLowerInvariant()).Distinct()
            .Order(StringComparer.Ordinal));

    [GeneratedRegex(@"[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?")]
    private static partial Regex Word();
}
