using System.Collections.Concurrent;
using Spectre.Console;
using Workbook.Host.Documents;
using Workbook.Host.Processes;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Run;

/// <summary>
/// Shows on a terminal how a run goes: a bar for each notebook while it runs, its summary when it is done, and what is wrong.
/// </summary>
sealed class TerminalProgress : IRunProgress
{
    readonly IAnsiConsole console;

    readonly ProgressContext context;

    readonly ConcurrentDictionary<NotebookPath, ProgressTask> tasks = [];

    TerminalProgress(IAnsiConsole console, ProgressContext context) => (this.console, this.context) = (console, context);

    /// <summary>Runs something under the display.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IRunProgress, Task<T>> run) => console.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
            new ElapsedTimeColumn())
        .StartAsync(context => run(new TerminalProgress(console, context)));

    /// <inheritdoc/>
    public void Begins(NotebookPath notebook, int cells) =>
        tasks[notebook] = context.AddTask(Spectre.Console.Markup.Escape(notebook.Name), maxValue: Math.Max(cells, 1));

    /// <inheritdoc/>
    public void Notes(string text) => console.Write(new Text(text + "\n"));

    /// <inheritdoc/>
    public void Writes(NotebookPath notebook, string stream, string text) => console.Write(new Text(text));

    /// <inheritdoc/>
    public void Done(NotebookPath notebook, CellReport cell)
    {
        tasks[notebook].Increment(1);
        if (!cell.IsFault) return;
        foreach (var line in RunWords.Fault(notebook, cell)) console.Write(new Text(line + "\n", new Style(Color.Red)));
    }

    /// <inheritdoc/>
    public void Done(NotebookReport report)
    {
        if (tasks.TryRemove(report.Notebook, out var task)) task.Value = task.MaxValue;
        if (report.Notice is not null) console.Write(new Text(report.Notice + "\n"));
        foreach (var note in report.Page?.Notes ?? []) console.Write(new Text(Harmless.Text($"{report.Notebook.Shown}: {note}") + "\n"));
        if (report.Problem is not null) console.Write(new Text(Harmless.Text(report.Problem) + "\n", new Style(Color.Red)));
        console.Write(new Text(RunWords.Summary(report) + "\n", new Style(report.ExitCode == ExitCodes.Passed ? Color.Green : Color.Red)));
    }
}
