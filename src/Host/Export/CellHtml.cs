using System.Net;
using Workbook.Host.Documents;
using Workbook.Host.Export.Folds;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Wording;

namespace Workbook.Host.Export;

/// <summary>One cell on a page: prose, or code with its outputs, in the form its tags ask for.</summary>
static class CellHtml
{
    /// <summary>Code of more lines is folded.</summary>
    const int LongCode = 40;

    /// <summary>The HTML of a cell; empty for a solution on a page without them.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="number">Its number in the notebook, from 1.</param>
    /// <param name="markdown">The page's Markdown.</param>
    /// <param name="outputs">The page's outputs.</param>
    /// <param name="options">The page's options.</param>
    /// <param name="exercise">The anchor of the exercise that it states; null for none.</param>
    /// <param name="onlyChecks">Whether all its code belongs to its checks.</param>
    public static string Write(Cell cell, int number, MarkdownPage markdown, OutputHtml outputs, PageOptions options,
        string? exercise = null, bool onlyChecks = false)
    {
        var isSolution = cell.Tags.Contains("solution");
        if (isSolution && !options.Solutions) return "";
        var content = cell.Language == "markdown"
            ? $"<section class=\"prose\"{(exercise is null ? "" : $" id=\"{exercise}\"")}>\n"
                + (exercise is null ? "" : Permalinks.Corner(exercise, "exercise"))
                + $"{markdown.Render(cell.Source, $"Cell {number}", cell.Line, cell.Attachments)}</section>\n"
            : Code(cell, outputs.Write(cell, $"Cell {number}"), onlyChecks);
        if (isSolution) return FoldHtml.Write("solution", "Solution", content);
        var isExercise = cell.Tags.Contains("exercise");
        if (cell.Language == "markdown" && !isExercise) return content;
        var label = isExercise ? "<p class=\"label\">Exercise</p>\n" : cell.Tags.Contains("parameters")
            ? "<p class=\"label\">Parameters</p>\n" : "";
        return $"<div class=\"cell{(isExercise ? " exercise" : "")}\" id=\"cell-{number}\">\n{label}{content}</div>\n";
    }

    /// <summary>A cell as it stands in the file, for where it cannot be shown in another way.</summary>
    public static string Source(Cell cell, int number) =>
        $"<div class=\"cell\" id=\"cell-{number}\">\n<pre class=\"code\"><code>{WebUtility.HtmlEncode(cell.Source)}</code></pre>\n</div>\n";

    static string Code(Cell cell, ShownOutputs outputs, bool onlyChecks)
    {
        var code = CellOptions.Strip(cell.Source);
        if (code.Length == 0 || cell.Tags.Contains("hide-input")) return outputs.Html + CheckHtml.Write(outputs.Checks, "");
        var pieces = cell.Language == "csharp" && outputs.Checks.Count > 0 && !onlyChecks ? CheckCode.Split(code)
            : [new CheckCode.Piece(0, onlyChecks && outputs.Checks.Count > 0, code)];
        var rest = pieces.Where(p => !p.IsCheck).ToList();
        var lines = rest.Sum(p => p.Text.Count(c => c == '\n') + 1);
        var shown = Block(cell, rest, pieces.Count > 1);
        if (rest.Count > 0 && Summary(cell, lines) is { } summary) shown = FoldHtml.Write("folded", summary, shown);
        // A question stands first: its code says nothing to a reader.
        var (first, second) = Predictions.Asked(cell).Count > 0 ? (outputs.Html, shown) : (shown, outputs.Html);
        return first + second + CheckHtml.Write(outputs.Checks, Block(cell, [.. pieces.Where(p => p.IsCheck)], pieces.Count > 1));
    }

    /// <summary>What stands for code that is folded; null for code that is not.</summary>
    static string? Summary(Cell cell, int lines) =>
        CellOptions.Value(cell.Source, "fold") is { Length: > 0 } own ? own
        : Predictions.Asked(cell).Count > 0 ? "Code of the question"
        : lines > LongCode ? $"Code, {Words.Count(lines, "line")}" : null;

    /// <summary>Pieces are numbered where there are several, so that a copy of the cell has them in their order.</summary>
    static string Block(Cell cell, List<CheckCode.Piece> pieces, bool isNumbered)
    {
        if (pieces.Count == 0) return "";
        string Coloured(string text) => cell.Language == "csharp" ? CodeHtml.Highlight(text) : WebUtility.HtmlEncode(text);
        var html = pieces.Select(p => isNumbered ? $"<span data-part=\"{p.Number}\">{Coloured(p.Text)}</span>" : Coloured(p.Text));
        return $"<pre class=\"code\"><code>{string.Join("\n\n", html)}</code></pre>\n";
    }
}
