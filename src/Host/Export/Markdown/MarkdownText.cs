using System.Buffers;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Reads Markdown within limits: its reader takes time that grows as the square of some texts, and gives up on what nests too deep.
/// </summary>
static class MarkdownText
{
    /// <summary>The longest text that is read, in characters, pictures in it not counted. A chapter of a book has 50 000.</summary>
    public const int Limit = 200_000;

    /// <summary>
    /// The most marks of a paragraph. Its reader looks back over all of them at each, and a hundred kilobytes of <c>[a](</c> take it ten
    /// seconds; this many take it a tenth of a second. A table is a paragraph, and one of a hundred rows with formulas has a thousand.
    /// </summary>
    public const int Marks = 2_000;

    /// <summary>What begins emphasis, links, HTML, code and formulas.</summary>
    static readonly SearchValues<char> Mark = SearchValues.Create("*_~[<`$");

    /// <summary>Paragraphs, headings, lists and quotations, and nothing of what stands in them.</summary>
    static readonly MarkdownPipeline Blocks = BlocksOnly();

    /// <summary>The parsed text.</summary>
    /// <exception cref="FormatException">It is too long, nests too deep, or has too many marks in a paragraph.</exception>
    public static MarkdownDocument Parse(string markdown)
    {
        if (markdown.Length > Limit)
            throw new FormatException(
                $"Expected Markdown of at most {Limit:N0} characters. Received: {markdown.Length:N0}. Split the cell.");
        try
        {
            if (Count(markdown) > Marks) Check(Markdig.Markdown.Parse(markdown, Blocks));
            return Markdig.Markdown.Parse(markdown, MarkdownPage.Pipeline);
        }
        catch (ArgumentException)
        {
            throw new FormatException("Expected Markdown that nests less than 128 deep. Received: more. Take some of the levels away.");
        }
    }

    static void Check(MarkdownDocument document)
    {
        var most = document.Descendants<LeafBlock>().Where(b => b.Inline is not null)
            .Select(b => b.Inline!.Descendants<LiteralInline>().Sum(t => Count(t.Content.AsSpan()))).DefaultIfEmpty().Max();
        if (most > Marks)
            throw new FormatException(
                $"Expected at most {Marks:N0} marks (*, _, ~, [, <, `, $, ://) in a paragraph. Received: {most:N0}. Split it.");
    }

    static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Count("://");
        for (var at = text.IndexOfAny(Mark); at >= 0; at = text.IndexOfAny(Mark), count++) text = text[(at + 1)..];
        return count;
    }

    static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder().UseMathematics();
        builder.InlineParsers.Clear();
        return builder.Build();
    }
}
