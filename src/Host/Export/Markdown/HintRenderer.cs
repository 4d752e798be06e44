using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes a hint as a fold.</summary>
sealed class HintRenderer : HtmlObjectRenderer<HintBlock>
{
    protected override void Write(HtmlRenderer renderer, HintBlock hint)
    {
        renderer.Write($"<details class=\"hint\"><summary>{WebUtility.HtmlEncode(hint.Summary)}</summary>\n");
        renderer.WriteChildren(hint);
        renderer.Write("</details>\n");
    }
}
