using System.CommandLine;
using System.CommandLine.Parsing;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Export.Browser;
using Workbook.Host.Processes;
using Workbook.Host.Reports;
using Workbook.Host.Run;
using Workbook.Host.Run.Changes;
using Workbook.Host.Run.Parameters;
using Workbook.Host.Run.Verification;

namespace Workbook.Host.Commands;

/// <summary><c>workbook run</c>: executes notebooks and leaves executed notebooks, pages and reports.</summary>
sealed class RunCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string[]> paths = new("path")
    { Description = "Notebooks (.dib, .ipynb) or folders of notebooks.", DefaultValueFactory = _ => ["notebooks"] };

    readonly PositiveOption timeout = new("--timeout", "seconds", "How long a cell may take. Then it is ended.", 300);

    readonly PositiveOption notebookTimeout = new("--notebook-timeout", "seconds", "How long a notebook may take. Then it is ended.",
        86400);

    readonly PositiveOption memory = new("--memory", "MiB", "How much memory a notebook may use. Default: as much as there is.", null);

    readonly PositiveOption jobs = new("--jobs", "number", "How many notebooks run side by side.", 1);

    readonly Option<string> output = new("--out")
    { Description = "The folder for executed notebooks, pages and reports.", HelpName = "folder", DefaultValueFactory = _ => "out" };

    readonly Option<string[]> set = new("--set")
    { Description = "Give a parameter of the notebooks another value: --set epochs=50.", HelpName = "name=value" };

    readonly Option<string[]> only = new("--only")
    { Description = "Run only these cells: a number (7), a range (1-7) or a tag; several with commas.", HelpName = "cells" };

    readonly Option<string> backend = new("--backend")
    { Description = "Another engine for the notebooks' numbers: tensorflow, or tensorflow=LIBRARY.", HelpName = "name" };

    readonly Option<string> kernel = new("--kernel")
    { Description = "Another host that is installed: dotnet-interactive.", HelpName = "name" };

    readonly Option<bool> locked = new("--locked") { Description = "Refuse packages that cannot be had in the version that is asked for." };

    readonly Option<bool> changed = new("--changed")
    { Description = "Leave out notebooks of which nothing has changed since their last green run." };

    readonly Option<bool> verify = new("--verify") { Description = "Compare the outputs with those stored beside the notebook." };

    readonly Option<bool> update = new("--update") { Description = "Store the outputs beside the notebook, for --verify." };

    readonly Option<bool> noPictures = new("--no-pictures")
    { Description = "Leave out still pictures of figures. They need a Chromium, Chrome or Edge." };

    readonly Option<bool> sanitize = SanitizeOption.Create();

    readonly Option<string?> repository = RepositoryOption.Create();

    readonly Option<bool> showOutput = new("--show-output") { Description = "Show what cells write while they run." };

    /// <summary>The command with its options.</summary>
    public RunCommand(Terminal terminal) : base("run", "Execute notebooks, each in a process of its own, and write what they show.")
    {
        this.terminal = terminal;
        foreach (var symbol in new Option[] { timeout, notebookTimeout, memory, jobs, output, set, only, backend, kernel, locked, changed,
            verify, update, noPictures, sanitize, repository, showOutput }) Add(symbol);
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        set.Validators.Add(r => Refuse(r, v => Assignment.Parse(v)));
        set.Validators.Add(RefuseRepeated);
        backend.Validators.Add(r => Refuse(r, v => EngineName(v)));
        only.Validators.Add(r => Refuse(r, v => CellSelection.Parse([v])));
        Validators.Add(r =>
        {
            if (r.GetValue(verify) && r.GetValue(update))
                r.AddError("--verify and --update exclude each other: one compares with what the other replaces.");
            if (r.GetValue(update) && (r.GetResult(set) ?? r.GetResult(only)) is OptionResult part)
                r.AddError(
                    $"--update and {part.Option.Name} exclude each other: stored are the outputs of the whole notebook as it stands.");
        });
        Validators.Add(r =>
        {
            if (r.GetValue(changed)
                && new Option[] { only, verify, update }.Select(o => r.GetResult(o)).OfType<OptionResult>()
                    .FirstOrDefault(o => !o.Implicit) is { } part)
                r.AddError($"--changed and {part.Option.Name} exclude each other: what is left out has no fresh outputs.");
        });
        kernel.AcceptOnlyFromAmong(ForeignRunner.Name);
        Validators.Add(r =>
        {
            Option[] own = [timeout, memory, only, backend, locked, changed, verify, update];
            if (r.GetValue(kernel) is not null
                && own.Select(o => r.GetResult(o)).OfType<OptionResult>().FirstOrDefault(o => !o.Implicit) is { } part)
                r.AddError($"--kernel and {part.Option.Name} exclude each other: another host runs the whole notebook, in its own way.");
        });
        SetAction(
            (line, cancellation) => RunAsync(line.GetValue(paths)!, Read(line), line.GetValue(output)!, !line.GetValue(noPictures),
                line.GetValue(repository), cancellation));
    }

    RunOptions Read(ParseResult line) => new()
    {
        CellTimeout = TimeSpan.FromSeconds(line.GetValue(timeout)),
        NotebookTimeout = TimeSpan.FromSeconds(line.GetValue(notebookTimeout)),
        Memory = line.GetValue(memory) is > 0 and var mebibytes ? (long)(mebibytes * (1 << 20)) : null,
        Jobs = (int)Math.Ceiling(line.GetValue(jobs)),
        Output = terminal.At(line.GetValue(output)!),
        Assignments = [.. (line.GetValue(set) ?? []).Select(Assignment.Parse)],
        Only = CellSelection.Parse(line.GetValue(only) ?? []),
        Backend = line.GetValue(backend) is { } engine ? EngineName(engine) : null,
        Foreign = line.GetValue(kernel) is not null,
        Changed = line.GetValue(changed),
        Locked = line.GetValue(locked),
        Verify = line.GetValue(verify),
        Update = line.GetValue(update),
        IsSanitized = line.GetValue(sanitize),
        ShowOutput = line.GetValue(showOutput),
    };

    /// <summary>As the worker reads it, which runs in another folder.</summary>
    string EngineName(string value) => value.Split('=', 2) switch
    {
        ["embedded" or "tensorflow"] => value,
        ["tensorflow", { Length: > 0 } path] => $"tensorflow={terminal.At(path)}",
        _ => throw new FormatException($"--backend: expected embedded, tensorflow or tensorflow=PATH. Received: {value}."),
    };

    async Task<int> RunAsync(string[] paths, RunOptions options, string folder, bool hasPictures, string? repository,
        CancellationToken cancellation)
    {
        var (found, problems, notices) = NotebookSearch.Find(paths, folder, terminal.Folder, cancellation);
        var notebooks = found.Select(LoadedNotebook.Read).ToList();
        var documents = notebooks.Select(n => n.Document).OfType<Documents.NotebookDocument>().ToList();
        var refusals = ParameterCell.Problems(documents, options.Assignments).Concat(options.Only.Problems(documents))
            .Concat(Overwritten(found, folder)).ToList();
        foreach (var problem in problems.Concat(notices).Concat(notebooks.SelectMany(n => n.Remarks)).Concat(refusals))
            terminal.Errors.WriteLine(problem);
        if (notebooks.Count == 0 || refusals.Count > 0) return ExitCodes.Usage;
        try
        {
            foreach (var document in documents) ParameterCell.Inject(document, options.Assignments);
            Directory.CreateDirectory(terminal.At(folder));
        }
        catch (FormatException e)
        {
            return terminal.Refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(folder, e);
        }

        try
        {
            options = options with { Frame = Frame(notebooks, repository, options.IsSanitized) };
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(e.Message);
        }

        var green = GreenRuns.Read(terminal.At(folder));
        var inputs = notebooks.ToDictionary(n => n.Path, n => Inputs.Of(n, options));
        var left = LeftOut(notebooks, options, green, inputs);
        notebooks.RemoveAll(n => left.Contains(n.Path));
        if (notebooks.Count == 0) return problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed;
        await using var pictures = new StillPictures(hasPictures);
        var reports = await WatchedRun.RunAsync(notebooks, options, pictures, terminal, cancellation);
        if (pictures.Notice is { } notice) terminal.Errors.WriteLine(notice);
        try
        {
            await Interruptible.Finish(() =>
            {
                RunReports.Write(reports, [.. left.Select(green.Report)], options.Frame!, terminal.At(folder), terminal.Errors);
                if (options.Only.IsAll) green.Take(reports, inputs);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(folder, e);
        }

        var isVain = reports.Any(r => r.Notice is not null) && reports.All(r => r.Document is null || r.Notice is not null);
        if (isVain)
            terminal.Errors.WriteLine(
                "--verify: expected stored outputs beside at least one notebook; found none. Store them with --update.");
        var exitCode = Math.Max(problems.Count > 0 || isVain ? ExitCodes.Usage : ExitCodes.Passed, reports.Max(r => r.ExitCode));
        if (exitCode == ExitCodes.Interrupted)
            terminal.Errors.WriteLine($"Interrupted. What was done until then is in {folder}; summary.md tells what was not.");
        terminal.Output.WriteLine($"Pages: {Path.Combine(folder, BookFrame.IndexFile)}");
        return exitCode;
    }

    /// <summary>What the pages have in common: all notebooks that could be read, those included whose last pages stay.</summary>
    static BookFrame Frame(IReadOnlyList<LoadedNotebook> notebooks, string? repository, bool isSanitized)
    {
        var read = notebooks.Where(n => n.Document is not null).OrderBy(n => n.Path.Name, StringComparer.Ordinal).ToList();
        var titles = read.Select(n => (n.Path.Name, DocumentTitle.Of(n.Document!) ?? n.Path.Name)).ToList();
        var folder = read.Select(n => Path.GetDirectoryName(n.Path.File)).FirstOrDefault();
        return new BookFrame(BookCover.Of(read.Select(n => n.Path.File)), titles, folder, repository) { IsSanitized = isSanitized };
    }

    /// <summary>
    /// The notebooks of which nothing has changed, each named with its last green run, as the others are with what has changed.
    /// </summary>
    List<NotebookPath> LeftOut(List<LoadedNotebook> notebooks, RunOptions options, GreenRuns green,
        IReadOnlyDictionary<NotebookPath, SortedDictionary<string, string>> inputs)
    {
        if (!options.Changed) return [];
        if (Environment.GetEnvironmentVariable("CI") is not null)
        {
            terminal.Errors.WriteLine("--changed: in continuous integration every notebook runs.");
            return [];
        }

        var left = new List<NotebookPath>();
        foreach (var path in notebooks.Select(n => n.Path))
        {
            var reason = green.Reason(path, inputs[path]);
            if (reason is null) left.Add(path);
            terminal.Output.WriteLine(
                reason is null ? $"- {path.Name}: left out, nothing has changed since its green run of {green.Time(path)}"
                    : $"  {path.Name}: runs, {reason}");
        }

        return left;
    }

    int Refused(string folder, Exception why)
    {
        return terminal.Refuse($"--out: expected a folder that can be written. Received: {folder}: {why.Message}");
    }

    /// <summary>A run writes where it is told; it must not write over what it reads.</summary>
    IEnumerable<string> Overwritten(IReadOnlyList<NotebookPath> notebooks, string folder)
    {
        var kept = notebooks.Select(n => OutputVerification.StoredPath(n.File)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return notebooks.Select(n => terminal.At($"{Path.Combine(folder, n.Name)}.ipynb")).Where(kept.Contains)
            .Select(p =>
                $"--out: expected a folder apart from the notebooks. Received: {folder}, where {Path.GetFileName(p)} is a notebook or "
                    + "belongs to one. Name another folder; --update stores outputs beside the notebook.");
    }

    static void RefuseRepeated(OptionResult result)
    {
        var names = result.Tokens.Select(t => t.Value.Split('=', 2)[0].Trim());
        foreach (var name in names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
            result.AddError($"--set {name}: expected one value. Received: several.");
    }

    static void Refuse(SymbolResult result, Action<string> parse)
    {
        foreach (var token in result.Tokens)
        {
            try
            {
                parse(token.Value);
            }
            catch (FormatException e)
            {
                result.AddError(e.Message);
            }
        }
    }
}
