using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes a block between lines of <c>$$</c> as MathML in a box of its own that scrolls when it is too wide.</summary>
/// <param name="toMathMl">From the LaTeX, whether it is displayed, and its 0-based line in the cell.</param>
sealed class FormulaBlockRenderer(Func<string, bool, int, string> toMathMl) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock formula) =>
        renderer.Write($"<div class=\"formula\">{toMathMl(formula.Lines.ToString(), true, formula.Line)}</div>\n");
}
