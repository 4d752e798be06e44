using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// All notebooks as a site of plain files: an index, one page per notebook, one plotly.js for all. It opens from a disk and from any static
/// host.
/// </summary>
sealed class Book
{
    const string IndexFile = "index.html";
    const string PlotlyFile = "plotly.min.js";

    /// <summary>The title of the index.</summary>
    public required string Title { get; init; }

    /// <summary>What stands under the title, in Markdown. Default: nothing.</summary>
    public string Introduction { get; init; } = "";

    /// <summary>Whether cells tagged <c>solution</c> are shown, folded. Default: true.</summary>
    public bool Solutions { get; init; } = true;

    /// <summary>Whether HTML and scripts of the notebooks' own are kept off the pages. Default: false.</summary>
    public bool IsSanitized { get; init; }

    /// <summary>Writes the site, all of it or nothing; files of an earlier one are replaced, others stay.</summary>
    /// <param name="chapters">The notebooks in the order of the book; a chapter's thumbnail is its first picture of a figure (see
    /// <see cref="Pictures"/>).</param>
    /// <param name="folder">Where to write; it is made.</param>
    /// <param name="cancellation">Ends the work between two pages.</param>
    /// <returns>What stands on each page, in the order of the chapters.</returns>
    /// <exception cref="ArgumentException">Two chapters have one name, or one has the index's.</exception>
    public IReadOnlyList<PageSummary> Write(IReadOnlyList<BookChapter> chapters, string folder, CancellationToken cancellation = default)
    {
        if (chapters.Select(c => c.Name).Append("index").GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"Every page needs a name of its own, and index is taken; {twice.Key} is there {twice.Count()} times.", nameof(chapters));
        return AtomicFolder.Write(folder, staged => WriteAll(chapters, staged, cancellation));
    }

    List<PageSummary> WriteAll(IReadOnlyList<BookChapter> chapters, string folder, CancellationToken cancellation)
    {
        var titles = chapters.Select(c => DocumentTitle.Of(c.Document) ?? c.Name).ToList();
        PageLink? Link(int i, string from) =>
            i >= 0 && i < chapters.Count ? new PageLink(from + PageLink.AddressOf(chapters[i].Name) + ".html", titles[i]) : null;

        var entries = new List<IndexEntry>();
        var summaries = new List<PageSummary>();
        for (var i = 0; i < chapters.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var up = PageLink.WayUp(chapters[i].Name);
            var options = new PageOptions
            {
                Solutions = Solutions,
                Folder = chapters[i].Folder,
                IsSanitized = IsSanitized,
                Title = titles[i],
                PlotlyAddress = up + PlotlyFile,
                Home = new PageLink(up + IndexFile, Title),
                Previous = Link(i - 1, up),
                Next = Link(i + 1, up),
            };
            summaries.Add(HtmlPage.Write(chapters[i].Document, Path.Combine(folder, chapters[i].Name + ".html"), options));
            entries.Add(
                new IndexEntry(Link(i, "")!, FirstSentence.Of(summaries[i].Introduction),
                    Thumbnail.Write(chapters[i].Document, chapters[i].Name, folder), summaries[i]));
        }
        if (summaries.Exists(s => s.Figures > 0)) File.WriteAllText(Path.Combine(folder, PlotlyFile), Assets.PlotlyScript);
        BookIndex.Write(Title, Introduction, entries, Path.Combine(folder, IndexFile));
        // GitHub Pages would otherwise run the files through Jekyll.
        File.WriteAllText(Path.Combine(folder, ".nojekyll"), "");
        return summaries;
    }
}
