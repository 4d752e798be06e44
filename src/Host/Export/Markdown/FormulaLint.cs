using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Workbook.Host.Export.Latex;

namespace Workbook.Host.Export.Markdown;

/// <summary>Finds the formulas that a page could not show.</summary>
static class FormulaLint
{
    /// <summary>Every such formula of a Markdown text: its line, counted from 0, and what is wrong.</summary>
    /// <exception cref="FormatException">The text is too long, or nests too deep.</exception>
    public static IEnumerable<(int Line, string Message)> Check(string markdown)
    {
        var parsed = MarkdownText.Parse(LongData.Of(markdown).Text);
        var formulas = parsed.Descendants<MathInline>().Select(f => (f.Line, Text: f.Content.ToString()))
            .Concat(parsed.Descendants<MathBlock>().Select(f => (f.Line, Text: f.Lines.ToString())));
        foreach (var (line, text) in formulas)
            if (Problem(text) is { } problem) yield return (line, problem);
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
