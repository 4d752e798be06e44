using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>Says whether a cell can be run as it stands. It needs no session, only the parser.</summary>
internal static class CompletenessCheck
{
    const string Step = "    ";

    /// <summary>A string, raw string or comment that goes on past the end.</summary>
    static readonly string[] Unterminated = ["CS1035", "CS1039", "CS8997", "CS9004"];

    /// <summary>The answer for a text. What only the compiler can say, such as that a name is unknown, makes it no less complete.</summary>
    public static Completeness Of(string code)
    {
        var (directives, source) = DirectiveReader.Read(code);
        var tree = CSharpSyntaxTree.ParseText(source, DirectiveReader.Dialect);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return new Completeness("incomplete", Indent(code, root));
        var isKnown = directives.All(d => CSharpSession.Known.Contains(d.Name));
        return new Completeness(isKnown && (LibraryCell.IsOne(root) || !HasErrors(tree)) ? "complete" : "invalid", "");
    }

    static bool HasErrors(SyntaxTree tree) => tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>As deep as the last line, and a step deeper where that opens something. What a string or comment goes on with is the author's.</summary>
    static string Indent(string code, CompilationUnitSyntax root)
    {
        if (root.GetDiagnostics().Any(d => Unterminated.Contains(d.Id))) return "";
        var line = code.TrimEnd().Split('\n')[^1];
        return line[..^line.TrimStart().Length] + (Opens(root.GetLastToken()) ? Step : "");
    }

    static bool Opens(SyntaxToken last) => last.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.EqualsToken or SyntaxKind.EqualsGreaterThanToken => true,
        SyntaxKind.CloseParenToken or SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword => last.Parent is (StatementSyntax and not DoStatementSyntax { WhileKeyword.IsMissing: false }) or ElseClauseSyntax,
        _ => false,
    };
}
