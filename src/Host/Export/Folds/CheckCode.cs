using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;

namespace Workbook.Host.Export.Folds;

/// <summary>
/// The code of a cell in pieces: statements that only check, and the rest. Put together again in order they are the whole code.
/// </summary>
static class CheckCode
{
    /// <summary>A piece of code.</summary>
    /// <param name="Number">Its place among the pieces, from 0.</param>
    /// <param name="IsCheck">Whether its statements are <c>Check.…;</c>, or loops of nothing else.</param>
    /// <param name="Text">The code without the empty lines around it.</param>
    public sealed record Piece(int Number, bool IsCheck, string Text);

    /// <summary>The pieces, checks and the rest by turns; one piece for code that cannot be taken apart.</summary>
    public static IReadOnlyList<Piece> Split(string code)
    {
        if (CodeDepth.Problem(code) is not null) return [new Piece(0, false, code)];
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, DirectiveReader.Dialect).GetRoot();
        var pieces = new List<(bool IsCheck, int From, int To)> { (false, 0, 0) };
        foreach (var member in root.Members)
        {
            var isCheck = member is GlobalStatementSyntax { Statement: var statement } && IsCheck(statement);
            if (pieces[^1].IsCheck == isCheck) pieces[^1] = pieces[^1] with { To = member.FullSpan.End };
            else pieces.Add((isCheck, pieces[^1].To, member.FullSpan.End));
        }

        pieces[^1] = pieces[^1] with { To = code.Length };
        return [.. pieces.Select(p => (p.IsCheck, Text: code[p.From..p.To].Trim('\n', '\r'))).Where(p => p.Text.Trim().Length > 0)
            .Select((p, i) => new Piece(i, p.IsCheck, p.Text))];
    }

    static bool IsCheck(StatementSyntax statement) => statement switch
    {
        // Without its semicolon it is the cell's value.
        ExpressionStatementSyntax { SemicolonToken.IsMissing: false, Expression: InvocationExpressionSyntax call } =>
            call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Check" } },
        CommonForEachStatementSyntax loop => IsCheck(loop.Statement),
        ForStatementSyntax loop => IsCheck(loop.Statement),
        BlockSyntax { Statements.Count: > 0 } block => block.Statements.All(IsCheck),
        _ => false,
    };
}
