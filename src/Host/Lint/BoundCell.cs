using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Packages;
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
    /// <summary>The cells in order; they end before the first that needs a package, an imported notebook, or an assembly that is not built.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Its full path: references are relative to its folder.</param>
    public static IEnumerable<BoundCell> Of(NotebookDocument document, string file)
    {
        var references = ReferenceSet.Empty;
        CSharpCompilation? previous = null;
        foreach (var (cell, i) in document.Cells.Select((c, i) => (c, i)).Where(c => c.c.Language == "csharp"))
        {
            if (CodeDepth.Problem(cell.Source) is not null) yield break;
            var (directives, source) = DirectiveReader.Read(cell.Source);
            foreach (var directive in directives)
                if (Referred(references, directive, file) is { } next) references = next;
                else yield break;
            var tree = CSharpSyntaxTree.ParseText(source, DirectiveReader.Dialect);
            var bound = SubmissionChain.Bind(tree, references.WithFramework(Framework.Paths.Keys), previous);
            var hasErrors = bound.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);
            if (!hasErrors) previous = bound;
            yield return new BoundCell(cell, i + 1, references, tree, bound, hasErrors);
        }
    }

    /// <summary>The 1-based line of the file for a place in the cell; 0 when not known.</summary>
    public int LineOf(Location location) => Cell.Line > 0 ? Cell.Line + location.GetLineSpan().StartLinePosition.Line : 0;

    static ReferenceSet? Referred(ReferenceSet references, Directive directive, string file)
    {
        if (directive.Name is "#!time" or "#!about" or "#!lsmagic") return references;
        if (directive.Name != "#r" || PackageSet.IsPackage(directive.Argument)) return null;
        if (Framework.Paths.ContainsKey(directive.Argument)) return references.WithFramework([directive.Argument]);
        var path = Path.GetFullPath(directive.Argument.Replace('\\', '/'), Path.GetDirectoryName(file)!);
        return File.Exists(path) ? references.Add(path) : null;
    }
}
