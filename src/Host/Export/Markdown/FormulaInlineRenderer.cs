using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes <c>$…$</c>, and <c>$$…$$</c> inside a paragraph, as MathML.</summary>
/// <param name="toMathMl">From the LaTeX, whether it is displayed, and its 0-based line in the cell.</param>
sealed class FormulaInlineRenderer(Func<string, bool, int, string> toMathMl) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline formula)
    {
        var isDisplayed = formula.DelimiterCount == 2;
        var math = toMathMl(formula.Content.ToString(), isDisplayed, formula.Line);
        renderer.Write(isDisplayed ? $"<span class=\"formula\">{math}</span>" : math);
    }
}
