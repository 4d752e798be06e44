using Workbook.Host.Export;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Reports;

/// <summary>The page that leads to the pages of a run, with a picture and a sentence for each.</summary>
static class RunIndex
{
    /// <summary>
    /// Writes <c>index.html</c> with all it leads to. Where a notebook is called index, its page keeps that name and there is no other.
    /// </summary>
    /// <param name="reports">The run.</param>
    /// <param name="leftOut">What earlier runs have left there.</param>
    /// <param name="frame">What the pages have in common.</param>
    /// <param name="folder">Where they are.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IReadOnlyList<NotebookReport> reports, IReadOnlyList<NotebookReport> leftOut, BookFrame frame, string folder)
    {
        if (!frame.HasIndex) return;
        var all = reports.Select(r => (Report: r, IsLeft: false)).Concat(leftOut.Select(r => (Report: r, IsLeft: true)))
            .OrderBy(r => r.Report.Notebook.Name, StringComparer.Ordinal).ToList();
        var entries = all.Where(r => r.Report.Page is not null).Select(r => Entry(r.Report, r.IsLeft, frame, folder)).ToList();
        var absent = all.Where(r => r.Report.Page is null)
            .Select(r => $"* ✗ `{r.Report.Notebook.Name}` has no page; [summary.md](summary.md) says why.");
        BookIndex.Write(frame, entries, folder, string.Join('\n', absent));
    }

    static IndexEntry Entry(NotebookReport report, bool isLeft, BookFrame frame, string folder)
    {
        var page = report.Page!;
        var name = report.Notebook.Name;
        var link = frame.Chapters.First(c => c.Name == name).Page with { Title = page.Title };
        var picture = (isLeft ? Thumbnail.Left(name, folder) : null) ?? Thumbnail.Write(report.Document!, report.Thumbnail, name, folder);
        return new IndexEntry(link, FirstSentence.Of(page.Introduction), picture, page, RunWords.Fault(report));
    }
}
