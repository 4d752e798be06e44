using Workbook.Host.Documents;
using Workbook.Host.Wording;

namespace Workbook.Host.Run.Parameters;

/// <summary>
/// The parameters of a notebook, and values for them, in papermill's way: a cell of new declarations after the cell tagged
/// <c>parameters</c>.
/// </summary>
static class ParameterCell
{
    const string Tag = "parameters";

    /// <summary>The tag that papermill gives the cell it adds.</summary>
    const string InjectedTag = "injected-parameters";

    /// <summary>
    /// Gives the parameters that are named their values: in a cell after each cell that declares some, in place of the one an earlier run
    /// left there.
    /// </summary>
    /// <exception cref="FormatException">A value is not of its parameter's type.</exception>
    public static void Inject(NotebookDocument document, IReadOnlyList<Assignment> assignments)
    {
        var cells = document.Cells;
        for (var i = cells.Count - 1; i >= 0; i--)
        {
            if (!IsParameters(cells[i])) continue;
            var known = ParameterSyntax.Read(cells[i], document).ToLookup(p => p.Name);
            var lines = assignments.Where(a => known.Contains(a.Name)).Select(a => known[a.Name].First().Declaration(a.Value)).ToList();
            if (lines.Count == 0) continue;
            var next = cells.FindIndex(i + 1, c => IsParameters(c) || IsInjected(c));
            var isReplaced = next >= 0 && IsInjected(cells[next]);
            if (isReplaced) cells.RemoveAt(next);
            var source = $"//| tags: {InjectedTag}\n{string.Join('\n', lines)}";
            cells.Insert(isReplaced ? next : i + 1,
                new Cell { Language = "csharp", Source = source, Tags = [InjectedTag], IsAdded = !isReplaced });
        }
    }

    /// <summary>Whether the cell is one that was added for values of parameters.</summary>
    public static bool IsInjected(Cell cell) => CellOptions.Argument(cell.Tags, InjectedTag) is not null;

    /// <summary>The assignments whose names a notebook declares.</summary>
    public static IEnumerable<Assignment> Of(NotebookDocument? document, IReadOnlyList<Assignment> assignments)
    {
        if (document is null || assignments.Count == 0) return [];
        var names = document.Cells.Where(IsParameters).SelectMany(c => ParameterSyntax.Read(c, document)).Select(p => p.Name).ToHashSet();
        return assignments.Where(a => names.Contains(a.Name));
    }

    /// <summary>What is wrong with the assignments for these notebooks: a name that none of them declares.</summary>
    public static IEnumerable<string> Problems(IEnumerable<NotebookDocument> documents, IReadOnlyList<Assignment> assignments)
    {
        if (assignments.Count == 0) return [];
        var known = documents.SelectMany(d => d.Cells.Where(IsParameters).SelectMany(c => ParameterSyntax.Read(c, d))).ToList();
        var names = known.Where(p => p.Type is not null).Select(p => p.Name).ToHashSet();
        return assignments.Where(a => known.TrueForAll(p => p.Name != a.Name)).Select(a => known.Count == 0
            ? $"--set {a.Name}: none of the notebooks has a cell tagged parameters."
            : $"--set {a.Name}: there is no such "
                + $"parameter{Nearest.Suggestion(a.Name, names)}. {(names.Count == 0 ? "None can be set" : $"Known are {string.Join(", ", names.Order())}")}.");
    }

    static bool IsParameters(Cell cell) => cell.Language == "csharp" && CellOptions.Argument(cell.Tags, Tag) is not null;
}
