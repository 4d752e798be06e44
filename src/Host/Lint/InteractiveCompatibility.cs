using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>Finds what this host compiles and .NET Interactive does not: each cell is compiled as either does, and the errors are compared.</summary>
internal static class InteractiveCompatibility
{
    /// <summary>The first error of each cell that only .NET Interactive has. Where references cannot be known, the rest of the notebook is not looked at.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="file">Its full path: references are relative to its folder.</param>
    public static IEnumerable<Finding> Find(NotebookDocument document, string file)
    {
        CSharpCompilation? ours = null, theirs = null;
        foreach (var cell in ReferredCell.Of(document, file))
        {
            var tree = CSharpSyntaxTree.ParseText(cell.Source, DirectiveReader.Dialect);

            // A cell that is a library here has a finding of its own, and later cells may name what it declares.
            if (LibraryCell.IsOne((CompilationUnitSyntax)tree.GetRoot())) yield break;
            var here = SubmissionChain.Bind(tree, cell.References.WithFramework(Framework.Paths.Keys), ours);

            // A cell that is wrong everywhere is no matter of compatibility, and no cell after it sees what it declares.
            if (Errors(here).Any()) continue;
            (ours, theirs) = (here, InteractiveHost.Bind(cell, theirs));
            if (Errors(theirs).FirstOrDefault() is { } error)
            {
                var line = error.Location.GetLineSpan().StartLinePosition.Line;
                yield return new Finding("interactive", cell.Number, cell.Cell.Line > 0 ? cell.Cell.Line + line : 0, $".NET Interactive (C# 14) refuses this: {error.GetMessage(null)}{Advice(here, tree, error)}");
            }
        }
    }

    static IEnumerable<Diagnostic> Errors(CSharpCompilation cell) => cell.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start);

    /// <summary>Which assembly of the framework has what was not found.</summary>
    static string Advice(CSharpCompilation here, SyntaxTree tree, Diagnostic error)
    {
        var model = here.GetSemanticModel(tree);
        var found = tree.GetRoot().FindNode(error.Location.SourceSpan).DescendantNodesAndSelf().Select(n => model.GetSymbolInfo(n).Symbol?.ContainingAssembly?.Name).FirstOrDefault(n => n is not null && Framework.Paths.ContainsKey(n));
        return found is null ? "" : $" With a line #r \"{found}\" it is found, here as there.";
    }
}
