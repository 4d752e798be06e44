using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>
/// An exercise answers: it is defined, what the reader writes is checked, and a solution is checked by the same rules. There is a hint, and
/// the solution leaves alone what the reader wrote.
/// </summary>
static partial class ExerciseRule
{
    /// <summary>What is wrong with the exercises of a notebook.</summary>
    public static IEnumerable<Finding> Find(NotebookDocument document, IReadOnlyList<PageCell> cells)
    {
        var calls = cells.SelectMany(c => c.Calls("Exercise").Select(e => (Cell: c, Call: e, Name: e.Text("name", 0)))).ToList();
        foreach (var exercise in calls.Where(c => c.Name is not null).GroupBy(c => c.Name!))
        {
            var (defines, checks, solutions) = (Of("Define"), Of("Check"), Of("Solution"));
            var first = exercise.First();
            Finding Say(string message) => first.Cell.At(first.Call.Node, "exercise", message);

            foreach (var (cell, call, name) in defines.Skip(1))
                yield return cell.At(call.Node, "exercise",
                    $"Expected each exercise once. Received: a second \"{name}\". Name it otherwise.");
            foreach (var (method, found) in new[] { ("Define", defines), ("Check", checks), ("Solution", solutions) })
                if (found.Count == 0)
                    yield return Say($"Exercise {exercise.Key}: expected Exercise.{method}(\"{exercise.Key}\", …). Received: none. "
                        + (calls.Find(c => c.Call.Method == method && c.Name != exercise.Key).Name is { } other
                            ? $"Add it, or mend a name such as \"{other}\"." : "Add it."));
            if (checks.Concat(solutions).Any(c => defines.Count > 0 && c.Cell.Number <= defines[0].Cell.Number))
                yield return Say($"Exercise {exercise.Key}: expected Exercise.Define in an earlier cell. Move it up.");
            if (checks.Count > 0 && solutions.Any(s => s.Cell.Number <= checks[0].Cell.Number))
                yield return Say($"Exercise {exercise.Key}: expected Exercise.Check in an earlier cell than the solution. Move it up.");
            foreach (var (cell, call, _) in checks.Where(c => HelperCall.IsThrownAway(c.Call.Node)))
                yield return cell.At(call.Node, "exercise", $"Exercise {exercise.Key}: expected the verdict to be shown. Received: a line "
                    + "that ends in ';'. Make it the last line of the cell without ';'.");
            foreach (var (cell, call, _) in solutions.Where(s => !s.Cell.IsSolution))
                yield return cell.At(call.Node, "exercise", $"Exercise {exercise.Key}: expected the solution in a cell with "
                    + "//| tags: solution, which a page folds. Add the line.");
            if (!HasHint(document, first.Cell, solutions.Count > 0 ? solutions[0].Cell : cells[^1]))
                yield return Say($"Exercise {exercise.Key}: expected a paragraph that begins with *Hint.* before the solution. "
                    + "Received: none. Write what would help, without the answer.");

            List<(PageCell Cell, HelperCall Call, string? Name)> Of(string method) =>
                [.. exercise.Where(c => c.Call.Method == method)];
        }

        foreach (var finding in Silent(cells).Concat(Redefined(cells))) yield return finding;
    }

    /// <summary>Cells that bear the tag of an exercise or of a solution, and have no rules.</summary>
    static IEnumerable<Finding> Silent(IReadOnlyList<PageCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var run = cells.Skip(i).TakeWhile(c => c.IsSolution).ToList();
            if (run.Count > 0 && !run.Exists(c => c.Calls("Exercise").Any(e => e.Method == "Solution")))
                yield return run[0].At("exercise",
                    "Expected Exercise.Solution(…) in the solution. Received: none. Let the rules of the exercise check it.");
            i += run.Count;
            if (i < cells.Count && cells[i].Cell.Tags.Contains("exercise") && !cells.Skip(i).TakeWhile(c => !c.IsSolution)
                .Any(c => c.Calls("Exercise").Any(e => e.Method == "Check")))
                yield return cells[i].At("exercise",
                    "Expected Exercise.Check(…) before the solution. Received: none. Let the exercise answer.");
        }
    }

    /// <summary>Names of the reader that a solution declares again.</summary>
    static IEnumerable<Finding> Redefined(IReadOnlyList<PageCell> cells)
    {
        var written = cells.Where(c => c.Cell.Tags.Contains("exercise") && !c.IsSolution).SelectMany(Declared).ToHashSet();
        foreach (var cell in cells.Where(c => c.IsSolution))
            if (Declared(cell).FirstOrDefault(written.Contains) is { } name)
                yield return cell.At("exercise", $"Expected a solution that leaves alone what the reader wrote. Received: {name} again. "
                    + $"Name it otherwise, such as Solved{char.ToUpperInvariant(name[0])}{name[1..]}.");
    }

    static IEnumerable<string> Declared(PageCell cell) => cell.Root.Members.Select(m => m switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } => function.Identifier.Text,
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration.Variables[0].Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    }).Where(n => n != "");

    /// <summary>Whether a hint stands in the text around an exercise: after the cells of the one before it, before its solution.</summary>
    static bool HasHint(NotebookDocument document, PageCell first, PageCell solution)
    {
        var from = document.Cells.FindLastIndex(first.Number - 1, c => c.Tags.Contains("solution")) + 1;
        return document.Cells.Take(solution.Number).Skip(from).Any(c => c.Language == "markdown" && Hint().IsMatch(c.Source));
    }

    [GeneratedRegex(@"^[*_]{1,2}Hint(?: \d)?[.:]?[*_]{1,2}", RegexOptions.Multiline)]
    private static partial Regex Hint();
}
