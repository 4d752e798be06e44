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
    readonly Argument<string[]> paths = new("path") { Description = "Notebooks or folders of notebooks.", DefaultValueFactory = _ => ["notebooks"] };

    /// <summary>The command with its options.</summary>
    public ListCommand() : base("list", "List notebooks with their titles and cells.")
    {
        Add(paths);
        paths.Validators.Add(r => UnknownOptions.Refuse(r, Options));
        SetAction(line => List(line.GetValue(paths)!));
    }

    static int List(string[] paths)
    {
        var (notebooks, problems) = NotebookSearch.Find(paths, "out");
        var exitCode = problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed;
        foreach (var notebook in notebooks.Select(LoadedNotebook.Read))
        {
            if (notebook.Document is { } document) Console.WriteLine($"{notebook.Path.Shown}: {DocumentTitle.Of(document) ?? "no title"} ({Words.Count(document.Cells.Count(c => c.Language == "csharp"), "C# cell")})");
            else
            {
                Console.Error.WriteLine(notebook.Problem);
                exitCode = Math.Max(exitCode, ExitCodes.Failed);
            }
        }

        foreach (var problem in problems) Console.Error.WriteLine(problem);
        return exitCode;
    }
}
