using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Host.Sessions;

/// <summary>Script submissions, each compiled on top of the last that compiled, so that later cells see what earlier ones declared.</summary>
/// <param name="context">Where the compiled cells are loaded.</param>
internal sealed class SubmissionChain(NotebookLoadContext context)
{
    static readonly string[] Usings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(Displays).FullName!,
    ];

    static readonly MetadataReference Host = MetadataReference.CreateFromFile(typeof(Displays).Assembly.Location);

    readonly List<MetadataReference> libraries = [];

    CSharpCompilation? previous;

    object?[] states = new object?[64];

    int count;

    /// <summary>Compiles one source and makes it the last submission.</summary>
    /// <param name="unit">Where the source stands.</param>
    /// <param name="source">Its text without directives.</param>
    /// <param name="references">What it may refer to; they are the session's from now on.</param>
    /// <returns>Runs it and gives the value of its trailing expression; null where it has none.</returns>
    /// <exception cref="SessionException">It does not compile; nothing has changed.</exception>
    public Func<Task<Trailing?>> Compile(SourceUnit unit, string source, ReferenceSet references)
    {
        var tree = Parse(unit, source, DirectiveReader.Dialect);
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (LibraryCell.IsOne(root)) return CompileLibrary(unit, source, references);

        var name = $"Submission#{count + 1}";
        var options = Options(references).WithScriptClassName(name).WithUsings(Usings);
        var compilation = CSharpCompilation.CreateScriptCompilation(name, tree, References(references), options, previous, typeof(object));
        var (pe, pdb) = Emit(compilation, references);
        var hasValue = HasTrailingValue(compilation, tree, root);
        context.References = references;
        previous = compilation;
        if (++count + 1 >= states.Length) Array.Resize(ref states, states.Length * 2);
        if (root.Members.Count == 0) return () => Task.FromResult<Trailing?>(null);

        var assembly = context.LoadFromStream(pe, pdb);
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var method = assembly.GetType(entry.ContainingType.MetadataName)!.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        var run = method.CreateDelegate<Func<object?[], Task<object?>>>();
        return async () =>
        {
            var value = await run(states).ConfigureAwait(false);
            return hasValue ? new Trailing(value) : null;
        };
    }

    Func<Task<Trailing?>> CompileLibrary(SourceUnit unit, string source, ReferenceSet references)
    {
        var name = $"Library#{libraries.Count + 1}";
        var dialect = DirectiveReader.Dialect.WithKind(SourceCodeKind.Regular);
        var usings = CSharpSyntaxTree.ParseText(string.Concat(Usings[..^1].Select(u => $"global using {u};")), dialect);
        var compilation = CSharpCompilation.Create(name, [Parse(unit, source, dialect), usings], References(references), Options(references));
        var (pe, pdb) = Emit(compilation, references);
        context.References = references;
        libraries.Add(MetadataReference.CreateFromImage(pe.ToArray()));
        context.LoadFromStream(pe, pdb);
        return () => Task.FromResult<Trailing?>(null);
    }

    static SyntaxTree Parse(SourceUnit unit, string source, CSharpParseOptions dialect) =>
        CSharpSyntaxTree.ParseText(SourceText.From(unit.Padded(source), Encoding.UTF8), dialect, unit.TreePath);

    // Optimised code reports a wrong line for an index out of range. Unoptimised, a tight loop in a function takes twice as long;
    // loops and lambdas at the top of a cell take the same, and libraries are not concerned.
    static CSharpCompilationOptions Options(ReferenceSet references) => new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Debug,
        allowUnsafe: true,
        metadataReferenceResolver: new MissingAssemblies(references));

    IEnumerable<MetadataReference> References(ReferenceSet references) => [.. references.All, Host, .. libraries];

    static (MemoryStream Pe, MemoryStream Pdb) Emit(CSharpCompilation compilation, ReferenceSet references)
    {
        var (pe, pdb) = (new MemoryStream(), new MemoryStream());
        var result = compilation.Emit(pe, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));

        // A cell of nothing but directives, comments and usings has nothing to emit, which is no error.
        if (result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)) throw new CompilationFailure(result.Diagnostics, references);
        pe.Position = pdb.Position = 0;
        return (pe, pdb);
    }

    static bool HasTrailingValue(CSharpCompilation compilation, SyntaxTree tree, CompilationUnitSyntax root)
    {
        if (root.Members.LastOrDefault() is not GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }) return false;
        var type = compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type;
        return type is null || type.SpecialType != SpecialType.System_Void;
    }
}
