using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>
/// What the next cell of a notebook could name: the assemblies that were referred to, and what earlier cells and imported files declare.
/// </summary>
/// <param name="file">The notebook's full path.</param>
sealed class LintScope(string file)
{
    readonly HashSet<string> followed = [file];

    CSharpCompilation? previous;

    /// <summary>The assemblies that the cells so far refer to.</summary>
    public ReferenceSet References { get; private set; } = ReferenceSet.Empty;

    /// <summary>
    /// Binds the next cell as this host does; null when it needs a package, or a file that is not there, or takes the compiler too long.
    /// </summary>
    public (SyntaxTree Tree, CSharpCompilation Compilation, bool HasErrors)? Bind(string source) => Bind(source, file);

    (SyntaxTree Tree, CSharpCompilation Compilation, bool HasErrors)? Bind(string source, string from)
    {
        var (directives, text) = DirectiveReader.Read(source);
        if (!directives.All(d => Follow(d, from))) return null;
        var tree = AwaitedParentheses.Mend(CSharpSyntaxTree.ParseText(UsingDeclarations.Find(text).Text, DirectiveReader.Dialect));
        var bound = SubmissionChain.Bind(tree, References.WithFramework(Framework.Paths.Keys), previous);
        if (!BoundedCompiler.Try(end => ReferenceBinding.Of(bound).GetDiagnostics(end), out var diagnostics)) return null;
        var hasErrors = diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
        // Each cell that the next stands on is asked for every name, and walked through for every cell.
        if (!hasErrors && VisibleCells.IsSeen((CompilationUnitSyntax)tree.GetRoot(), bound)) previous = bound;
        return (tree, bound, hasErrors);
    }

    bool Follow(Directive directive, string from)
    {
        var path = Path.GetFullPath(directive.Argument.Replace('\\', '/'), Path.GetDirectoryName(from)!);
        switch (directive.Name)
        {
            case "#!time" or "#!about" or "#!lsmagic" or "#!who" or "#!whos":
                return true;
            case "#r" when Framework.Paths.ContainsKey(directive.Argument):
                References = References.WithFramework([directive.Argument]);
                return true;
            case "#r" when !PackageSet.IsPackage(directive.Argument) && RegularFile.Is(path):
                References = References.Add(path);
                return true;
            case "#load" or "#!import" when followed.Add(path) && RegularFile.Is(path):
                return AreBound(path);
            default:
                return false;
        }
    }

    bool AreBound(string path)
    {
        try
        {
            return Units(path).All(unit => CodeDepth.Problem(unit) is null && Bind(unit, path) is not null);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static IEnumerable<string> Units(string path) => NotebookFile.IsNotebook(path)
        ? NotebookFile.Read(path).Cells.Where(c => c.Language == "csharp").Select(c => c.Source)
        : [RegularFile.Text(path)];
}
