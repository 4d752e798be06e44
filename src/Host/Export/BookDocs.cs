using Workbook.Host.Documents;
using Workbook.Host.Export.Around;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// The documentation of a book: the Markdown files of the nearest folder <c>docs</c> beside or above the notebooks, and
/// <c>data/README.md</c> beside that folder.
/// </summary>
static class BookDocs
{
    /// <summary>The pages there will be, by name.</summary>
    public static IReadOnlyList<BookDoc> Find(string folder)
    {
        foreach (var at in WorkbookFolders.From(folder))
        {
            var docs = new DirectoryInfo(Path.Combine(at, "docs"));
            var files = docs.Exists ? docs.GetFiles("*.md") : [];
            if (files.Length > 0)
            {
                var data = new FileInfo(Path.Combine(at, "data", "README.md"));
                return [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)
                    .Select(f => (File: f, Name: Path.GetFileNameWithoutExtension(f.Name))).Append((File: data, Name: "data"))
                    .Where(d => RealPath.IsOwn(at, d.File.FullName))
                    .Select(d => (d.File.FullName, d.Name))
                    .Select(d => new BookDoc(d.FullName, $"docs/{PageLink.AddressOf(d.Name)}.html", TitleOf(d.FullName) ?? d.Name))
                    .DistinctBy(d => d.Address)];
            }
        }

        return [];
    }

    /// <summary>Writes the pages and says what stands on each.</summary>
    public static IReadOnlyList<(PageLink Page, PageSummary Summary)> Write(BookFrame frame, string folder) =>
        [.. frame.Docs.Select(doc =>
        {
            PageSummary? summary = null;
            var document = new NotebookDocument { Cells = { new Cell { Language = "markdown", Source = Text(frame, doc), Line = 1 } } };
            AtomicFile.Write(Path.Combine(folder, Uri.UnescapeDataString(doc.Address)),
                path => summary = HtmlPage.Write(document, path, frame.OptionsOf(doc)));
            return (new PageLink(doc.Address, doc.Title), summary!);
        })];

    /// <summary>In the glossary each term gets a place that links can lead to.</summary>
    static string Text(BookFrame frame, BookDoc doc)
    {
        var lines = RegularFile.Text(doc.File).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (doc.Address == BookFrame.GlossaryAddress)
            foreach (var term in frame.Glossary)
                if (lines[term.Line - 1].IndexOf('|') is >= 0 and var at)
                    lines[term.Line - 1] = lines[term.Line - 1].Insert(at + 1, $" <span id=\"{BookFrame.AnchorOf(term.Name)}\"></span>");
        return string.Join('\n', lines);
    }

    static string? TitleOf(string file) =>
        DocumentTitle.Of(new NotebookDocument { Cells = { new Cell { Language = "markdown", Source = RegularFile.Text(file) } } });
}
