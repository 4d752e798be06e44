using System.Net;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Workbook.Host.Export.Latex;

namespace Workbook.Host.Export.Markdown;

/// <summary>The Markdown of one page: cell after cell, with headings whose anchors are unique over the page.</summary>
/// <param name="state">What the parts of the page share.</param>
sealed class MarkdownPage(PageState state)
{
    /// <summary>
    /// What readers of notebooks have in common: CommonMark, tables, struck text, task lists, formulas, and addresses that become links.
    /// Whatever one reader alone would make of a text stays as it is.
    /// </summary>
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks().UseTaskLists().UseMathematics().Build();

    static readonly string[] Callouts = ["trap", "why", "try", "check", "predict", "note"];

    readonly PagePictures pictures = new(state);

    int notes;

    /// <summary>The headings so far, in order.</summary>
    public List<Heading> Headings { get; } = [];

    /// <summary>The text of the first paragraph that is not a heading, list or quotation; null before there was one.</summary>
    public string? FirstParagraph { get; private set; }

    /// <summary>The HTML of one cell.</summary>
    /// <param name="markdown">CommonMark with tables, task lists and formulas.</param>
    /// <param name="place">Where the cell stands, for notes: the cell's number.</param>
    /// <param name="line">The line of the file on which the cell starts; 0 when not known.</param>
    /// <param name="attachments">The pictures that the cell carries with it; null for none.</param>
    /// <exception cref="FormatException">The text is too long, or nests too deep.</exception>
    public string Render(string markdown, string place, int line = 0, JsonObject? attachments = null)
    {
        var data = LongData.Of(markdown);
        var (text, lines) = FormulaMarks.Joined(data.Text);
        var firstHeading = Headings.Count;
        var document = Outline(text);
        state.Sections.Add(document, Headings, firstHeading, state.Folds.Count > 0);
        PagePlace At(int offset) => new(place, line == 0 ? 0 : line + lines[Math.Min(offset, lines.Count - 1)]);
        foreach (var link in document.Descendants<LinkInline>().ToList()) Resolve(link, attachments, At(link.Line));
        foreach (var link in document.Descendants<AutolinkInline>().ToList()) Resolve(link, At(link.Line));
        foreach (var quote in document.Descendants<QuoteBlock>()) Mark(quote);
        HintBlock.Fold(document);
        if (document.Descendants<CodeBlock>().Any()) state.Use(PageFeature.Code);
        if (state.Terms.Mark(document)) state.Use(PageFeature.Terms);

        string ToMathMl(string latex, bool isDisplayed, int offset)
        {
            try
            {
                return MathMl.Convert(latex, isDisplayed);
            }
            catch (LatexException error)
            {
                state.Note("formula", At(offset), $"{error.Message} The page shows its source.");
                return FormulaSource(latex);
            }
        }

        string OwnHtml(string html, int offset)
        {
            string? Address(string address) => pictures.Resolve(address, attachments, At(offset));
            return state.IsSanitized ? RawHtml.Sanitized(html, Address) : RawHtml.WithPictures(html, Address);
        }

        var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaInlineRenderer(ToMathMl));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new FormulaBlockRenderer(ToMathMl));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new HighlightedCodeRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.HtmlBlockRenderer>(new HtmlBlockRenderer(OwnHtml));
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.HtmlInlineRenderer>(new HtmlInlineRenderer(OwnHtml));
        renderer.ObjectRenderers.Add(new PermalinkRenderer());
        renderer.ObjectRenderers.Add(new HintRenderer());
        renderer.ObjectRenderers.Add(new TermRenderer(() => ++notes));
        renderer.Render(document);
        var page = writer.ToString();
        // All else is encoded, so what is a tag here is the author's.
        if (!state.IsSanitized) state.Policy.Allow(page);
        return data.Restore(page);
    }

    /// <summary>The address of a picture in HTML of an output.</summary>
    public string? Picture(string address, string place) => pictures.Resolve(address, null, new(place));

    /// <summary>A formula as it was written, for where it cannot be drawn.</summary>
    public static string FormulaSource(string latex) => $"<code class=\"formula-source\">{WebUtility.HtmlEncode(latex.Trim())}</code>";

    /// <summary>Reads one cell's headings and first paragraph without writing it.</summary>
    /// <exception cref="FormatException">The text is too long, or nests too deep.</exception>
    public MarkdownDocument Outline(string markdown)
    {
        var document = MarkdownText.Parse(markdown);
        foreach (var heading in document.Descendants<HeadingBlock>()) Anchor(heading);
        FirstParagraph ??= document.OfType<ParagraphBlock>().Select(p => PlainText.Of(p.Inline)).FirstOrDefault(t => t.Length > 0);
        return document;
    }

    void Anchor(HeadingBlock heading)
    {
        var text = PlainText.Of(heading.Inline);
        var id = state.Ids.Next(LinkHelper.UrilizeAsGfm(text));
        heading.GetAttributes().Id = id;
        Headings.Add(new Heading(heading.Level, id, text, [.. state.Folds]));
        if (heading.Level > 1) heading.Inline?.AppendChild(new PermalinkInline(id));
    }

    void Resolve(LinkInline link, JsonObject? attachments, PagePlace place)
    {
        // A reference has its address from elsewhere; from here on it is the one that was looked at.
        var url = (link.GetDynamicUrl?.Invoke() ?? link.Url ?? "").Trim();
        link.GetDynamicUrl = null;
        link.Url = url;
        if (link.IsImage)
        {
            if (pictures.Resolve(url, attachments, place) is { } address) link.Url = address;
            else link.ReplaceBy(new LiteralInline($"{PlainText.Of(link)} (no picture)".Trim()), copyChildren: false);
            return;
        }

        if (url.Length == 0 || url[0] == '#') return;
        if (!SafeLink.IsHarmless(url))
        {
            state.Note("link", place,
                $"a link to {SafeLink.Scheme(url)}: leads nowhere on the page; links may be {SafeLink.Known}, or relative.");
            link.Url = "#";
            return;
        }

        // A link between notebooks is one between pages.
        if (SafeLink.Scheme(url) is not null || url.StartsWith('/')) return;
        var parts = url.Split('#', 2);
        if (state.LinkTo(parts[0]) is { } target)
        {
            if (target.Address is null) link.ReplaceBy(new LiteralInline(PlainText.Of(link)), copyChildren: false);
            else link.Url = string.Join('#', parts.Skip(1).Prepend(target.Address));
            return;
        }

        if (Path.GetExtension(parts[0]) is ".dib" or ".ipynb")
            link.Url = string.Join('#', parts.Skip(1).Prepend(Path.ChangeExtension(parts[0], ".html")));
    }

    void Resolve(AutolinkInline link, PagePlace place)
    {
        if (link.IsEmail || SafeLink.IsHarmless(link.Url)) return;
        state.Note("link", place,
            $"a link to {SafeLink.Scheme(link.Url)}: leads nowhere on the page; links may be {SafeLink.Known}, or relative.");
        link.ReplaceBy(new LiteralInline(link.Url), copyChildren: false);
    }

    static void Mark(QuoteBlock quote)
    {
        if (quote.FirstOrDefault() is not ParagraphBlock { Inline.FirstChild: EmphasisInline { DelimiterCount: 2 } strong }) return;
        var word = PlainText.Of(strong).Trim(' ', '.', ':', '?', '!').ToLowerInvariant();
        if (Callouts.Contains(word)) quote.GetAttributes().AddClass($"callout callout-{word}");
    }
}
