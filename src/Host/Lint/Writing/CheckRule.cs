using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Lint.Writing;

/// <summary>
/// Checks stand in cells of their own, which a page folds. Such a cell may compute what it compares; it shows nothing else, and what it
/// declares nobody needs later.
/// </summary>
static class CheckRule
{
    /// <summary>Says which cells mix checks with an idea, and which checking cells declare what others need.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<PageCell> cells)
    {
        foreach (var (cell, first) in cells.Where(c => !c.IsExercise).Select(c => (c, c.Calls("Check").FirstOrDefault(InIdea))))
            if (first is null) continue;
            else if (!OnlyChecks(cell))
                yield return cell.At(first.Node, "check-cell",
                    "Expected checks in a cell of their own. Received: a check among the lines of an idea. Move it into the next cell.",
                    isAdvice: true);
            else if (Needed(cell, cells) is { } name)
                yield return cell.At("check-cell",
                    $"Expected a cell of checks to declare what it alone needs. Received: {name.Name}, which cell {name.By} uses. "
                        + "Move its declaration into the cell of the idea.", isAdvice: true);
    }

    /// <summary>Whether a cell does nothing but check: statements that check, and declarations and loops that lead to them.</summary>
    public static bool OnlyChecks(PageCell cell) => cell.Calls("Check").Any(IsCheck)
        && cell.Root.Members.All(m => m is GlobalStatementSyntax or FieldDeclarationSyntax) && cell.Statements.All(LeadsToChecks);

    /// <summary>Whether a call checks where it stands: a function of nothing but checks only says how.</summary>
    static bool InIdea(HelperCall call) => IsCheck(call) && !call.Node.Ancestors().Any(a => a switch
    {
        MethodDeclarationSyntax { Body: { } body } => LeadsToChecks(body),
        LocalFunctionStatementSyntax { Body: { } body } => LeadsToChecks(body),
        _ => false,
    });

    static bool IsCheck(HelperCall call) => call.Method is not ("Table" or "Rows");

    static bool LeadsToChecks(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax => true,
        ExpressionStatementSyntax { SemicolonToken.IsMissing: false } line => line.Expression switch
        {
            InvocationExpressionSyntax call => HelperCall.Of(call) is { Type: "Check" } check && IsCheck(check),
            AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => true,
            _ => false,
        },
        BlockSyntax block => block.Statements.All(LeadsToChecks),
        CommonForEachStatementSyntax loop => LeadsToChecks(loop.Statement),
        ForStatementSyntax loop => LeadsToChecks(loop.Statement),
        WhileStatementSyntax loop => LeadsToChecks(loop.Statement),
        UsingStatementSyntax part => LeadsToChecks(part.Statement),
        IfStatementSyntax choice => LeadsToChecks(choice.Statement) && (choice.Else is null || LeadsToChecks(choice.Else.Statement)),
        _ => false,
    };

    static (string Name, int By)? Needed(PageCell cell, IReadOnlyList<PageCell> cells)
    {
        var declared = Declared(cell).ToHashSet();
        foreach (var later in cells.Where(c => c.Number > cell.Number))
        {
            // A name that is declared anew there is another thing.
            declared.ExceptWith(Declared(later));
            var names = later.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Select(n => n.Identifier.Text);
            if (names.FirstOrDefault(declared.Contains) is { } name) return (name, later.Number);
        }
        return null;
    }

    /// <summary>The variables that a cell declares for all that follow.</summary>
    static IEnumerable<string> Declared(PageCell cell)
    {
        var fields = cell.Root.Members.OfType<FieldDeclarationSyntax>().SelectMany(f => f.Declaration.Variables);
        var locals = cell.Statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(l => l.Declaration.Variables);
        var pairs = cell.Statements.OfType<ExpressionStatementSyntax>().Select(s => s.Expression).OfType<AssignmentExpressionSyntax>()
            .SelectMany(a => a.Left.DescendantNodesAndSelf()).OfType<SingleVariableDesignationSyntax>().Select(d => d.Identifier.Text);
        return fields.Concat(locals).Select(v => v.Identifier.Text).Concat(pairs);
    }
}
