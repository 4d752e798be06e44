using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Workbook.Host.Display;
using Workbook.Host.Export.Latex;

namespace Workbook.Host.Export.Markdown;

/// <summary>The Markdown of one page: cell after cell, with headings whose anchors are unique over the page.</summary>
/// <param name="folder">Where relative pictures are looked for, to put them into the page; null leaves them as links.</param>
sealed class MarkdownPage(string? folder)
{
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().UseDefinitionLists().UseAlertBlocks().UseMathematics().Build();

    static readonly string[] Callouts = ["trap", "why", "try", "check", "predict", "note"];

    /// <summary>The headings so far, in order.</summary>
    public List<Heading> Headings { get; } = [];

    /// <summary>The text of the first paragraph that is not a heading, list or quotation; null before there was one.</summary>
    public string? FirstParagraph { get; private set; }

    /// <summary>The HTML of one cell.</summary>
    /// <param name="markdown">CommonMark with tables, task lists, alerts and formulas between dollar signs.</param>
    /// <param name="place">Where the cell stands, for errors: the cell's number.</param>
    /// <param name="line">The line of the file on which the cell starts; 0 when not known.</param>
    /// <exception cref="PageException">A formula is outside the supported subset.</exception>
    public string Render(string markdown, string place, int line = 0)
    {
        var document = Outline(markdown);
        foreach (var link in document.Descendants<LinkInline>()) Resolve(link);
        foreach (var quote in document.Descendants<QuoteBlock>()) Mark(quote);

        string ToMathMl(string latex, bool isDisplayed, int at)
        {
            try
            {
                return MathMl.Convert(latex, isDisplayed);
            }
            catch (LatexException error)
            {
                throw new PageException($"{place}{(line == 0 ? "" : $", line {line + at}")}: {error.Message}", error);
            }
        }

        var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaInlineRenderer(ToMathMl));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new FormulaBlockRenderer(ToMathMl));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new HighlightedCodeRenderer());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>Reads one cell's headings and first paragraph without writing it.</summary>
    public MarkdownDocument Outline(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) Anchor(heading);
        FirstParagraph ??= document.OfType<ParagraphBlock>().Select(p => PlainText.Of(p.Inline)).FirstOrDefault(t => t.Length > 0);
        return document;
    }

    void Anchor(HeadingBlock heading)
    {
        var text = PlainText.Of(heading.Inline);
        var id = LinkHelper.UrilizeAsGfm(text);
        if (id.Length == 0) id = "section";
        for (var (stem, n) = (id, 2); Headings.Exists(h => h.Id == id); n++) id = $"{stem}-{n}";
        heading.GetAttributes().Id = id;
        Headings.Add(new Heading(heading.Level, id, text));
    }

    void Resolve(LinkInline link)
    {
        if (link.Url is not { Length: > 0 } url || url[0] == '#' || Uri.TryCreate(url, UriKind.Absolute, out _)) return;
        if (link.IsImage && folder is not null && Path.Combine(folder, Uri.UnescapeDataString(url)) is var file && File.Exists(file)) link.Url = Picture.DataAddress(file);
        // A link between notebooks is one between pages.
        var parts = url.Split('#', 2);
        if (Path.GetExtension(parts[0]) is ".dib" or ".ipynb") link.Url = string.Join('#', parts.Skip(1).Prepend(Path.ChangeExtension(parts[0], ".html")));
    }

    static void Mark(QuoteBlock quote)
    {
        if (quote.FirstOrDefault() is not ParagraphBlock { Inline.FirstChild: EmphasisInline { DelimiterCount: 2 } strong }) return;
        var word = PlainText.Of(strong).Trim(' ', '.', ':', '?', '!').ToLowerInvariant();
        if (Callouts.Contains(word)) quote.GetAttributes().AddClass($"callout callout-{word}");
    }
}
