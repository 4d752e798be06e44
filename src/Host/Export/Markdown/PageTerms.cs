using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Finds the first use of each term in the prose of a page: whole words of paragraphs, whatever their case; not in headings, links, code
/// and formulas.
/// </summary>
sealed class PageTerms
{
    readonly Dictionary<string, PageTerm> byForm = new(StringComparer.OrdinalIgnoreCase);

    readonly HashSet<PageTerm> used = [];

    readonly Regex? forms;

    /// <summary>The terms of a page; none cost nothing.</summary>
    public PageTerms(IReadOnlyList<PageTerm> terms)
    {
        foreach (var term in terms)
            foreach (var form in term.Forms) byForm.TryAdd(form, term);
        if (byForm.Count == 0) return;
        var words = byForm.Keys.OrderByDescending(f => f.Length).Select(Regex.Escape);
        forms = new Regex($@"(?<![\w-])(?:{string.Join('|', words)})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    /// <summary>Marks the first uses in a text.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Mark(MarkdownDocument document)
    {
        if (forms is null) return false;
        var before = used.Count;
        foreach (var paragraph in document.Descendants<ParagraphBlock>().Where(p => p.Inline is not null))
            foreach (var text in paragraph.Inline!.Descendants<LiteralInline>().Where(t => !IsInLink(t)).ToList()) Mark(text);
        return used.Count > before;
    }

    void Mark(LiteralInline literal)
    {
        var text = literal.Content.ToString();
        foreach (Match match in forms!.Matches(text))
        {
            var term = byForm[match.Value];
            if (!used.Add(term)) continue;
            var rest = new LiteralInline(text[(match.Index + match.Length)..]);
            literal.Content = new(text[..match.Index]);
            var use = new TermInline(match.Value, term);
            literal.InsertAfter(use);
            use.InsertAfter(rest);
            Mark(rest);
            return;
        }
    }

    static bool IsInLink(Inline inline)
    {
        for (var parent = inline.Parent; parent is not null; parent = parent.Parent)
            if (parent is LinkInline) return true;
        return false;
    }
}
