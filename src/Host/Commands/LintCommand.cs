using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Lint;
using Workbook.Host.Lint.Writing;
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

    readonly Option<bool> strict = new("--strict") { Description = "Let advice on how a page is written fail too." };

    /// <summary>The command with its options.</summary>
    public LintCommand(Terminal terminal) : base("lint", "Find what would break a notebook on another machine or host.")
    {
        this.terminal = terminal;
        Add(program);
        Add(strict);
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        SetAction((line, cancellation) =>
            Task.FromResult(Lint(line.GetValue(paths)!, line.GetValue(program), line.GetValue(strict), cancellation)));
    }

    int Lint(string[] paths, bool asProgram, bool isStrict, CancellationToken cancellation)
    {
        var (notebooks, problems, notices) = NotebookSearch.Find(paths, "out", terminal.Folder, cancellation);
        var exitCode = problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed;
        foreach (var problem in problems.Concat(notices)) terminal.Errors.WriteLine(problem);
        foreach (var notebook in notebooks.Select(LoadedNotebook.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            var findings = notebook.Document is { } document ? Findings(document, notebook.Path).ToList() : [];
            if (notebook.Problem is { } cause) terminal.Errors.WriteLine(Harmless.Log(cause));
            foreach (var finding in findings) Say(notebook.Path.Shown, finding);
            foreach (var loss in asProgram && notebook.Document is { } whole ? Losses(whole, notebook.Path.File) : [])
                terminal.Output.WriteLine(Harmless.Log($"{notebook.Path.Shown}: as a .cs file: {loss}"));
            if (notebook.Document is null || findings.Exists(f => isStrict || !f.IsAdvice)) exitCode = Math.Max(exitCode, ExitCodes.Failed);
        }

        foreach (var glossary in notebooks.Select(n => Glossary.Find(Path.GetDirectoryName(n.File)!)).OfType<string>().Distinct())
            foreach (var (line, message) in Glossary.Read(RegularFile.Text(glossary)).Problems)
            {
                Say(Glossary.Place, new("glossary", 0, line, message));
                exitCode = Math.Max(exitCode, ExitCodes.Failed);
            }

        terminal.Output.WriteLine($"{Words.Count(notebooks.Count, "notebook")} checked.");
        return exitCode;
    }

    void Say(string file, Finding finding)
    {
        var place = $"{file}{(finding.Line > 0 ? $":{finding.Line}" : "")}{(finding.Cell > 0 ? $" (cell {finding.Cell})" : "")}";
        terminal.Errors.WriteLine(Harmless.Log($"{place}: {(finding.IsAdvice ? "advice: " : "")}{finding.Rule}: {finding.Message}"));
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
                $"{path.Shown}: from cell {next + 1} on nothing was compiled, since that cell needs a package, another notebook, an assembly "
                    + "that is not built, or too much time of the compiler; so imports and what .NET Interactive would refuse were not checked there.");
        var name = PortableName.Problem(Path.GetFileName(path.File)) is { } problem
            ? new[] { new Finding("file-name", 0, 0, $"{problem}. Rename it.") } : [];
        return name.Concat(Linter.Check(document, Path.GetDirectoryName(path.File))).Concat(InteractiveCompatibility.Find(cells))
            .Concat(UnusedImports.Find(document, cells)).Concat(PageRules.Check(document, Executed(document, path)));
    }

    /// <summary>The notebook with its outputs: itself, or its executed twin; null when there is none.</summary>
    static NotebookDocument? Executed(NotebookDocument document, NotebookPath path)
    {
        if (document.Cells.Exists(c => c.Outputs.Count > 0)) return document;
        var twin = Path.ChangeExtension(path.File, ".ipynb");
        return path.File == twin || !File.Exists(twin) ? null : LoadedNotebook.Read(new(twin, twin)).Document;
    }
}
