using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Workbook.Host.Export.Markdown;

/// <summary>Writes a term with its meaning, which shows when one points at it or comes to it by keyboard.</summary>
/// <param name="next">Gives each note a number of its own.</param>
sealed class TermRenderer(Func<int> next) : HtmlObjectRenderer<TermInline>
{
    protected override void Write(HtmlRenderer renderer, TermInline use)
    {
        var id = $"term-note-{next()}";
        var text = WebUtility.HtmlEncode(use.Text);
        var word = use.Term.Address is { } address
            ? $"<a class=\"term\" href=\"{WebUtility.HtmlEncode(address)}\" aria-describedby=\"{id}\">{text}</a>"
            : $"<span class=\"term\" tabindex=\"0\" aria-describedby=\"{id}\">{text}</span>";
        renderer.Write($"<span class=\"term-box\">{word}<span class=\"term-note\" role=\"tooltip\" id=\"{id}\">")
            .Write(WebUtility.HtmlEncode(use.Term.Meaning)).Write("</span></span>");
    }
}
