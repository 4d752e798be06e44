using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes a block of HTML that stands in Markdown.</summary>
/// <param name="write">What of the HTML gets onto the page.</param>
sealed class HtmlBlockRenderer(Func<string, int, string> write) : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock block) =>
        renderer.Write(write(block.Lines.ToString(), block.Line)).Write('\n');
}
