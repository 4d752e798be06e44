using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Lint.Writing;

/// <summary>A slider has at least two values, none twice, its still is one of them, and the figure is shown.</summary>
static class SliderRule
{
    /// <summary>What can be seen of a slider without running it.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<PageCell> cells)
    {
        foreach (var cell in cells)
        {
            foreach (var call in cell.Calls("Slider").Where(c => c.Method == "Over"))
                foreach (var message in Problems(call)) yield return cell.At(call.Node, "slider", message);
            foreach (var call in cell.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsMoving))
                if (HelperCall.IsThrownAway(call))
                    yield return cell.At(call, "slider", "Expected the figure to be shown. Received: a line that ends in ';'. "
                        + "Make it the last line of the cell without ';', or write display(…) around it.");
        }
    }

    static bool IsMoving(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax member
        && (member.Name.Identifier.Text == "Replay" || HelperCall.Of(call) is { Type: "Slider", Method: "Over" });

    static IEnumerable<string> Problems(HelperCall call)
    {
        if (Values(call.Argument("values", 1)) is not { } values) yield break;
        if (values.Count < 2)
        {
            yield return $"Expected at least two values. Received: {(values.Count == 0 ? "none" : "one")}. "
                + "Show the figure itself, or add values.";
            yield break;
        }

        var known = values.Select(Constant).ToList();
        if (known.Contains(null)) yield break;
        if (known.GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"Expected values that differ. Received: {twice.Key} {twice.Count()} times. Leave one out.";
        if (Constant(call.Argument("at", 3)) is { } at && !known.Contains(at))
            yield return $"Expected at to be one of {string.Join(", ", known)}. Received: {at}. The still shows one of the states.";
    }

    static List<ExpressionSyntax>? Values(ExpressionSyntax? values) => values switch
    {
        CollectionExpressionSyntax list when list.Elements.All(e => e is ExpressionElementSyntax) =>
            [.. list.Elements.Cast<ExpressionElementSyntax>().Select(e => e.Expression)],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        _ => null,
    };

    /// <summary>The value of a literal as a text; null for all else.</summary>
    static string? Constant(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        LiteralExpressionSyntax { Token.Value: IConvertible number } => Plain(number, 1),
        PrefixUnaryExpressionSyntax { OperatorToken.Text: "-", Operand: LiteralExpressionSyntax { Token.Value: IConvertible number } } =>
            Plain(number, -1),
        _ => null,
    };

    static string? Plain(IConvertible number, int sign) => number is double or float or int or long or decimal
        ? (sign * number.ToDouble(CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
        : null;
}
