using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Workbook.Host.Export.Latex;

namespace Workbook.Host.Export.Markdown;

/// <summary>The words of Markdown without its marks.</summary>
static class PlainText
{
    /// <summary>The words of a text of one paragraph.</summary>
    public static string OfMarkdown(string markdown) =>
        string.Join(' ', MarkdownText.Parse(markdown).Descendants<LeafBlock>().Select(b => Of(b.Inline)).Where(t => t.Length > 0));

    /// <summary>The words of a heading or a paragraph; a line break is a space.</summary>
    public static string Of(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Select(inline => inline switch
    {
        LiteralInline text => text.Content.ToString(),
        CodeInline code => code.Content,
        MathInline formula => MathMl.PlainText(formula.Content.ToString()),
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LinkInline { IsImage: true } => "",
        TermInline term => term.Text,
        ContainerInline container => Of(container),
        _ => "",
    })).Trim();
}
