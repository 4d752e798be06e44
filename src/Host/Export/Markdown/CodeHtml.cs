using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// C# with its tokens in coloured spans, from Roslyn's own syntax tree: no script in the page, and never wrong about strings or comments.
/// </summary>
static class CodeHtml
{
    static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    /// <summary>The code as HTML; what cannot be parsed is still there, every character of it.</summary>
    public static string Highlight(string code)
    {
        // The colours are worth little where nobody can read the code.
        if (CodeDepth.Problem(code) is not null) return WebUtility.HtmlEncode(code);
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia) Append(html, trivia.ToFullString(), ClassOf(trivia));
            Append(html, token.Text, ClassOf(token));
            foreach (var trivia in token.TrailingTrivia) Append(html, trivia.ToFullString(), ClassOf(trivia));
        }
        return html.ToString();
    }

    static void Append(StringBuilder html, string text, string? kind)
    {
        if (text.Length == 0) return;
        var encoded = WebUtility.HtmlEncode(text);
        if (kind is null) html.Append(encoded);
        else html.Append("<span class=\"").Append(kind).Append("\">").Append(encoded).Append("</span>");
    }

    static string? ClassOf(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => "c-comment",
        _ when trivia.IsDirective => "c-directive",
        _ => null,
    };

    static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken => "c-string",
        SyntaxKind.NumericLiteralToken => "c-number",
        SyntaxKind.IdentifierToken => IdentifierClass(token),
        var kind when SyntaxFacts.IsKeywordKind(kind) => "c-keyword",
        _ => null,
    };

    static string? IdentifierClass(SyntaxToken token) => token.Parent switch
    {
        IdentifierNameSyntax { Identifier.Text: "var" or "await" or "nameof" } => "c-keyword",
        BaseTypeDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax => "c-type",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "c-call",
        SimpleNameSyntax name => NameClass(name),
        _ => null,
    };

    static string? NameClass(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => "c-call",
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == name
            && call.Expression == access => "c-call",
        ObjectCreationExpressionSyntax or VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or BaseTypeSyntax
            or CastExpressionSyntax or ArrayTypeSyntax or NullableTypeSyntax or TypeOfExpressionSyntax or DeclarationExpressionSyntax
            or MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or DeclarationPatternSyntax => "c-type",
        _ => null,
    };
}
