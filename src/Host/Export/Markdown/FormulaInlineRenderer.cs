using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes <c>$…$</c>, and <c>$$…$$</c> inside a paragraph, as MathML.</summary>
/// <param name="toMathMl">From the LaTeX, whether it is displayed, and its 0-based line in the cell.</param>
sealed class FormulaInlineRenderer(Func<string, bool, int, string> toMathMl) : HtmlObjectRenderer<MathInline>
{
    const string Closing = ".,;:!?)";

    protected override void Write(HtmlRenderer renderer, MathInline formula)
    {
        var isDisplayed = formula.DelimiterCount == 2;
        var math = toMathMl(formula.Content.ToString(), isDisplayed, formula.Line);
        if (isDisplayed) renderer.Write($"<span class=\"formula\">{math}</span>");
        else if (formula.NextSibling is LiteralInline next && Closing.Contains(next.Content.CurrentChar))
        {
            // A browser may break a line behind a formula; the mark that belongs to it goes with it.
            renderer.Write($"<span class=\"glued\">{math}{next.Content.CurrentChar}</span>");
            next.Content.Start++;
        }
        else renderer.Write(math);
    }
}
