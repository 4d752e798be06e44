using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Facade;

/// <summary>The XML documentation of a declaration: its elements in order.</summary>
sealed partial record Doc(IReadOnlyList<(string Tag, string? Name, string Text)> Elements)
{
    public static Doc Of(SyntaxNode node)
    {
        var comment = string.Join(' ', node.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            .Select(t => t.ToFullString()));
        return new([.. Element().Matches(Whitespace().Replace(comment.Replace("///", " "), " ")).Select(m => (m.Groups["tag"].Value,
            m.Groups["name"] is { Success: true } n ? n.Value : null, m.Value.Trim()))]);
    }

    /// <summary>The first element with this tag.</summary>
    public string? this[string tag] => Elements.FirstOrDefault(e => e.Tag == tag).Text;

    /// <summary>What is said of a parameter.</summary>
    public string? Param(string name) => Elements.FirstOrDefault(e => e.Tag == "param" && e.Name == name).Text;

    /// <summary>Everything with this tag.</summary>
    public IEnumerable<string> All(string tag) => Elements.Where(e => e.Tag == tag).Select(e => e.Text);

    [GeneratedRegex("""<(?<tag>summary|remarks|param|returns|exception)(?: (?:name|cref)="(?<name>[^"]*)")?>.*?</\k<tag>>""")]
    private static partial Regex Element();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
