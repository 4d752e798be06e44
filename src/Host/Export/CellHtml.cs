using System.Net;
using Workbook.Host.Documents;
using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>One cell on a page: prose, or code with its outputs, in the form its tags ask for.</summary>
static class CellHtml
{
    /// <summary>The HTML of a cell; empty for a solution on a page without them.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="number">Its number in the notebook, from 1.</param>
    /// <param name="markdown">The page's Markdown.</param>
    /// <param name="outputs">The page's outputs.</param>
    /// <param name="options">The page's options.</param>
    public static string Write(Cell cell, int number, MarkdownPage markdown, OutputHtml outputs, PageOptions options)
    {
        var isSolution = cell.Tags.Contains("solution");
        if (isSolution && !options.Solutions) return "";
        var content = cell.Language == "markdown"
            ? $"<section class=\"prose\">\n{markdown.Render(cell.Source, $"Cell {number}", cell.Line, cell.Attachments)}</section>\n"
            : Code(cell) + outputs.Write(cell, $"Cell {number}");
        if (isSolution) return $"<details class=\"solution\"><summary>Solution</summary>\n{content}</details>\n";
        var isExercise = cell.Tags.Contains("exercise");
        if (cell.Language == "markdown" && !isExercise) return content;
        var label = isExercise ? "<p class=\"label\">Exercise</p>\n" : cell.Tags.Contains("parameters")
            ? "<p class=\"label\">Parameters</p>\n" : "";
        return $"<div class=\"cell{(isExercise ? " exercise" : "")}\" id=\"cell-{number}\">\n{label}{content}</div>\n";
    }

    /// <summary>A cell as it stands in the file, for where it cannot be shown in another way.</summary>
    public static string Source(Cell cell, int number) =>
        $"<div class=\"cell\" id=\"cell-{number}\">\n<pre class=\"code\"><code>{WebUtility.HtmlEncode(cell.Source)}</code></pre>\n</div>\n";

    static string Code(Cell cell)
    {
        var code = CellOptions.Strip(cell.Source);
        if (code.Length == 0 || cell.Tags.Contains("hide-input")) return "";
        return $"<pre "
            + $"class=\"code\"><code>{(cell.Language == "csharp" ? CodeHtml.Highlight(code) : WebUtility.HtmlEncode(code))}</code></pre>\n";
    }
}
