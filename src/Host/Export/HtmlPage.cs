using System.Net;
using System.Text;
using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Processes;

namespace Workbook.Host.Export;

/// <summary>
/// An executed notebook as one HTML file that needs nothing else: its style, its figures' data and, when there is a figure, plotly.js are
/// in it.
/// Without scripts everything but the drawing of figures works, and those show a picture or their data.
/// </summary>
static class HtmlPage
{
    /// <summary>Writes the page of a notebook.</summary>
    /// <param name="document">The notebook with its outputs.</param>
    /// <param name="path">The file to write; its folder is made.</param>
    public static void Write(NotebookDocument document, string path) => Write(document, path, new PageOptions());

    /// <summary>Writes the page of a notebook and says what is in it.</summary>
    /// <remarks>
    /// Whatever a notebook holds there is a page: what cannot be drawn is shown as its source, and the summary's notes name it.
    /// </remarks>
    /// <param name="document">The notebook with its outputs.</param>
    /// <param name="path">The file to write; its folder is made.</param>
    /// <param name="options">What is shown and where the page stands.</param>
    public static PageSummary Write(NotebookDocument document, string path, PageOptions options) => DeepStack.Run(() =>
    {
        var state = new PageState(options.Folder, options.IsSanitized, options.Terms, options.Links);
        var body = new PageBody(document, options, state);
        var cells = body.Write();
        var markdown = body.Markdown;
        var name = Path.GetFileNameWithoutExtension(path);
        var title = markdown.Headings.FirstOrDefault(h => h.Level == 1)?.Text ?? options.Title ?? name;
        var checks = document.Cells.Select(c => Checks.Count(c.Outputs))
            .Aggregate((Passed: 0, Failed: 0), (sum, c) => (sum.Passed + c.Passed, sum.Failed + c.Failed));
        if (options.HasSearch) state.Use(PageFeature.Search);
        var scripts = PageScripts.Write(state, options.PlotlyAddress);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var page = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        page.Write(PageFrame.Head(title, markdown.FirstParagraph, state, name, options.Root, body.Style));
        page.Write(PageFrame.Bar(options, checks));
        page.Write(Contents(markdown.Headings));
        page.Write("<main id=\"content\">\n");
        page.Write(cells);
        page.Write("</main>\n");
        page.Write(PageFrame.Turn(options));
        page.Write(options.Foot?.Write());
        page.Write(scripts);
        page.Write("</body>\n</html>\n");
        return new PageSummary(title, markdown.FirstParagraph, body.Figures, checks.Passed, checks.Failed)
        { Notes = [.. state.Notes.Select(n => $"{n}")], Sections = state.Sections.All };
    });

    static string Waits(Heading heading) => heading.Folds.Count == 0 ? "" : $" data-waits=\"{string.Join(' ', heading.Folds)}\"";

    static string Contents(IEnumerable<Heading> headings)
    {
        var entries = headings.Where(h => h.Level is 2 or 3).ToList();
        if (entries.Count < 2) return "";
        var items = entries.Select(h =>
            $"<li class=\"level-{h.Level}\"{Waits(h)}>"
                + $"<a href=\"#{WebUtility.HtmlEncode(h.Id)}\">{WebUtility.HtmlEncode(h.Text)}</a></li>\n");
        return $"<nav class=\"contents\" "
            + $"aria-label=\"Contents\">\n<details><summary>Contents</summary>\n<ul>\n{string.Concat(items)}</ul>\n</details>\n</nav>\n";
    }
}
