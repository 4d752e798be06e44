using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Directives;

/// <summary>
/// Finds the directives of a cell. The compiler's own parser says what is a directive, so strings, comments and <c>#if</c> are respected.
/// </summary>
static class DirectiveReader
{
    /// <summary>The C# script dialect that cells are written in.</summary>
    public static CSharpParseOptions Dialect { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>
    /// The directives in order, and the source with each of them blanked out, so that every other character keeps its place.
    /// </summary>
    public static (IReadOnlyList<Directive> Directives, string Source) Read(string source)
    {
        // Of code that nests too deep the compiler says so; reading it here could end the process.
        if (!source.Contains('#') || CodeDepth.Problem(source) is not null) return ([], source);
        var root = CSharpSyntaxTree.ParseText(source, Dialect).GetRoot();
        var found = new List<Directive>();
        var text = source.ToCharArray();
        foreach (var trivia in root.DescendantTrivia().Where(t => t.IsDirective))
        {
            var node = (DirectiveTriviaSyntax)trivia.GetStructure()!;
            var line = source[node.SpanStart..CodeText.EndOfLine(source, node.SpanStart)];
            if (!node.IsActive || Name(node, line) is not { } name) continue;
            found.Add(new Directive(name, Unquoted(line[name.Length..].Trim()), source.AsSpan(0, node.SpanStart).Count('\n') + 1));
            text.AsSpan(node.SpanStart, line.Length).Fill(' ');
        }

        return found.Count == 0 ? ([], source) : (found, new string(text));
    }

    static string? Name(DirectiveTriviaSyntax node, string line)
    {
        if (node.IsKind(SyntaxKind.ReferenceDirectiveTrivia)) return "#r";
        if (node.IsKind(SyntaxKind.LoadDirectiveTrivia)) return "#load";
        var word = line.Split(' ', '\t')[0];
        return word == "#i" || word.StartsWith("#!", StringComparison.Ordinal) ? word : null;
    }

    /// <summary>Most arguments are paths, and no path holds a NUL: with another character it is one that leads nowhere.</summary>
    static string Unquoted(string argument) =>
        (argument is ['"', .. var inner, '"'] ? inner : argument).Replace('\0', '\uFFFD');
}
