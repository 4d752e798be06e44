using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Workbook.Host.Directives;

namespace Workbook.Host.Sessions;

/// <summary>
/// Script submissions, each compiled on top of the last that compiled and can be seen, so that later cells see what earlier ones declared.
/// </summary>
/// <param name="context">Where the compiled cells are loaded.</param>
/// <param name="most">How many <see cref="PlainCells"/> stay apart.</param>
sealed class SubmissionChain(NotebookLoadContext context, int most)
{
    /// <summary>The namespaces that every cell has in scope: those that cells of .NET Interactive have.</summary>
    static readonly string[] Namespaces =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting",
    ];

    /// <summary>And the classes whose members can be named without them.</summary>
    static readonly string[] Usings = [.. Namespaces, "Microsoft.DotNet.Interactive.Kernel", typeof(Displays).FullName!];

    static readonly MetadataReference Host = MetadataReference.CreateFromFile(typeof(Displays).Assembly.Location,
        documentation: new AssemblyDocumentation(typeof(Displays).Assembly.Location));

    volatile ImmutableList<CellLibrary> libraries = [];

    volatile CSharpCompilation? previous;

    readonly PlainCells plain = new(most);

    readonly PassingCells passing = new(context, most);

    object?[] states = new object?[64];

    int count, libraryCount;

    /// <summary>Compiles one source and makes it the last submission.</summary>
    /// <param name="unit">Where the source stands.</param>
    /// <param name="source">Its text without directives.</param>
    /// <param name="references">What it may refer to; they are the session's from now on.</param>
    /// <returns>Runs it and gives the value of its trailing expression; null where it has none.</returns>
    /// <exception cref="SessionException">It does not compile; nothing has changed.</exception>
    public Func<Task<Trailing?>> Compile(SourceUnit unit, string source, ReferenceSet references)
    {
        var usings = UsingDeclarations.Find(source);
        var tree = AwaitedParentheses.Mend(Parse(unit, usings.Text, DirectiveReader.Dialect));
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (LibraryCell.IsOne(root)) return CompileLibrary(unit, source, references);
        if (LibraryCell.Split(root, unit.Padded(source)) is { } parts) return CompileBoth(unit, parts.Script, parts.Library, references);

        Fold();
        var (compilation, pe, pdb) = EmitOnLast(unit, tree, root, ref references);
        var isPlain = PlainCells.IsOne(root, compilation);
        if (!isPlain && passing.Has(previous) && Fold(least: 1))
            (compilation, pe, pdb) = EmitOnLast(unit, tree, root, ref references);
        usings.Check(compilation, tree, references);
        var result = ReturnedValue.Of(compilation, tree);
        context.References = references;
        var below = compilation.ScriptCompilationInfo!.PreviousScriptCompilation;
        if (passing.Has(below) || (isPlain && plain.AreMany)) passing.Add(compilation);
        var isSeen = VisibleCells.IsSeen(root, compilation);
        if (isSeen) previous = compilation;
        if (isPlain) plain.Count();
        else plain.Stop();
        Count();
        if (root.Members.Count == 0) return () => Task.FromResult<Trailing?>(null);

        var (type, run) = Load(compilation, pe, pdb);
        return async () =>
        {
            var isWhole = false;
            try
            {
                var value = await run(states);
                isWhole = true;
                return result.Shown(value);
            }
            finally
            {
                if (!isWhole) plain.Stop();
                else if (isPlain && isSeen) plain.Add(compilation, type);
                if (usings.Names.Count > 0) await usings.DisposeAsync(states.FirstOrDefault(s => s?.GetType() == type));
            }
        };
    }

    (CSharpCompilation Compilation, MemoryStream Pe, MemoryStream Pdb) EmitOnLast(SourceUnit unit, SyntaxTree tree,
        CompilationUnitSyntax root, ref ReferenceSet references)
    {
        var below = VisibleCells.Below(root, previous);
        return Emit(unit, set => Submission(tree, set, below), ref references);
    }

    /// <summary>Puts one cell in the place of many plain ones, if there are so many.</summary>
    bool Fold(int? least = null)
    {
        if (plain.Take(previous, states, least) is not { } variables) return false;
        var compilation = Submission(CSharpSyntaxTree.ParseText(variables.Text, DirectiveReader.Dialect, encoding: Encoding.UTF8),
            context.References, variables.Below);
        Count();
        var (pe, pdb) = (new MemoryStream(), variables.Functions.Count > 0 ? new MemoryStream() : null);
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
        if (!ReferenceBinding.Of(compilation).Emit(pe, pdb, options: options).Success || passing.Has(variables.Below)) return false;
        pe.Position = 0;
        pdb?.Position = 0;
        var (type, run) = Load(compilation, pe, pdb);
        if (!variables.AreThoseOf(compilation, type)) return false;
        var after = (object?[])states.Clone();
        run(after).GetAwaiter().GetResult();
        variables.Move(after.First(s => s?.GetType() == type)!, after);
        try
        {
        }
        finally
        {
            // An interrupt waits for the end of a finally block, so the two stay together.
            (states, previous) = (after, compilation);
        }

        return true;
    }

    void Count()
    {
        if (++count + 1 >= states.Length) Array.Resize(ref states, states.Length * 2);
    }

    CSharpCompilation Submission(SyntaxTree tree, ReferenceSet references, CSharpCompilation? below)
    {
        var name = $"Submission#{count + 1}";
        return CSharpCompilation.CreateScriptCompilation(name, tree, InheritedReferences.New(References(references), below),
            Options(references).WithScriptClassName(name).WithUsings(Usings), below, typeof(object));
    }

    (Type Type, Func<object?[], Task<object?>> Run) Load(CSharpCompilation compilation, MemoryStream pe, MemoryStream? pdb)
    {
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var assembly = passing.Has(compilation) ? passing.Load(compilation.AssemblyName!, pe, pdb) : context.LoadFromStream(pe, pdb);
        var type = assembly.GetType(entry.ContainingType.MetadataName)!;
        var method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return (type, method.CreateDelegate<Func<object?[], Task<object?>>>());
    }

    /// <summary>The variables of all cells, as the latest cell that declares each has it.</summary>
    public IReadOnlyList<(string Name, Type Type, object? Value)> Variables
    {
        get
        {
            var all = new OrderedDictionary<string, (string, Type, object?)>();
            foreach (var variable in states.OfType<object>().SelectMany(SubmissionFields.Of))
            {
                all.Remove(variable.Name);
                all[variable.Name] = variable;
            }

            return [.. all.Values];
        }
    }

    /// <summary>What a next cell could see: an empty submission on top of the last, over the whole framework. Any thread may ask.</summary>
    public CSharpCompilation Surroundings(ReferenceSet references) => CSharpCompilation.CreateScriptCompilation(
        "Next", null, InheritedReferences.New(References(references.WithFramework(Framework.Paths.Keys)), previous),
            Options(references).WithUsings(Usings), previous, typeof(object));

    /// <summary>A submission on top of another that is only to be looked at: names are bound, nothing is made or loaded.</summary>
    public static CSharpCompilation Bind(SyntaxTree tree, ReferenceSet references, CSharpCompilation? previous) =>
        CSharpCompilation.CreateScriptCompilation(
        "Look", tree, InheritedReferences.New([.. references.All, Host], previous), Options(references).WithUsings(Usings), previous,
            typeof(object));

    /// <summary>The types of a cell as a library, and on top of it the rest of the cell; both or nothing.</summary>
    Func<Task<Trailing?>> CompileBoth(SourceUnit unit, string script, string library, ReferenceSet references)
    {
        var (before, known) = (libraries, context.References);
        CompileLibrary(unit, Unpadded(unit, library), references);
        try
        {
            return Compile(unit, Unpadded(unit, script), context.References);
        }
        catch
        {
            (libraries, context.References) = (before, known);
            throw;
        }
    }

    static string Unpadded(SourceUnit unit, string text) => text[unit.Padded("").Length..];

    Func<Task<Trailing?>> CompileLibrary(SourceUnit unit, string source, ReferenceSet references)
    {
        plain.Stop();
        var name = $"Library#{++libraryCount}";
        var dialect = DirectiveReader.Dialect.WithKind(SourceCodeKind.Regular);
        var usings = CSharpSyntaxTree.ParseText(string.Concat(Namespaces.Select(u => $"global using {u};")), dialect);
        var trees = new[] { LibraryCell.Opened(Parse(unit, source, dialect)), usings };
        var types = LibraryCell.Types((CompilationUnitSyntax)trees[0].GetRoot()).ToList();
        ImmutableList<CellLibrary> below = [.. libraries.Select(l => l.Without(types))];
        var (_, pe, pdb) = Emit(unit, set => CSharpCompilation.Create(name, trees, References(set, below), Options(set)), ref references);
        context.References = references;
        libraries = below.Add(new CellLibrary(pe.ToArray()));
        context.LoadFromStream(pe, pdb);
        return Uncovered(types) is { } aliases ? Compile(unit with { Line = 0 }, aliases, references)
            : () => Task.FromResult<Trailing?>(null);
    }

    /// <summary>
    /// Types that cells declare are found before those of libraries, also where these are newer: an alias is what goes before both.
    /// </summary>
    string? Uncovered(IEnumerable<string> types)
    {
        var covered = new HashSet<string>();
        for (var cell = previous; cell is not null; cell = cell.ScriptCompilationInfo!.PreviousScriptCompilation)
            covered.UnionWith(cell.ScriptClass?.GetTypeMembers().Where(t => t.Arity == 0).Select(t => t.Name) ?? []);
        var aliases = types.Where(covered.Contains).Select(t => $"using {t} = global::{t};").ToList();
        return aliases.Count == 0 ? null : string.Join('\n', aliases);
    }

    static SyntaxTree Parse(SourceUnit unit, string source, CSharpParseOptions dialect) =>
        CSharpSyntaxTree.ParseText(SourceText.From(unit.Padded(source), Encoding.UTF8), dialect, unit.TreePath);

    // Optimised code reports a wrong line for an index out of range. Unoptimised, a tight loop in a function takes twice as long;
    // loops and lambdas at the top of a cell take the same, and libraries are not concerned.
    static CSharpCompilationOptions Options(ReferenceSet references) => new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Debug,
        allowUnsafe: true,
        // All on the one thread that has a deep stack, and whose time is measured.
        concurrentBuild: false,
        metadataReferenceResolver: new MissingAssemblies(references));

    IEnumerable<MetadataReference> References(ReferenceSet references, ImmutableList<CellLibrary>? cells = null) =>
        [.. references.All, Host, .. (cells ?? libraries).Select(l => l.Reference)];

    /// <summary>Compiles over the few assemblies that most cells need, and only if that fails over the whole framework.</summary>
    /// <remarks>Measured over 400 cells: 12 ms and 2.4 MB a cell over the whole framework, 7 ms and 0.1 MB over the few.</remarks>
    static (CSharpCompilation Compilation, MemoryStream Pe, MemoryStream Pdb) Emit(SourceUnit unit,
        Func<ReferenceSet, CSharpCompilation> over, ref ReferenceSet references)
    {
        var compilation = over(references);
        var (diagnostics, pe, pdb) = Emit(unit, compilation);
        if (IsFailure(diagnostics))
        {
            compilation = over(references.WithFramework(Framework.Paths.Keys));
            (diagnostics, pe, pdb) = Emit(unit, compilation);
            if (IsFailure(diagnostics)) throw new CompilationFailure(diagnostics, references);
            var used = compilation.GetUsedAssemblyReferences().Select(r => Path.GetFileNameWithoutExtension(r.Display ?? ""));
            references = references.WithFramework(used.Where(Framework.Paths.ContainsKey));
        }

        return (compilation, pe, pdb);
    }

    /// <summary>
    /// A cell of nothing but directives, comments and usings has nothing to emit; that is no failure, so only errors count.
    /// </summary>
    static bool IsFailure(ImmutableArray<Diagnostic> diagnostics) => diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    static (ImmutableArray<Diagnostic> Diagnostics, MemoryStream Pe, MemoryStream Pdb) Emit(SourceUnit unit,
        CSharpCompilation compilation)
    {
        var (pe, pdb) = (new MemoryStream(), new MemoryStream());
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
        if (!BoundedCompiler.Try(end => ReferenceBinding.Of(compilation).Emit(pe, pdb, options: options, cancellationToken: end),
            out var result))
            throw new SessionException("CompilationError", BoundedCompiler.Problem, unit.Place(Math.Max(unit.Line, 1)));
        pe.Position = pdb.Position = 0;
        return (result.Diagnostics, pe, pdb);
    }
}
