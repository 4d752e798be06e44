using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Workbook.Host.Documents;
using Workbook.Host.Export.Latex;

namespace Workbook.Host.Export.Markdown;

/// <summary>Finds the formulas of a notebook that its page could not show.</summary>
static class FormulaLint
{
    /// <summary>Every such formula: the line of the file (of the cell, when the file's is not known), 1-based, and what is wrong.</summary>
    public static IEnumerable<(int Line, string Message)> Check(NotebookDocument document) =>
        document.Cells.Where(c => c.Language == "markdown").SelectMany(Check);

    static IEnumerable<(int Line, string Message)> Check(Cell cell)
    {
        var start = Math.Max(cell.Line, 1);
        var parsed = Markdig.Markdown.Parse(cell.Source, MarkdownPage.Pipeline);
        var formulas = parsed.Descendants<MathInline>().Select(f => (f.Line, Text: f.Content.ToString()))
            .Concat(parsed.Descendants<MathBlock>().Select(f => (f.Line, Text: f.Lines.ToString())));
        foreach (var (line, text) in formulas)
            if (Problem(text) is { } problem) yield return (start + line, problem);
    }

    static string? Problem(string latex)
    {
        try
        {
            MathMl.Convert(latex, display: false);
            return null;
        }
        catch (LatexException error)
        {
            return error.Message;
        }
    }
}
