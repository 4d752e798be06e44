using Workbook.Host.Export;
using Workbook.Host.Files;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Reports;

/// <summary>The page that leads to the pages of a run, with a picture and a sentence for each.</summary>
static class RunIndex
{
    /// <summary>
    /// Writes <c>index.html</c> and <c>thumbnails</c>. Where a notebook is called index, its page keeps that name and there is no other.
    /// </summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IReadOnlyList<NotebookReport> reports, string folder)
    {
        if (reports.Any(r => r.Notebook.Name.Equals("index", StringComparison.OrdinalIgnoreCase))) return;
        var entries = reports.Where(r => r.Page is not null).Select(r => Entry(r, folder)).ToList();
        var absent = reports.Where(r => r.Page is null)
            .Select(r => $"* ✗ `{r.Notebook.Name}` has no page; [summary.md](summary.md) says why.");
        AtomicFile.Write(Path.Combine(folder, "index.html"),
            path => BookIndex.Write("Notebooks", string.Join('\n', absent), entries, path));
    }

    static IndexEntry Entry(NotebookReport report, string folder)
    {
        var page = report.Page!;
        var link = new PageLink(PageLink.AddressOf(report.Notebook.Name) + ".html", page.Title);
        return new IndexEntry(link, FirstSentence.Of(page.Introduction), Thumbnail.Write(report.Document!, report.Notebook.Name, folder),
            page, RunWords.Fault(report));
    }
}
