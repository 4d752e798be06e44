using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The title of a notebook.</summary>
static class DocumentTitle
{
    /// <summary>The first heading of level 1 as plain text; null when there is none.</summary>
    public static string? Of(NotebookDocument document)
    {
        var page = new MarkdownPage(new PageState());
        foreach (var cell in document.Cells.Where(c => c.Language == "markdown"))
        {
            try
            {
                page.Outline(LongData.Of(cell.Source).Text);
            }
            catch (FormatException)
            {
                // The page and lint say so; a title may stand in another cell.
                continue;
            }

            if (page.Headings.FirstOrDefault(h => h.Level == 1) is { } heading) return heading.Text;
        }
        return null;
    }
}
