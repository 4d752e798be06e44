using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>
/// A cell holds one idea: at most 15 lines, and half of the cells fewer than 12. Empty lines, options, directives and imports are not
/// counted; exercises, solutions and cells that only check are not either.
/// </summary>
static class LinesRule
{
    const int Most = 15;
    const int Median = 12;

    /// <summary>Says which cells are longer, and when most are long.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<PageCell> cells)
    {
        var counted = cells.Where(c => !c.IsExercise && !CheckRule.OnlyChecks(c)).Select(c => (Cell: c, Lines: Count(c.Cell)))
            .Where(c => c.Lines > 0).ToList();
        foreach (var (cell, lines) in counted.Where(c => c.Lines > Most))
            yield return cell.At("cell-lines",
                $"Expected at most {Most} lines. Received: {lines}. One idea is enough for a cell; what carries it belongs into a helper.",
                isAdvice: true);
        var median = counted.Select(c => c.Lines).Order().ElementAtOrDefault(counted.Count / 2);
        if (median >= Median)
            yield return new Finding("cell-lines", 0, 0,
                $"Expected half of the cells to have fewer than {Median} lines. Received: a median of {median}. Cut cells in two.")
            { IsAdvice = true };
    }

    /// <summary>The lines of a cell that a reader reads.</summary>
    public static int Count(Cell cell) => CellOptions.Strip(cell.Source).Split('\n').Select(l => l.Trim())
        .Count(l => l != "" && !l.StartsWith("#!", StringComparison.Ordinal) && !l.StartsWith("#r ", StringComparison.Ordinal)
            && !(l.StartsWith("using ", StringComparison.Ordinal) && l.EndsWith(';') && !l.Contains('(')));
}
