using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Export.Folds;

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
            else if (CheckCells.Needed((cell.Number, cell.Root), cells.Select(c => (c.Number, c.Root))) is { } name)
                yield return cell.At("check-cell",
                    $"Expected a cell of checks to declare what it alone needs. Received: {name.Name}, which cell {name.By} uses. "
                        + "Move its declaration into the cell of the idea.", isAdvice: true);
    }

    /// <summary>Whether a cell does nothing but check: statements that check, and declarations and loops that lead to them.</summary>
    public static bool OnlyChecks(PageCell cell) => CheckCells.OnlyCheck(cell.Root);

    /// <summary>Whether a call checks where it stands: a function of nothing but checks only says how.</summary>
    static bool InIdea(HelperCall call) => IsCheck(call) && !call.Node.Ancestors().Any(a => a switch
    {
        MethodDeclarationSyntax { Body: { } body } => CheckCells.LeadsToChecks(body),
        LocalFunctionStatementSyntax { Body: { } body } => CheckCells.LeadsToChecks(body),
        _ => false,
    });

    static bool IsCheck(HelperCall call) => call.Method is not ("Table" or "Rows");
}
