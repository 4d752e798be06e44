using Spectre.Console;
using Workbook.Host.Documents;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Commands;

/// <summary>Runs notebooks and shows how it goes: bars on a terminal, plain lines in a log.</summary>
static class WatchedRun
{
    /// <summary>The reports, in the order of the notebooks.</summary>
    public static Task<IReadOnlyList<NotebookReport>> RunAsync(IReadOnlyList<LoadedNotebook> notebooks, RunOptions options,
        StillPictures pictures, Terminal terminal, CancellationToken cancellation)
    {
        return terminal.IsWatched
            ? TerminalProgress.ShowAsync(AnsiConsole.Create(new AnsiConsoleSettings { Out = new TerminalOutput(() => Console.Out) }),
                progress => new NotebookBatch(options, pictures, progress).RunAsync(notebooks, cancellation))
            : new NotebookBatch(options, pictures, new LineProgress(terminal.Output, terminal.Errors)).RunAsync(notebooks, cancellation);
    }
}
