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
        var state = new PageState(options.Folder, options.IsSanitized);
        var markdown = new MarkdownPage(state);
        var outputs = new OutputHtml(markdown, state);
        var body = new StringBuilder();
        for (var i = 0; i < document.Cells.Count; i++) body.Append(Cell(document.Cells[i], i + 1, markdown, outputs, state, options));

        var title = markdown.Headings.FirstOrDefault(h => h.Level == 1)?.Text ?? options.Title ?? Path.GetFileNameWithoutExtension(path);
        var checks = document.Cells.Select(c => Checks.Count(c.Outputs))
            .Aggregate((Passed: 0, Failed: 0), (sum, c) => (sum.Passed + c.Passed, sum.Failed + c.Failed));
        var scripts = Scripts(outputs.Figures > 0, options.PlotlyAddress, state.Policy);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var page = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        page.Write(PageFrame.Head(title, markdown.FirstParagraph, state.Policy));
        page.Write(PageFrame.Bar(options, checks));
        page.Write(Contents(markdown.Headings));
        page.Write("<main id=\"content\">\n");
        page.Write(body);
        page.Write("</main>\n");
        page.Write(PageFrame.Turn(options));
        page.Write(scripts);
        page.Write("</body>\n</html>\n");
        return new PageSummary(title, markdown.FirstParagraph, outputs.Figures, checks.Passed, checks.Failed)
        { Notes = [.. state.Notes.Select(n => $"{n}")] };
    });

    static string Cell(Cell cell, int number, MarkdownPage markdown, OutputHtml outputs, PageState state, PageOptions options)
    {
        try
        {
            return CellHtml.Write(cell, number, markdown, outputs, options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdown and code nest as deep as somebody likes, and their readers have limits.
            state.Note("cell", new($"Cell {number}"), $"cannot be drawn ({e.Message}); the page shows its source.");
            return CellHtml.Source(cell, number);
        }
    }

    static string Contents(IEnumerable<Heading> headings)
    {
        var entries = headings.Where(h => h.Level is 2 or 3).ToList();
        if (entries.Count < 2) return "";
        var items = entries.Select(
            h => $"<li class=\"level-{h.Level}\"><a href=\"#{WebUtility.HtmlEncode(h.Id)}\">{WebUtility.HtmlEncode(h.Text)}</a></li>\n");
        return $"<nav class=\"contents\" "
            + $"aria-label=\"Contents\">\n<details><summary>Contents</summary>\n<ul>\n{string.Concat(items)}</ul>\n</details>\n</nav>\n";
    }

    static string Scripts(bool hasFigures, string? plotlyAddress, PagePolicy policy)
    {
        var own = $"\n{Assets.Script}";
        policy.AllowOwn(own);
        if (hasFigures && plotlyAddress is null) policy.AllowOwn(Assets.PlotlyScript);
        var plotly = !hasFigures ? "" : plotlyAddress is null ? $"<script>{Assets.PlotlyScript}</script>\n"
            : $"<script src=\"{WebUtility.HtmlEncode(plotlyAddress)}\"></script>\n";
        return $"{plotly}<script>{own}</script>\n";
    }
}
