using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>Finds using directives that no cell needs: every name in the notebook is bound, and the namespaces that were found by them are counted.</summary>
/// <remarks>
/// Nothing is run or restored. Where the cells cannot be bound (a package, an imported notebook, an assembly that is not built) there is
/// nothing to say, since a name that is not known might come from anywhere.
/// </remarks>
internal static class UnusedImports
{
    /// <summary>The unused imports of a notebook.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Its full path: references are relative to its folder.</param>
    public static IEnumerable<Finding> Find(NotebookDocument document, string file)
    {
        var cells = ReferredCell.Of(document, file).ToList();
        if (cells.Count < document.Cells.Count(c => c.Language == "csharp")) return [];
        CSharpCompilation? previous = null;
        var imports = new List<(UsingDirectiveSyntax Import, ISymbol Target, Cell Cell, int Number)>();
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (cell, number, source, references) in cells)
        {
            var tree = CSharpSyntaxTree.ParseText(source, DirectiveReader.Dialect);
            previous = SubmissionChain.Bind(tree, references.WithFramework(Framework.Paths.Keys), previous);
            if (previous.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)) return [];
            var model = previous.GetSemanticModel(tree);
            foreach (var import in tree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>())
                if (import.Alias is null && model.GetSymbolInfo(import.NamespaceOrType).Symbol is { } target) imports.Add((import, target, cell, number));
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
                if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null) Count(model.GetSymbolInfo(name), used);
        }
        // Symbols of one assembly differ between compilations, so they are compared by name.
        var needed = used.Select(s => s.ToDisplayString()).ToHashSet();
        return imports.Where(i => !needed.Contains(i.Target.ToDisplayString())).Select(i => new Finding("unused-import", i.Number,
            i.Cell.Line > 0 ? i.Cell.Line + i.Import.GetLocation().GetLineSpan().StartLinePosition.Line : 0, $"No cell needs {i.Import}. Remove it."));
    }

    /// <summary>What a name needed to be found: the namespace of a type or of an extension, the type of a static member.</summary>
    static void Count(SymbolInfo info, HashSet<ISymbol> used)
    {
        foreach (var symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols)
        {
            if (symbol is not INamedTypeSymbol && !symbol.IsStatic && symbol is not IMethodSymbol { IsExtensionMethod: true } and not IMethodSymbol { MethodKind: MethodKind.Constructor }) continue;
            if (symbol.ContainingNamespace is { } space) used.Add(space);
            for (var type = symbol.ContainingType; type is not null; type = type.ContainingType) used.Add(type);
        }
    }
}
