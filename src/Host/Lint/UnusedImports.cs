using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Documents;

namespace Workbook.Host.Lint;

/// <summary>
/// Finds using directives that no cell needs: every name in the notebook is bound, and the namespaces that were found by them are counted.
/// </summary>
/// <remarks>
/// Nothing is run or restored. Where the cells cannot be bound (a package, an imported notebook, an assembly that is not built) there is
/// nothing to say, since a name that is not known might come from anywhere.
/// </remarks>
static class UnusedImports
{
    /// <summary>The unused imports of a notebook.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="cells">Its cells.</param>
    public static IEnumerable<Finding> Find(NotebookDocument document, IReadOnlyList<BoundCell> cells)
    {
        if (cells.Count < document.Cells.Count(c => c.Language == "csharp") || cells.Any(c => c.HasErrors)) return [];
        var imports = new List<(UsingDirectiveSyntax Import, ISymbol Target, BoundCell Cell)>();
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var cell in cells)
        {
            var (root, model) = (cell.Tree.GetRoot(), cell.Compilation.GetSemanticModel(cell.Tree));
            foreach (var import in root.DescendantNodes().OfType<UsingDirectiveSyntax>())
                if (import.Alias is null && model.GetSymbolInfo(import.NamespaceOrType).Symbol is { } target)
                    imports.Add((import, target, cell));
            foreach (var name in root.DescendantNodes().OfType<SimpleNameSyntax>())
                if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null) Count(model.GetSymbolInfo(name), used);
        }

        // Symbols of one assembly differ between compilations, so they are compared by name.
        var needed = used.Select(s => s.ToDisplayString()).ToHashSet();
        return imports.Where(i => !needed.Contains(i.Target.ToDisplayString()))
            .Select(i =>
                new Finding("unused-import", i.Cell.Number, i.Cell.LineOf(i.Import.GetLocation()),
                    $"No cell needs {i.Import}. Remove it."));
    }

    /// <summary>What a name needed to be found: the namespace of a type or of an extension, the type of a static member.</summary>
    static void Count(SymbolInfo info, HashSet<ISymbol> used)
    {
        foreach (var symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols)
        {
            if (symbol is not INamedTypeSymbol && !symbol.IsStatic
                && symbol is not IMethodSymbol { IsExtensionMethod: true } and not IMethodSymbol { MethodKind: MethodKind.Constructor })
                continue;
            if (symbol.ContainingNamespace is { } space) used.Add(space);
            for (var type = symbol.ContainingType; type is not null; type = type.ContainingType) used.Add(type);
        }
    }
}
