using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Tests.House;

/// <summary>One use of something that another folder declares.</summary>
sealed record FolderUse(string From, string To, string Where, string Name)
{
    public override string ToString() => $"{From} uses {Name} of {To} ({Where})";
}

/// <summary>
/// Which folders of a project use what which others declare. The compiler says what a name means, so names of several meanings are no
/// matter.
/// </summary>
static class FolderUses
{
    /// <summary>The folder of files that lie in the project itself.</summary>
    public const string Root = ".";

    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    static readonly CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>The folders of a project in src that hold source files, with forward slashes.</summary>
    public static IReadOnlyList<string> FoldersOf(string project) =>
        [.. Files(project).Select(f => FolderOf(f.Path)).Distinct().Order(StringComparer.Ordinal)];

    public static IReadOnlyList<FolderUse> Of(string project) => Of(project == "Host" ? "workbook" : "Workbook." + project, Files(project));

    /// <param name="assembly">The name of the assembly, for what others let it see.</param>
    /// <param name="files">Paths relative to the project, and their text.</param>
    public static IReadOnlyList<FolderUse> Of(string assembly, IEnumerable<(string Path, string Text)> files)
    {
        var trees = files.Select(f => CSharpSyntaxTree.ParseText(f.Text, options, f.Path)).ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileNameWithoutExtension(p) != assembly).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(assembly, trees.Append(CSharpSyntaxTree.ParseText(Usings, options)), references,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var found = new ConcurrentBag<FolderUse>();
        Parallel.ForEach(trees, tree =>
        {
            var (model, from) = (compilation.GetSemanticModel(tree), FolderOf(tree.FilePath));
            foreach (var node in tree.GetRoot().DescendantNodes())
                if (Meaning(model, node) is { } symbol && symbol.ContainingAssembly?.Name == assembly && Home(symbol, from) is { } to
                    && to != from)
                    found.Add(new(from, to, $"{tree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", symbol.Name));
        });
        return [.. found.OrderBy(u => u.Where, StringComparer.Ordinal).ThenBy(u => u.Name, StringComparer.Ordinal)];
    }

    static ISymbol? Meaning(SemanticModel model, SyntaxNode node)
    {
        if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)) return null;
        var info = model.GetSymbolInfo(node);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }) symbol = symbol.ContainingType;
        return (symbol as IMethodSymbol)?.ReducedFrom ?? symbol?.OriginalDefinition;
    }

    /// <summary>
    /// The folder that declares a symbol; null for what is no declaration, or is spread over folders as a namespace would be.
    /// </summary>
    static string? Home(ISymbol symbol, string from)
    {
        if (symbol is not (INamedTypeSymbol or IMethodSymbol { MethodKind: not MethodKind.LocalFunction } or IPropertySymbol
            or IFieldSymbol or IEventSymbol)) return null;
        var folders = symbol.DeclaringSyntaxReferences.Select(r => FolderOf(r.SyntaxTree.FilePath)).Distinct().ToList();
        // What the compiler adds to a record or an enum has no text of its own.
        if (folders.Count == 0) return symbol.ContainingType is { } type ? Home(type, from) : null;
        return folders.Contains(from) || folders.Count > 1 ? null : folders[0];
    }

    static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var i ? path[..i] : Root;

    static IEnumerable<(string Path, string Text)> Files(string project)
    {
        var folder = Repository.File($"src/{project}");
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'), File: f))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => (f.Path, File.ReadAllText(f.File)));
    }
}
