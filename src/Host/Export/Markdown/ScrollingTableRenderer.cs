using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Workbook.Host.Export.Markdown;

/// <summary>Puts a table into a box that scrolls, so that a wide one does not widen the page.</summary>
sealed class ScrollingTableRenderer : HtmlTableRenderer
{
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.Write("<div class=\"scroll\">");
        base.Write(renderer, table);
        renderer.Write("</div>\n");
    }
}
