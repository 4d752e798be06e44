using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>A paragraph that begins with <c>*Hint.*</c> or <c>*Hint 2.*</c>, folded behind this word.</summary>
/// <param name="summary">What stands for it.</param>
sealed partial class HintBlock(string summary) : ContainerBlock(null)
{
    /// <summary>What stands for it while it is folded.</summary>
    public string Summary => summary;

    /// <summary>Folds the hints of a text; where there are several without a number they are numbered.</summary>
    public static void Fold(MarkdownDocument document)
    {
        var hints = document.OfType<ParagraphBlock>().Select(p => (Paragraph: p, Word: Word(p))).Where(h => h.Word is not null).ToList();
        for (var i = 0; i < hints.Count; i++)
        {
            var (paragraph, word) = hints[i];
            var summary = word!.Any(char.IsDigit) || hints.Count == 1 ? word! : $"{word} {i + 1}";
            var at = document.IndexOf(paragraph);
            document.RemoveAt(at);
            paragraph.Inline!.FirstChild!.Remove();
            if (paragraph.Inline.FirstChild is LiteralInline text) text.Content = new(text.Content.ToString().TrimStart());
            document.Insert(at, new HintBlock(summary) { paragraph });
        }
    }

    static string? Word(ParagraphBlock paragraph) =>
        paragraph.Inline?.FirstChild is EmphasisInline emphasis && Mark().Match(PlainText.Of(emphasis)) is { Success: true } mark
            ? mark.Groups["word"].Value : null;

    [GeneratedRegex(@"^(?<word>Hint(?: \d)?)[.:]?$")]
    private static partial Regex Mark();
}
