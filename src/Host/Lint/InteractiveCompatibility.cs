using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>
/// Finds what this host compiles and .NET Interactive does not: each cell is compiled as either does, and the errors are compared.
/// </summary>
static class InteractiveCompatibility
{
    /// <summary>The first error that only .NET Interactive has; cells behind it are not looked at.</summary>
    /// <param name="cells">The cells of a notebook.</param>
    public static IEnumerable<Finding> Find(IEnumerable<BoundCell> cells)
    {
        CSharpCompilation? previous = null;
        foreach (var cell in cells)
        {
            // A cell that is a library here has a finding of its own, and later cells may name what it declares.
            if (LibraryCell.NeedsOne((CompilationUnitSyntax)cell.Tree.GetRoot())) yield break;

            // A cell that is wrong everywhere is no matter of compatibility.
            if (cell.HasErrors) continue;
            previous = InteractiveHost.Bind(cell, previous);
            var bound = previous;
            if (!BoundedCompiler.Try(end => ReferenceBinding.Of(bound).GetDiagnostics(end), out var diagnostics)) yield break;
            if (diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
                .MinBy(d => d.Location.SourceSpan.Start) is { } error)
            {
                yield return new Finding("interactive", cell.Number, cell.LineOf(error.Location),
                    $".NET Interactive (C# 14) refuses this: {error.GetMessage(null)}{Advice(cell, error)}");
                // Nothing compiles on top of a cell with errors, and later cells may name what it declares.
                yield break;
            }
        }
    }

    /// <summary>Which assembly of the framework has what was not found.</summary>
    static string Advice(BoundCell cell, Diagnostic error)
    {
        var model = cell.Compilation.GetSemanticModel(cell.Tree);
        var node = cell.Tree.GetRoot().FindNode(error.Location.SourceSpan);
        // Of a namespace that is not there, only a part of the type's name is marked.
        var found = node.DescendantNodesAndSelf().Concat(node.Ancestors().TakeWhile(n => n is NameSyntax or MemberAccessExpressionSyntax))
            .Select(n => model.GetSymbolInfo(n).Symbol?.ContainingAssembly?.Name)
            .FirstOrDefault(n => n is not null && Framework.Paths.ContainsKey(n));
        return found is null ? "" : $" With a line #r \"{found}\" it is found, here as there.";
    }
}
