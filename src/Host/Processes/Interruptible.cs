using System.Runtime.InteropServices;

namespace Workbook.Host.Processes;

/// <summary>Runs a command so that Ctrl+C, the end of its terminal or of its job end it within two seconds, whatever it is at.</summary>
static class Interruptible
{
    /// <summary>How long a command may take to end by itself. What it computes by then is not waited for.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>How long what was asked to be finished may take beyond that.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    static volatile Task last = Task.CompletedTask;

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command; it runs on another thread, so that this one can leave it.</param>
    /// <returns>Its exit code, or that of an interrupted run.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var end = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registrations = Signals.Select(s => PosixSignalRegistration.Create(s, c =>
        {
            c.Cancel = true;
            if (s == PosixSignal.SIGHUP) LeaveTerminal();
            asked.TrySetResult();
        })).ToList();
        try
        {
            var work = Task.Run(() => ExitCodeAsync(command, end.Token));
            if (await Task.WhenAny(work, asked.Task) == work) return await work;

            // Whoever listens to the token may do so at length.
            _ = Task.Run(end.Cancel);
            await Task.WhenAny(work, Task.Delay(Grace));
            await Task.WhenAny(last, Task.Delay(Patience));
            return work.IsCompleted ? await work : ExitCodes.Interrupted;
        }
        finally
        {
            registrations.ForEach(r => r.Dispose());
        }
    }

    static async Task<int> ExitCodeAsync(Func<CancellationToken, Task<int>> command, CancellationToken end)
    {
        try
        {
            return await command(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"The program itself has failed; please report this. {e}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Does what is to be done to its end even when the command is ended meanwhile.</summary>
    public static Task Finish(Action action) => last = Task.Run(action);

    /// <summary>To write to a terminal that is gone is an error, and must not keep the reports from being written.</summary>
    static void LeaveTerminal()
    {
        if (!Console.IsOutputRedirected) Console.SetOut(TextWriter.Null);
        if (!Console.IsErrorRedirected) Console.SetError(TextWriter.Null);
    }
}
