using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Lint.Writing;

/// <summary>
/// A prediction is the reader's: a question with choices, shown, without an answer in his name, and revealed in a later cell.
/// </summary>
static class PredictionRule
{
    static readonly string[] Asking = ["Choice", "Number"];

    /// <summary>What is wrong with the predictions of a notebook.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<PageCell> cells)
    {
        var asked = new HashSet<string>();
        foreach (var cell in cells)
            foreach (var call in cell.Calls("Prediction").Where(c => Asking.Contains(c.Method)))
            {
                var name = NameOf(call.Node);
                if (call.Text("question", 0) is { } question && !asked.Add(question))
                    yield return cell.At(call.Node, "prediction",
                        $"Expected each question once. Received again: \"{question}\". Ask otherwise.");
                foreach (var message in Choices(call)) yield return cell.At(call.Node, "prediction", message);
                if (Decoy(call) is { } decoy)
                    yield return cell.At(call.Node, "decoy", $"Expected no answer in the reader's name. Received: yours: {decoy}. "
                        + $"Write yours: {(call.Method == "Number" ? "null" : "\"\"")}.");
                if (name is null)
                    yield return cell.At(call.Node, "prediction",
                        "Expected a variable that holds the prediction, so that it can be revealed. Write var answer = Prediction.…;");
                else
                    foreach (var finding in Shown(cell, call, name).Concat(Revealed(cell, call, name, cells))) yield return finding;
            }
    }

    static IEnumerable<string> Choices(HelperCall call)
    {
        if (call.Method != "Choice" || CountOf(call) is not { } count) yield break;
        if (count < 2)
            yield return $"Expected at least two choices. Received: {(count == 0 ? "none" : "one")}. Write each as a text after yours.";
        else if (count > 26) yield return $"Expected at most 26 choices. Received: {count}. Ask for less at once.";
    }

    /// <summary>How many choices a question has; null when that cannot be seen.</summary>
    static int? CountOf(HelperCall call)
    {
        var choices = call.Node.ArgumentList.Arguments.Skip(2).Select(a => a.Expression).ToList();
        if (choices is [CollectionExpressionSyntax list]) return list.Elements.Count;
        if (choices is [ImplicitArrayCreationExpressionSyntax array]) return array.Initializer.Expressions.Count;
        return choices is [IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax] ? null : choices.Count;
    }

    static string? Decoy(HelperCall call) => call.Argument("yours", 1) is { } yours
        && !yours.IsKind(SyntaxKind.NullLiteralExpression) && HelperCall.Literal(yours)?.Trim() != "" ? $"{yours}" : null;

    static string? NameOf(InvocationExpressionSyntax call) => call.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.Text,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.Text,
        _ => null,
    };

    static IEnumerable<Finding> Shown(PageCell cell, HelperCall call, string name)
    {
        var isLast = cell.Statements.LastOrDefault() is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
            && IsIt(last.Expression);
        var isDisplayed = cell.Root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(c => c.Expression switch
        {
            IdentifierNameSyntax { Identifier.Text: "display" } => c.ArgumentList.Arguments.Any(a => IsIt(a.Expression)),
            MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" } member => IsIt(member.Expression),
            _ => false,
        });
        if (!isLast && !isDisplayed)
            yield return cell.At(call.Node, "prediction", $"Expected the question to be shown. Received: no line {name} at the end of the "
                + $"cell, nor display({name}). Add one.");

        bool IsIt(ExpressionSyntax expression) => expression is IdentifierNameSyntax { Identifier.Text: var text } && text == name;
    }

    static IEnumerable<Finding> Revealed(PageCell cell, HelperCall call, string name, IReadOnlyList<PageCell> cells)
    {
        var reveals = cells.SelectMany(c => c.Calls(name).Where(r => r.Method is "Reveal").Select(r => (Cell: c, Call: r))).ToList();
        if (reveals.Count == 0)
            yield return cell.At(call.Node, "prediction",
                $"Expected {name}.Reveal(…) in the cell that shows the result. Received: none. Add it.");
        foreach (var (at, reveal) in reveals)
        {
            if (at.Number <= cell.Number)
                yield return at.At(reveal.Node, "prediction", $"Expected the answer in a later cell than the question {name}. "
                    + $"Received: it in {(at == cell ? "the same cell" : "an earlier one")}. Move it.");
            if (HelperCall.IsThrownAway(reveal.Node))
                yield return at.At(reveal.Node, "prediction", $"Expected the answer to {name} to be shown. Received: a line that ends in "
                    + "';'. Make it the last line of the cell without ';', or write display(…) around it.");
            if (call.Method == "Choice" && reveal.Text("answer", 0)?.Trim().ToLowerInvariant() is { } letter
                && CountOf(call) is >= 2 and var count && (letter.Length != 1 || letter[0] < 'a' || letter[0] >= 'a' + count))
                yield return at.At(reveal.Node, "prediction", $"Expected the letter of one of the {count} choices of {name}. "
                    + $"Received: \"{letter}\". Write a letter up to {(char)('a' + count - 1)}.");
        }
    }
}
