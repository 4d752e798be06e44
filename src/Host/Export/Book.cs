using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>All notebooks as a site of plain files: an index, one page per notebook, one plotly.js for all. It opens from a disk and from any static host.</summary>
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

    /// <summary>Writes the site; files of an earlier one are replaced, others stay.</summary>
    /// <param name="chapters">The notebooks in the order of the book; a chapter's thumbnail is its first picture of a figure (see <see cref="Pictures"/>).</param>
    /// <param name="folder">Where to write; it is made.</param>
    /// <returns>What stands on each page, in the order of the chapters.</returns>
    /// <exception cref="PageException">A formula is outside the supported subset of LaTeX; the message names the chapter.</exception>
    /// <exception cref="ArgumentException">Two chapters have one name, or one has the index's.</exception>
    public IReadOnlyList<PageSummary> Write(IReadOnlyList<BookChapter> chapters, string folder)
    {
        if (chapters.Select(c => c.Name).Append("index").GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Every page needs a name of its own, and index is taken; {twice.Key} is there {twice.Count()} times.", nameof(chapters));
        Directory.CreateDirectory(folder);
        var titles = chapters.Select(c => TitleOf(c)).ToList();
        PageLink? Link(int i) => i >= 0 && i < chapters.Count ? new PageLink(Uri.EscapeDataString(chapters[i].Name) + ".html", titles[i]) : null;

        var entries = new List<IndexEntry>();
        var summaries = new List<PageSummary>();
        for (var i = 0; i < chapters.Count; i++)
        {
            var options = new PageOptions
            {
                Solutions = Solutions, Folder = chapters[i].Folder, Title = titles[i], PlotlyAddress = PlotlyFile,
                Home = new PageLink(IndexFile, Title), Previous = Link(i - 1), Next = Link(i + 1),
            };
            summaries.Add(WritePage(chapters[i], Path.Combine(folder, chapters[i].Name + ".html"), options));
            entries.Add(new IndexEntry(Link(i)!, FirstSentence.Of(summaries[i].Introduction), WriteThumbnail(chapters[i], folder), summaries[i]));
        }
        if (summaries.Exists(s => s.Figures > 0)) File.WriteAllText(Path.Combine(folder, PlotlyFile), Assets.PlotlyScript);
        BookIndex.Write(Title, Introduction, entries, Path.Combine(folder, IndexFile));
        // GitHub Pages would otherwise run the files through Jekyll.
        File.WriteAllText(Path.Combine(folder, ".nojekyll"), "");
        return summaries;
    }

    static PageSummary WritePage(BookChapter chapter, string path, PageOptions options)
    {
        try
        {
            return HtmlPage.Write(chapter.Document, path, options);
        }
        catch (PageException error)
        {
            throw new PageException($"{chapter.Name}: {error.Message}", error);
        }
    }

    static string TitleOf(BookChapter chapter)
    {
        var page = new MarkdownPage(folder: null);
        foreach (var cell in chapter.Document.Cells.Where(c => c.Language == "markdown"))
        {
            page.Outline(cell.Source);
            if (page.Headings.FirstOrDefault(h => h.Level == 1) is { } heading) return heading.Text;
        }
        return chapter.Name;
    }

    static string? WriteThumbnail(BookChapter chapter, string folder)
    {
        var picture = chapter.Document.Cells.SelectMany(c => c.Outputs).Select(o => o switch { DisplayOutput d => d.Data, ResultOutput r => r.Data, _ => null })
            .FirstOrDefault(d => d?[FigureHtml.MimeType] is not null && d["image/png"] is JsonValue)?["image/png"];
        if (picture is null) return null;
        Directory.CreateDirectory(Path.Combine(folder, "thumbnails"));
        File.WriteAllBytes(Path.Combine(folder, "thumbnails", chapter.Name + ".png"), Convert.FromBase64String(picture.GetValue<string>()));
        return $"thumbnails/{Uri.EscapeDataString(chapter.Name)}.png";
    }
}
