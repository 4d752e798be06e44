using System.CommandLine;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Processes;
using Workbook.Host.Run;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary><c>workbook list</c>: which notebooks a run would execute.</summary>
sealed class ListCommand : Command
{
    readonly Terminal terminal;

    readonly Argument<string[]> paths = new("path")
    { Description = "Notebooks or folders of notebooks.", DefaultValueFactory = _ => ["notebooks"] };

    /// <summary>The command with its options.</summary>
    public ListCommand(Terminal terminal) : base("list", "List notebooks with their titles and cells.")
    {
        this.terminal = terminal;
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        SetAction((line, cancellation) => Task.FromResult(List(line.GetValue(paths)!, cancellation)));
    }

    int List(string[] paths, CancellationToken cancellation)
    {
        var (notebooks, problems, notices) = NotebookSearch.Find(paths, "out", terminal.Folder, cancellation);
        var exitCode = problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed;
        foreach (var notebook in notebooks.Select(LoadedNotebook.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            if (notebook.Document is { } document)
                terminal.Output.WriteLine(
                    $"{notebook.Path.Shown}: {Harmless.Line(DocumentTitle.Of(document) ?? "no title")} ({Words.Count(document.Cells.Count(c => c.Language == "csharp"), "C# cell")})");
            else
            {
                terminal.Errors.WriteLine(notebook.Problem);
                exitCode = Math.Max(exitCode, ExitCodes.Failed);
            }
        }

        foreach (var problem in problems.Concat(notices)) terminal.Errors.WriteLine(problem);
        return exitCode;
    }
}
