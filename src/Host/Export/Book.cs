using Workbook.Host.Documents;
using Workbook.Host.Export.Around;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// All notebooks as a site of plain files: an index, one page per notebook, one plotly.js for all. It opens from a disk and from any static
/// host.
/// </summary>
sealed class Book
{
    const string PlotlyFile = "plotly.min.js";

    /// <summary>The title of the index.</summary>
    public required string Title { get; init; }

    /// <summary>What stands under the title, in Markdown. Default: nothing.</summary>
    public string Introduction { get; init; } = "";

    /// <summary>The folder that links of the introduction start from; null leaves them as they are.</summary>
    public string? CoverFolder { get; init; }

    /// <summary>The repository as it is named; null leaves it to be found.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether cells tagged <c>solution</c> are shown, folded. Default: true.</summary>
    public bool Solutions { get; init; } = true;

    /// <summary>Whether HTML and scripts of the notebooks' own are kept off the pages. Default: false.</summary>
    public bool IsSanitized { get; init; }

    /// <summary>Writes the site, all of it or nothing; files of an earlier one are replaced, others stay.</summary>
    /// <param name="chapters">The notebooks in the order of the book.</param>
    /// <param name="folder">Where to write; it is made.</param>
    /// <param name="cancellation">Ends the work between two pages.</param>
    /// <returns>What stands on each page, in the order of the chapters.</returns>
    /// <exception cref="ArgumentException">Two chapters have one name, or one has the index's.</exception>
    /// <exception cref="FormatException">The repository is none.</exception>
    public IReadOnlyList<PageSummary> Write(IReadOnlyList<BookChapter> chapters, string folder, CancellationToken cancellation = default)
    {
        if (chapters.Select(c => c.Name).Append("index").GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"Every page needs a name of its own, and index is taken; {twice.Key} is there {twice.Count()} times.", nameof(chapters));
        var frame = new BookFrame(new BookCover(Title, Introduction, CoverFolder),
            [.. chapters.Select(c => (c.Name, DocumentTitle.Of(c.Document) ?? c.Name))],
            chapters.Select(c => c.Folder).FirstOrDefault(f => f is not null), Repository)
        { IsSanitized = IsSanitized };
        return AtomicFolder.Write(folder, staged => WriteAll(frame, chapters, staged, cancellation));
    }

    static NotebookDocument Without(string tag, NotebookDocument document) => new()
    {
        DefaultLanguage = document.DefaultLanguage,
        Cells = [.. document.Cells.Where(c => !c.Tags.Contains(tag))],
        Metadata = document.Metadata,
    };

    List<PageSummary> WriteAll(BookFrame frame, IReadOnlyList<BookChapter> chapters, string folder, CancellationToken cancellation)
    {
        var entries = new List<IndexEntry>();
        foreach (var (chapter, link) in chapters.Zip(frame.Chapters))
        {
            cancellation.ThrowIfCancellationRequested();
            // What the pages leave out is not to be had in another way.
            var taken = Solutions ? chapter.Document : Without("solution", chapter.Document);
            var files = PageFiles.Write(taken, chapter.Name, chapter.Folder, folder);
            var options = frame.OptionsOf(chapter.Name, chapter.Document, chapter.Folder, files, chapter.Source, chapter.Executed) with
            {
                Solutions = Solutions,
                PlotlyAddress = PageLink.WayUp(chapter.Name) + PlotlyFile,
            };
            var summary = HtmlPage.Write(chapter.Document, Path.Combine(folder, chapter.Name + ".html"), options);
            entries.Add(new IndexEntry(link.Page, FirstSentence.Of(summary.Introduction),
                Thumbnail.Write(chapter.Document, chapter.Thumbnail, chapter.Name, folder), summary));
        }

        if (entries.Exists(e => e.Summary.Figures > 0)) File.WriteAllText(Path.Combine(folder, PlotlyFile), Assets.PlotlyScript);
        BookIndex.Write(frame, entries, folder);
        // GitHub Pages would otherwise run the files through Jekyll.
        File.WriteAllText(Path.Combine(folder, ".nojekyll"), "");
        return [.. entries.Select(e => e.Summary)];
    }
}
