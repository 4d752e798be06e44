using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Packages;

namespace Workbook.Host.Sessions;

/// <summary>
/// Runs the cells of one notebook in order, in this process, which it makes its own: console, culture and working folder.
/// </summary>
sealed class CSharpSession
{
    readonly NotebookLoadContext context = new();

    readonly SubmissionChain submissions;

    readonly List<SourceUnit> sources = [];

    readonly HashSet<string> importing = [];

    readonly SharedValues values = new();

    PackageSet packages;

    /// <summary>Starts a session without cells.</summary>
    /// <param name="packages">The packages that the cells will ask for, as far as known: they are restored together, so that their versions
    /// agree.</param>
    /// <param name="most">How many <see cref="PlainCells"/> stay apart.</param>
    public CSharpSession(PackageSet? packages = null, int most = 32) =>
        (this.packages, submissions) = (packages ?? PackageSet.Empty, new SubmissionChain(context, most));

    /// <summary>Compiles and runs next to nothing, so that the start of the compiler is not the first cell's time.</summary>
    public Task WarmAsync() => submissions.Compile(new SourceUnit("start", 0, 1, "0"), "0", context.References)();

    /// <summary>
    /// An empty cell on top of those that have compiled, to be looked at and not run. Any thread may ask, also while a cell runs.
    /// </summary>
    public CSharpCompilation Surroundings => submissions.Surroundings(context.References);

    /// <summary>Runs a cell to its end; what it puts out goes to the sink as it happens.</summary>
    /// <returns>Null when all went well, else what ended the cell; the same error has been put out.</returns>
    public async Task<CellFailure?> RunAsync(SourceUnit cell, CellSink sink)
    {
        sink.Enter();
        try
        {
            if (await RunUnitAsync(cell) is { } trailing)
                sink.Publish(new ResultOutput(Displays.Bundle(trailing.Value, [])));
            return null;
        }
        catch (Exception e) when (e is not (ThreadAbortException or ThreadInterruptedException))
        {
            // Whatever a cell throws is the cell's outcome, not this program's. An interrupt comes from the host, which says itself what it
            // means.
            var failure = new FailureReport(sources, cell).Of(e);
            sink.Publish(failure.Output);
            return failure;
        }
    }

    async Task<Trailing?> RunUnitAsync(SourceUnit unit)
    {
        sources.Add(unit);
        if (SharedValues.IsOne(unit.Source))
        {
            Directed(() => values.Keep(unit, (text, mimeType) => Displays.Show(text, mimeType)),
                m => new("DirectiveError", m, unit.Place(Math.Max(unit.Line, 1))));
            return null;
        }

        if (CodeDepth.Problem(unit.Source) is { } problem)
            throw new SessionException("CompilationError", $"The cell is not compiled: {problem}. Split it, or read data from a file.",
                unit.Place(Math.Max(unit.Line, 1)));
        var (directives, source) = DirectiveReader.Read(unit.Source);
        var references = context.References;
        string? last = null;
        var watch = directives.Any(d => d.Name == "#!time") ? Stopwatch.StartNew() : null;
        foreach (var directive in directives)
        {
            SessionException Error(string message) =>
                new("DirectiveError", message, unit.Place(Math.Max(unit.Line, 1) + directive.Line - 1));
            switch (directive.Name)
            {
                case "#r":
                    references = PackageSet.IsPackage(directive.Argument) ? AddPackages(references, directive, Error)
                        : AddReference(references, directive.Argument, unit, Error);
                    break;
                case "#i":
                    packages = Asked(p => p.AddSource(directive.Argument, Path.GetDirectoryName(unit.File)!), directive, Error);
                    break;
                case "#load":
                    context.References = references;
                    var script = Locate(directive.Argument, unit, Error);
                    await RunFileAsync(script, [new SourceUnit(script, 0, 1, RegularFile.Text(script))], Error);
                    references = context.References;
                    break;
                case "#!import":
                    context.References = references;
                    var import = Locate(directive.Argument, unit, Error);
                    await RunFileAsync(import, Units(import), Error);
                    references = context.References;
                    break;
                case "#!set" or "#!share":
                    var code = "";
                    Directed(() => code = values.Code(directive), Error);
                    await submissions.Compile(unit, new string('\n', directive.Line - 1) + code, references)();
                    references = context.References;
                    break;
                case "#!who" or "#!whos":
                    // Behind code it is about what that code makes.
                    if (source.Split('\n').Take(directive.Line - 1).All(string.IsNullOrWhiteSpace)) ShowVariables(directive.Name);
                    else last = directive.Name;
                    break;
                case "#!time":
                    break;
                case "#!about":
                    Console.WriteLine(
                        $"Workbook {typeof(CSharpSession).Assembly.GetName().Version!.ToString(3)}, .NET {Environment.Version}, C# script");
                    break;
                case "#!lsmagic":
                    Console.WriteLine(string.Join('\n', Known));
                    break;
                case var name when Languages.Known.Marker(name) is { } language:
                    if (language == "csharp") break;
                    throw Error($"{name} begins a cell of its own: put it, and what follows it, into another cell.");
                default:
                    throw Error($"Unknown directive {directive.Name}. Known are {string.Join(", ", Known)}.");
            }
        }

        var run = submissions.Compile(unit, source, references);
        var trailing = await run();
        if (last is not null) ShowVariables(last);
        if (watch is not null) Displays.Show($"Wall time: {watch.Elapsed.TotalMilliseconds:0.###} ms");
        return trailing;
    }

    /// <summary>The directives that a cell can have.</summary>
    public static IReadOnlyList<string> Known { get; } = ["#r", "#i", "#load", "#!import", "#!set", "#!share", "#!value", "#!who", "#!whos",
        "#!time", "#!about", "#!lsmagic"];

    void ShowVariables(string directive) =>
        Displays.Show(directive == "#!who" ? VariableTable.Names(submissions.Variables) : VariableTable.Of(submissions.Variables));

    static void Directed(Action action, Func<string, SessionException> error)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw error(e.Message);
        }
    }


    ReferenceSet AddReference(ReferenceSet references, string argument, SourceUnit unit, Func<string, SessionException> error)
    {
        if (Framework.Paths.ContainsKey(argument)) return references;
        var path = Locate(argument, unit, error);
        try
        {
            var next = references.Add(path);
            if (context.Outdated(next) is { } loaded)
                throw error(
                    $"#r: {loaded.Name} {loaded.Version} is in use already and cannot be replaced by {path}. "
                        + "Refer to the newer version before the first cell that uses it.");
            return next;
        }
        catch (BadImageFormatException)
        {
            throw error($"#r: expected a .NET assembly; {path} is none.");
        }
    }

    ReferenceSet AddPackages(ReferenceSet references, Directive directive, Func<string, SessionException> error)
    {
        var asked = Asked(p => p.Add(directive.Argument), directive, error);
        try
        {
            var files = PackageRestore.Get(asked);
            packages = asked;
            foreach (var note in files.Said) Displays.Say(note);
            return references.AddPackages(files.Assemblies, files.Natives);
        }
        catch (PackageException e)
        {
            throw error(e.Message);
        }
    }

    PackageSet Asked(Func<PackageSet, PackageSet> add, Directive directive, Func<string, SessionException> error)
    {
        if (!PackageSet.IsPackage(directive.Argument))
            throw error($"{directive.Name}: expected \"nuget: …\". Received: \"{directive.Argument}\".");
        try
        {
            return add(packages);
        }
        catch (FormatException e)
        {
            throw error(e.Message);
        }
    }

    static string Locate(string argument, SourceUnit unit, Func<string, SessionException> error)
    {
        var path = Path.GetFullPath(argument.Replace('\\', '/'), Path.GetDirectoryName(unit.File)!);
        return RegularFile.Is(path) ? path
            : throw error(
                $"There is no file {path} (\"{argument}\" is relative to the folder of {Path.GetFileName(unit.File)}). "
                    + "Build or add it, or correct the path.");
    }

    static IEnumerable<SourceUnit> Units(string path)
    {
        if (!NotebookFile.IsNotebook(path)) return [new SourceUnit(path, 0, 1, RegularFile.Text(path))];
        return NotebookFile.Read(path).Cells.Select((c, i) => (Cell: c, Number: i + 1)).Where(c => c.Cell.Language == "csharp")
            .Select(c => new SourceUnit(path, c.Number, c.Cell.Line, c.Cell.Source));
    }

    async Task RunFileAsync(string path, IEnumerable<SourceUnit> units, Func<string, SessionException> error)
    {
        if (!importing.Add(path)) throw error($"{path} imports itself; break the circle.");
        try
        {
            foreach (var unit in units)
                if (await RunUnitAsync(unit) is { } trailing) Displays.Show(trailing.Value);
        }
        finally
        {
            importing.Remove(path);
        }
    }
}
