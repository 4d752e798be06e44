using System.Net;
using System.Text;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>The page that lists the notebooks of a run or of a book: a picture and one sentence each.</summary>
static class BookIndex
{
    /// <summary>Writes the index.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="introduction">Markdown under the heading; may be empty.</param>
    /// <param name="entries">The notebooks in order.</param>
    /// <param name="path">The file to write; its folder is made.</param>
    public static void Write(string title, string introduction, IReadOnlyList<IndexEntry> entries, string path)
    {
        var state = new PageState();
        var markdown = new MarkdownPage(state);
        var text = Introduction(introduction, markdown);
        var checks = (Passed: entries.Sum(e => e.Summary.Passed), Failed: entries.Sum(e => e.Summary.Failed));
        var scripts = PageScripts.Write(state, plotlyAddress: null);
        var page = PageFrame.Head(title, markdown.FirstParagraph, state, "index") + PageFrame.Bar(new PageOptions(), checks)
            + $"<main id=\"content\" class=\"index\">\n<h1>{WebUtility.HtmlEncode(title)}</h1>\n<section class=\"prose\">{text}</section>\n"
            + $"<ul class=\"cards\">\n{string.Concat(entries.Select(Card))}</ul>\n</main>\n{scripts}</body>\n</html>\n";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

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
        return $"<li>{thumbnail}<h2><a "
            + $"href=\"{WebUtility.HtmlEncode(entry.Page.Address)}\">{WebUtility.HtmlEncode(entry.Page.Title)}</a></h2>{sentence}{failed}</li>\n";
    }
}
