using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// <c>await (…)</c> at the top of a cell. The parser of scripts takes it for a call of something named <c>await</c>; a program's takes it
/// for what it is.
/// The tree is mended, so the text stays as it is.
/// </summary>
static partial class AwaitedParentheses
{
    /// <summary>The tree in which such calls are awaits.</summary>
    public static SyntaxTree Mend(SyntaxTree tree)
    {
        if (!Suspect().IsMatch(tree.GetText().ToString())) return tree;
        var root = tree.GetRoot();
        while (root.DescendantNodes(
            n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax
                or BaseTypeDeclarationSyntax))
            .OfType<InvocationExpressionSyntax>().FirstOrDefault(IsAwait) is { } call)
        {
            var operand = call.ArgumentList.Arguments[0].Expression;
            var inner = SyntaxFactory.ParenthesizedExpression(call.ArgumentList.OpenParenToken, operand, call.ArgumentList.CloseParenToken);
            var chain = Chain(call);
            var awaited = chain == call ? inner : chain.ReplaceNode(call, inner);
            var name = ((IdentifierNameSyntax)call.Expression).Identifier;
            var word = SyntaxFactory.Token(name.LeadingTrivia, SyntaxKind.AwaitKeyword, name.TrailingTrivia);
            root = root.ReplaceNode(chain, SyntaxFactory.AwaitExpression(word, awaited));
        }

        return root == tree.GetRoot() ? tree : tree.WithRootAndOptions(root, tree.Options);
    }

    static bool IsAwait(InvocationExpressionSyntax call) => call is
    {
        Expression: IdentifierNameSyntax { Identifier.Text: "await" },
        ArgumentList.Arguments: [{ NameColon: null, RefKindKeyword.RawKind: 0 }],
    };

    /// <summary>What is awaited reaches as far to the right as calls and members follow.</summary>
    static ExpressionSyntax Chain(ExpressionSyntax start)
    {
        while (start.Parent is ExpressionSyntax next && next switch
        {
            MemberAccessExpressionSyntax member => member.Expression == start,
            InvocationExpressionSyntax call => call.Expression == start,
            ElementAccessExpressionSyntax element => element.Expression == start,
            ConditionalAccessExpressionSyntax access => access.Expression == start,
            PostfixUnaryExpressionSyntax => true,
            _ => false,
        }) start = next;
        return start;
    }

    [GeneratedRegex(@"\bawait\s*\(")]
    private static partial Regex Suspect();
}
