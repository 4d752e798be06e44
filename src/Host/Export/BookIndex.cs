using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Workbook.Host.Export.Around;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>
/// The page that lists the notebooks of a run or of a book, a picture and one sentence each; with it the pages of the documentation and the
/// words of all pages.
/// </summary>
static partial class BookIndex
{
    /// <summary>Writes the index, the documentation and the words.</summary>
    /// <param name="frame">What the pages have in common.</param>
    /// <param name="entries">The notebooks in order.</param>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="remarks">Markdown behind the introduction; may be empty.</param>
    public static void Write(BookFrame frame, IReadOnlyList<IndexEntry> entries, string folder, string remarks = "")
    {
        var docs = BookDocs.Write(frame, folder);
        var pages = entries.Select(e => (e.Page, e.Summary)).Concat(docs).Select(p => (p.Page, p.Summary.Sections));
        Put(SearchIndex.FileName, SearchIndex.Of(pages));
        Put(BookFrame.IndexFile, Page(frame, entries, docs.Select(d => d.Page), remarks));

        void Put(string file, string text) => AtomicFile.Write(Path.Combine(folder, file),
            path => File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
    }

    static string Page(BookFrame frame, IReadOnlyList<IndexEntry> entries, IEnumerable<PageLink> docs, string remarks)
    {
        var cover = frame.Cover;
        LinkTarget? Link(string link) => cover.Folder is null ? null : frame.LinkFrom(cover.Folder, link);
        var state = new PageState(cover.Folder, frame.IsSanitized, links: Link);
        state.Use(PageFeature.Search);
        var markdown = new MarkdownPage(state);
        // What the book is stands above its notebooks, what it says at length below them.
        var parts = $"\n{cover.Introduction}".Split("\n## ", 2);
        var lead = Introduction($"{parts[0].Trim()}\n\n{remarks}", markdown);
        var text = parts.Length == 1 ? "" : $"<section class=\"prose\">{Introduction($"## {parts[1]}", markdown)}</section>\n";
        var checks = (Passed: entries.Sum(e => e.Summary.Passed), Failed: entries.Sum(e => e.Summary.Failed));
        var foot = new PageFoot { Places = frame.Places(frame.Repository?.Address) };
        var scripts = PageScripts.Write(state, plotlyAddress: null);
        return PageFrame.Head(cover.Title, markdown.FirstParagraph, state, "index") + PageFrame.Bar(new PageOptions(), checks)
            + $"<main id=\"content\" class=\"index\">\n<h1>{WebUtility.HtmlEncode(cover.Title)}</h1>\n"
            + $"<section class=\"prose\">{lead}</section>\n<ul class=\"cards\">\n{string.Concat(entries.Select(Card))}</ul>\n{text}"
            + $"{Documentation(docs)}</main>\n"
            + $"{foot.Write()}{scripts}</body>\n</html>\n";
    }

    static string Documentation(IEnumerable<PageLink> docs)
    {
        var list = string.Concat(docs.Select(d => $"<li>{Anchor(d)}</li>"));
        return list.Length == 0 ? ""
            : $"<section class=\"prose\"><h2 id=\"documentation\">Documentation</h2>\n<ul>{list}</ul></section>\n";
    }

    static string Anchor(PageLink link) => $"<a href=\"{WebUtility.HtmlEncode(link.Address)}\">{WebUtility.HtmlEncode(link.Title)}</a>";

    static string Introduction(string text, MarkdownPage markdown)
    {
        try
        {
            return markdown.Render(text, "The introduction");
        }
        catch (FormatException)
        {
            return $"<pre>{WebUtility.HtmlEncode(text)}</pre>";
        }
    }

    static string Card(IndexEntry entry)
    {
        // The picture says nothing that the title does not: its text is empty, so a screen reader passes over it.
        var thumbnail = entry.Thumbnail is null ? ""
            : $"<img class=\"thumbnail\" src=\"{WebUtility.HtmlEncode(entry.Thumbnail)}\" alt=\"\" loading=\"lazy\">";
        var sentence = entry.Sentence is null ? "" : $"<p>{WebUtility.HtmlEncode(entry.Sentence)}</p>";
        var fault = entry.Fault ?? (entry.Summary.Failed == 0 ? null : $"{entry.Summary.Failed} failed");
        var failed = fault is null ? "" : $"<p class=\"fail\">✗ {WebUtility.HtmlEncode(fault)}</p>";
        var number = Number().Match(entry.Page.Address) is { Success: true } file
            ? $"<span class=\"number\">{file.Groups["number"].Value}</span> " : "";
        return $"<li>{thumbnail}<h2>{number}{Anchor(entry.Page)}</h2>{sentence}{failed}</li>\n";
    }

    /// <summary>The number of a notebook, with which its file's name begins.</summary>
    [GeneratedRegex(@"(^|/)(?<number>\d{2,3})(?!\d)[^/]*$")]
    private static partial Regex Number();
}
