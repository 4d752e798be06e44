using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Lint;
using Workbook.Host.Processes;
using Workbook.Host.Programs;
using Workbook.Host.Run;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary><c>workbook lint</c>: what would break a notebook elsewhere.</summary>
sealed class LintCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string[]> paths = new("path")
    { Description = "Notebooks or folders of notebooks.", DefaultValueFactory = _ => ["notebooks"] };

    readonly Option<bool> program = new("--program")
    { Description = "Say also what a .cs file for dotnet run would not hold. That is no fault of a notebook." };

    /// <summary>The command with its options.</summary>
    public LintCommand(Terminal terminal) : base("lint", "Find what would break a notebook on another machine or host.")
    {
        this.terminal = terminal;
        Add(program);
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        SetAction((line, cancellation) => Task.FromResult(Lint(line.GetValue(paths)!, line.GetValue(program), cancellation)));
    }

    int Lint(string[] paths, bool asProgram, CancellationToken cancellation)
    {
        var (notebooks, problems, notices) = NotebookSearch.Find(paths, "out", terminal.Folder, cancellation);
        var exitCode = problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed;
        foreach (var problem in problems.Concat(notices)) terminal.Errors.WriteLine(problem);
        foreach (var notebook in notebooks.Select(LoadedNotebook.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            string[] lines = notebook.Document is { } document
                ? [.. Findings(document, notebook.Path)
                    .Select(f =>
                        $"{notebook.Path.Shown}{(f.Line > 0 ? $":{f.Line}" : "")}{(f.Cell > 0 ? $" (cell {f.Cell})" : "")}: {f.Rule}: {f.Message}")]
                : [notebook.Problem!];
            foreach (var line in lines) terminal.Errors.WriteLine(Harmless.Log(line));
            foreach (var loss in asProgram && notebook.Document is { } whole ? Losses(whole, notebook.Path.File) : [])
                terminal.Output.WriteLine(Harmless.Log($"{notebook.Path.Shown}: as a .cs file: {loss}"));
            if (lines.Length > 0) exitCode = Math.Max(exitCode, ExitCodes.Failed);
        }

        terminal.Output.WriteLine($"{Words.Count(notebooks.Count, "notebook")} checked.");
        return exitCode;
    }

    static IEnumerable<string> Losses(NotebookDocument document, string file)
    {
        try
        {
            var folder = Path.GetDirectoryName(file)!;
            var (_, losses) = ProgramWriter.Write(document, assembly => ProjectSearch.Find(assembly, file, folder));
            return DibLosses.Of(document, ".cs").Concat(losses);
        }
        catch (NotebookFormatException e)
        {
            return [e.Message];
        }
    }

    IEnumerable<Finding> Findings(NotebookDocument document, NotebookPath path)
    {
        var cells = BoundCell.Of(document, path.File).ToList();
        var next = document.Cells.FindIndex(cells.LastOrDefault()?.Number ?? 0, c => c.Language == "csharp");
        if (next >= 0)
            terminal.Output.WriteLine(
                $"{path.Shown}: from cell {next + 1} on nothing was compiled, since that cell needs a package, another notebook, or an "
                    + "assembly that is not built; so imports and what .NET Interactive would refuse were not checked there.");
        var name = PortableName.Problem(Path.GetFileName(path.File)) is { } problem
            ? new[] { new Finding("file-name", 0, 0, $"{problem}. Rename it.") } : [];
        return name.Concat(Linter.Check(document, Path.GetDirectoryName(path.File))).Concat(InteractiveCompatibility.Find(cells))
            .Concat(UnusedImports.Find(document, cells));
    }
}
