using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>A C# cell of a notebook, its names bound as this host binds them. Nothing is run or restored for it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Number">Its 1-based number in the notebook.</param>
/// <param name="References">The assemblies that the cells up to this one refer to.</param>
/// <param name="Tree">Its text without directives, parsed.</param>
/// <param name="Compilation">The cell on top of those before it that have no errors.</param>
/// <param name="HasErrors">Whether it does not compile; then no later cell sees what it declares.</param>
sealed record BoundCell(Cell Cell, int Number, ReferenceSet References, SyntaxTree Tree, CSharpCompilation Compilation, bool HasErrors)
{
    /// <summary>The cells in order; they end before the first that needs a package, or a file that is not there.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Its full path: references are relative to its folder.</param>
    public static IEnumerable<BoundCell> Of(NotebookDocument document, string file)
    {
        var scope = new LintScope(file);
        foreach (var (cell, i) in document.Cells.Select((c, i) => (c, i)).Where(c => c.c.Language == "csharp"))
        {
            if (CodeDepth.Problem(cell.Source) is not null || scope.Bind(cell.Source) is not { } bound) yield break;
            yield return new BoundCell(cell, i + 1, scope.References, bound.Tree, bound.Compilation, bound.HasErrors);
        }
    }

    /// <summary>The 1-based line of the file for a place in the cell; 0 when not known.</summary>
    public int LineOf(Location location) => Cell.Line > 0 ? Cell.Line + location.GetLineSpan().StartLinePosition.Line : 0;
}
