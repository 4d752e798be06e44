using System.CommandLine;
using Workbook.Host.Run;

namespace Workbook.Host.Commands;

/// <summary><c>workbook run</c>: executes notebooks and leaves executed notebooks and pages.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Notebooks (.dib, .ipynb) or folders of notebooks.", DefaultValueFactory = _ => ["notebooks"] };
        var timeout = Seconds("--timeout", "How long a cell may take.", 300);
        var notebookTimeout = Seconds("--notebook-timeout", "How long a notebook may take.", 86400);
        var output = new Option<string>("--out") { Description = "The folder for executed notebooks and pages.", HelpName = "folder", DefaultValueFactory = _ => "out" };
        var command = new Command("run", "Execute notebooks, each in a process of its own, and write what they show.") { paths, timeout, notebookTimeout, output };
        command.SetAction((line, cancellation) => RunAsync(
            line.GetValue(paths)!,
            new RunOptions
            {
                CellTimeout = TimeSpan.FromSeconds(line.GetValue(timeout)),
                NotebookTimeout = TimeSpan.FromSeconds(line.GetValue(notebookTimeout)),
                Output = line.GetValue(output)!,
            },
            cancellation));
        return command;
    }

    static Option<double> Seconds(string name, string description, double value)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "seconds", DefaultValueFactory = _ => value };
        option.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && double.TryParse(r.Tokens[0].Value, out var seconds) && seconds is not (> 0 and <= 1e6))
                r.AddError($"{name}: expected a number of seconds above 0; received {r.Tokens[0].Value}.");
        });
        return option;
    }

    static async Task<int> RunAsync(string[] paths, RunOptions options, CancellationToken cancellation)
    {
        var (notebooks, problems) = NotebookSearch.Find(paths, options.Output);
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        if (notebooks.Count == 0) return ExitCodes.Usage;
        try
        {
            Directory.CreateDirectory(options.Output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--out: expected a folder that can be written; received {options.Output}: {e.Message}");
            return ExitCodes.Usage;
        }

        var reports = await new NotebookBatch(options, new LineProgress(Console.Out, Console.Error)).RunAsync(notebooks, cancellation).ConfigureAwait(false);
        return Math.Max(problems.Count > 0 ? ExitCodes.Usage : ExitCodes.Passed, reports.Max(r => r.ExitCode));
    }
}
