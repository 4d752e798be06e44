using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Sessions;

/// <summary>
/// Whether what a cell ends with is a value to show: that of its last expression without a semicolon, or of a <c>return</c> at its top.
/// </summary>
/// <param name="Always">Whether it is one, whatever it is; else it is one unless it is null, since a cell that ran past its last
/// <c>return</c> gives null.</param>
/// <param name="Sometimes">Whether it may be one.</param>
sealed record ReturnedValue(bool Always, bool Sometimes)
{
    /// <summary>Looks at a compiled cell.</summary>
    public static ReturnedValue Of(CSharpCompilation compilation, SyntaxTree tree)
    {
        var members = ((CompilationUnitSyntax)tree.GetRoot()).Members;
        var returns = members.OfType<GlobalStatementSyntax>()
            .SelectMany(m => m.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            .OfType<ReturnStatementSyntax>().ToList();
        var last = (members.LastOrDefault() as GlobalStatementSyntax)?.Statement;
        var isTrailing = last is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } end
            && HasValue(compilation, tree, end.Expression);
        var isCertain = isTrailing || last is ReturnStatementSyntax { Expression: not null };
        return new ReturnedValue(isCertain && returns.TrueForAll(r => r.Expression is not null),
            isTrailing || returns.Exists(r => r.Expression is not null));
    }

    /// <summary>The value to show; null when there is none.</summary>
    public Trailing? Shown(object? value) => Always || (Sometimes && value is not null) ? new Trailing(value) : null;

    static bool HasValue(CSharpCompilation compilation, SyntaxTree tree, ExpressionSyntax expression)
    {
        var type = compilation.GetSemanticModel(tree).GetTypeInfo(expression).Type;
        return type is null || type.SpecialType != SpecialType.System_Void;
    }
}
