using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes the link of a heading to itself.</summary>
sealed class PermalinkRenderer : HtmlObjectRenderer<PermalinkInline>
{
    protected override void Write(HtmlRenderer renderer, PermalinkInline link) =>
        renderer.Write(
            $"<a class=\"permalink\" href=\"#{WebUtility.HtmlEncode(link.Id)}\" aria-label=\"Link to this section\" title=\"Link to this section\">#</a>");
}
