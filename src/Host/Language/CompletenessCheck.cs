using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>Says whether a cell can be run as it stands. It needs no session, only the parser.</summary>
static class CompletenessCheck
{
    const string Step = "    ";

    /// <summary>A string, raw string or comment that goes on past the end.</summary>
    static readonly string[] Unterminated = ["CS1035", "CS1039", "CS8997", "CS9004"];

    /// <summary>The answer for a text. What only the compiler can say, such as that a name is unknown, makes it no less complete.</summary>
    public static Completeness Of(string code)
    {
        if (Markup.Marked(code) is { Language: not "csharp" } || SharedValues.IsOne(code)) return new Completeness("complete", "");
        if (CodeDepth.Problem(code) is not null) return new Completeness("unknown", "");
        var (directives, source) = DirectiveReader.Read(code);
        var tree = CSharpSyntaxTree.ParseText(source, DirectiveReader.Dialect);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var errors = LibraryCell.IsOne(root) ? [] : tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var isSkipped = root.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SkippedTokensTrivia));
        if (!SyntaxFactory.IsCompleteSubmission(tree) && !isSkipped && errors.All(e => CanBeMended(e, root)))
            return new Completeness("incomplete", Indent(code, root));
        return new Completeness(errors.Count == 0 && directives.All(d => CSharpSession.Known.Contains(d.Name)) ? "complete" : "invalid",
            "");
    }

    /// <summary>Whether further lines can undo an error: something is missing at the end, or goes on past it.</summary>
    static bool CanBeMended(Diagnostic error, CompilationUnitSyntax root) =>
        Unterminated.Contains(error.Id) || error.Location.SourceSpan.Start >= root.GetLastToken().Span.End;

    /// <summary>
    /// As deep as the last line, and a step deeper where that opens something. What a string or comment goes on with is the author's.
    /// </summary>
    static string Indent(string code, CompilationUnitSyntax root)
    {
        if (root.GetDiagnostics().Any(d => Unterminated.Contains(d.Id))) return "";
        var line = code.TrimEnd().Split('\n')[^1];
        return line[..^line.TrimStart().Length] + (Opens(root.GetLastToken()) ? Step : "");
    }

    static bool Opens(SyntaxToken last) => last.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.EqualsToken
            or SyntaxKind.EqualsGreaterThanToken => true,
        SyntaxKind.CloseParenToken or SyntaxKind.ElseKeyword
            or SyntaxKind.DoKeyword =>
                last.Parent is (StatementSyntax and not DoStatementSyntax { WhileKeyword.IsMissing: false }) or ElseClauseSyntax,
        _ => false,
    };
}
