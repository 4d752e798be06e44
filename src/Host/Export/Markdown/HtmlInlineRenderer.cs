using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes a tag that stands in a line of Markdown.</summary>
/// <param name="write">What of the HTML gets onto the page.</param>
sealed class HtmlInlineRenderer(Func<string, int, string> write) : HtmlObjectRenderer<HtmlInline>
{
    protected override void Write(HtmlRenderer renderer, HtmlInline tag) => renderer.Write(write(tag.Tag, tag.Line));
}
