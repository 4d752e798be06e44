using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Lint.Writing;

/// <summary>A call of a static class of the helpers.</summary>
/// <param name="Type">The class, such as Prediction.</param>
/// <param name="Method">The method, such as Choice.</param>
/// <param name="Node">The call.</param>
sealed record HelperCall(string Type, string Method, InvocationExpressionSyntax Node)
{
    /// <summary>The call as one; null when it is none of a class by its name.</summary>
    public static HelperCall? Of(InvocationExpressionSyntax node) =>
        node.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } member
            ? new(type.Identifier.Text, member.Name.Identifier.Text, node) : null;

    /// <summary>The argument of a parameter: by its name, or at its place.</summary>
    public ExpressionSyntax? Argument(string name, int place)
    {
        var arguments = Node.ArgumentList.Arguments;
        return (arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == name)
            ?? arguments.Where((a, i) => i == place && a.NameColon is null).FirstOrDefault())?.Expression;
    }

    /// <summary>The argument's text when it is a literal one; null otherwise.</summary>
    public string? Text(string name, int place) => Literal(Argument(name, place));

    /// <summary>The text of a literal; null for all else.</summary>
    public static string? Literal(ExpressionSyntax? expression) =>
        expression is LiteralExpressionSyntax { Token.Value: string text } ? text : null;

    /// <summary>Whether the value of an expression goes nowhere: a line that ends in a semicolon.</summary>
    public static bool IsThrownAway(ExpressionSyntax expression) =>
        expression.Parent is ExpressionStatementSyntax { SemicolonToken.IsMissing: false };
}
