using System.Diagnostics;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Processes;
using Workbook.Host.Run.Results;
using Workbook.Host.Sessions;

namespace Workbook.Host.Run;

/// <summary>Runs one notebook by .NET Interactive, where it is installed, so that both hosts can be compared.</summary>
/// <remarks>
/// The tool dotnet-repl runs the whole notebook in a process; what its cells showed is read from the file that it writes. So there are no
/// times of
/// cells, and no cell is ended by itself.
/// </remarks>
/// <param name="notebook">Which.</param>
/// <param name="document">Its content; outputs in it are replaced.</param>
/// <param name="options">How.</param>
/// <param name="progress">Hears how it goes on.</param>
sealed class ForeignRunner(NotebookPath notebook, NotebookDocument document, RunOptions options, IRunProgress progress)
{
    /// <summary>The host's name on the command line.</summary>
    public const string Name = "dotnet-interactive";

    const string Tool = "dotnet-repl";

    readonly string folder = Path.GetDirectoryName(notebook.File)!;

    readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Runs all cells and judges each as if it had run here.</summary>
    public async Task<NotebookReport> RunAsync(CancellationToken cancellation)
    {
        var planned = document.Cells.Select((c, i) => new CellReport(i + 1, c)).Where(r => r.Cell.IsCode).ToList();
        progress.Begins(notebook, planned.Count);
        using var scratch = new ScratchFolder();
        var (source, target) = (scratch.At("run.dib"), scratch.At("done.ipynb"));
        await File.WriteAllTextAsync(source, DibWriter.Write(document), CancellationToken.None);
        var said = await RunToolAsync(source, target, cancellation);
        if (!File.Exists(target)) return Failed($"{Tool} wrote no notebook. {said}".Trim());

        var shown = NotebookFile.Read(target).Cells.Where(c => c.IsCode).ToList();
        if (shown.Count != planned.Count) return Failed($"{Tool}: expected {planned.Count} executed cells. Received: {shown.Count}.");
        var reports = planned.Zip(shown, Judge).ToList();
        foreach (var report in reports) progress.Done(notebook, report);
        return new NotebookReport(notebook) { Document = document, Cells = reports, Elapsed = watch.Elapsed };
    }

    NotebookReport Failed(string words) => new(notebook)
    {
        Document = document,
        Elapsed = watch.Elapsed,
        Problem = $"{notebook.Shown}: {words}",
    };

    async Task<string> RunToolAsync(string source, string target, CancellationToken cancellation)
    {
        string[] arguments = [.. Command(), "--run", source, "--exit-after-run", "--output-format", "ipynb", "--output-path", target];
        var info = new ProcessStartInfo(arguments[0], arguments[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = OwnChildren.Start(info);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.NotebookTimeout < TimeSpan.FromDays(1)) clock.CancelAfter(options.NotebookTimeout);
        try
        {
            await process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return cancellation.IsCancellationRequested
                ? "The run was ended from outside."
                : $"The notebook took longer than {options.NotebookTimeout.TotalSeconds:0.#} s and was ended. "
                    + "Allow more time (--notebook-timeout).";
        }

        return process.ExitCode == 0 ? "" : $"It said: {await errors}{await output}";
    }

    /// <summary>On the PATH, among the user's tools, or in a tool manifest above the notebook.</summary>
    string[] Command()
    {
        var file = OperatingSystem.IsWindows() ? $"{Tool}.exe" : Tool;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));
        if (folders.Select(f => Path.Combine(f, file)).FirstOrDefault(File.Exists) is { } installed) return [installed];
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            var manifest = Path.Combine(above.FullName, ".config", "dotnet-tools.json");
            if (!File.Exists(manifest) || !File.ReadAllText(manifest).Contains($"\"{Tool}\"", StringComparison.Ordinal)) continue;
            return ["dotnet", "tool", "run", Tool, "--"];
        }

        throw new IOException(
            $"--kernel {Name}: expected the tool {Tool} on the PATH, in ~/.dotnet/tools, or in a tool manifest above the notebook."
            + $" Received: none. Run: dotnet tool install --global {Tool}");
    }

    CellReport Judge(CellReport plan, Cell shown)
    {
        // It writes one output for each line of text.
        var log = new OutputLog();
        foreach (var output in shown.Outputs) log.Add(output);
        plan.Cell.Outputs.Clear();
        plan.Cell.Outputs.AddRange(log.Outputs);
        plan.Cell.ExecutionCount = plan.Number;
        var error = plan.Cell.Outputs.OfType<ErrorOutput>().LastOrDefault();
        var (passed, failed) = Checks.Count(plan.Cell.Outputs);
        var told = error is null ? null : Told(error);
        var verdict = Promise.Judge(plan.Cell.Tags, told, told is null ? null : [told.Name], failed);
        var place = new SourcePlace(notebook.File, plan.Cell.Line, plan.Number, 1);
        return plan with
        {
            Status = verdict is null ? CellStatus.Passed : CellStatus.Failed,
            Message = verdict,
            Details = error?.Traceback ?? [],
            Place = place,
            ChecksPassed = passed,
            ChecksFailed = failed,
        };
    }

    /// <summary>
    /// Its errors are all called Error; the exception's type stands before the message, and the stack below it. The compiler's begin with a
    /// place.
    /// </summary>
    static ErrorOutput Told(ErrorOutput error)
    {
        var words = error.Message.Split('\n')[0];
        var end = words.IndexOf(": ", StringComparison.Ordinal);
        return end < 0 || words[0] == '('
            ? new ErrorOutput("CompilationError", words, error.Traceback)
            : new ErrorOutput(words[..end].Split('.')[^1], words[(end + 2)..], error.Traceback);
    }
}
