using System.Diagnostics;
using Workbook.Host.Language;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Outside;

namespace Workbook.Host.Jupyter;

/// <summary>
/// The worker of a kernel. Where a cell can be stopped only with its process, a new worker takes the place of the old one.
/// </summary>
/// <param name="folder">The folder in which cells run.</param>
/// <param name="listener">Hears what the cells put out.</param>
sealed class CellWorker(string folder, IWorkerListener listener) : IAsyncDisposable
{
    /// <summary>
    /// How long a cell may take to end after it was asked to; where the machine is not busy, an interrupt is answered within two seconds.
    /// </summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    readonly Lock changing = new();

    readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Tells libraries that a line they have written can be written over, as on a terminal: front ends follow a carriage return.
    /// </summary>
    static readonly Dictionary<string, string> Terminal = new() { ["WORKBOOK_CONSOLE"] = "terminal" };

    CancellationTokenSource? ending;

    Task running = Task.CompletedTask;

    long began;

    bool isClosed;

    bool isWarm;

    Task warming = Task.CompletedTask;

    WorkerProcess process = null!;

    /// <summary>Ends when a worker has ended that nobody has ended.</summary>
    public Task Lost => lost.Task;

    /// <summary>Starts the worker; it gets ready by itself.</summary>
    public void Start()
    {
        var started = process = WorkerProcess.Start(folder, PackageSet.Empty, Terminal, listener);
        _ = started.Gone.ContinueWith(_ => LoseIfCurrent(started), TaskScheduler.Default);
        if (isWarm) warming = WarmAsync();
    }

    /// <summary>
    /// Makes this worker, and those that will take its place, ready for questions, so that the first is answered as fast as the later ones.
    /// A run without a front end does not pay for it.
    /// </summary>
    /// <param name="again">Whether it has to be done once more, because there is something new to be read.</param>
    public void Warm(bool again = false)
    {
        if ((isWarm && !again) || !warming.IsCompleted) return;
        isWarm = true;
        warming = WarmAsync();
    }

    async Task WarmAsync()
    {
        for (var step = 0; (await AskAsync(new WarmingQuestion(step))).More;) step++;
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>How it ended; null when it was interrupted and its process had to end with it.</returns>
    public async Task<CellEnd?> ExecuteAsync(int id, SourceUnit unit)
    {
        using var end = new CancellationTokenSource();
        var run = process.ExecuteAsync(id, unit, Timeout.InfiniteTimeSpan, end.Token);
        lock (changing) (ending, running, began) = (end, run, Stopwatch.GetTimestamp());
        try
        {
            return await run;
        }
        catch (OperationCanceledException)
        {
            if (isClosed) return null;
            var old = process;
            if (!old.Gone.IsCompleted) return new CellNotBegun();
            Start();
            _ = old.DisposeAsync();
            return null;
        }
        finally
        {
            lock (changing) ending = null;
        }
    }

    /// <summary>Asks about a text.</summary>
    /// <exception cref="LanguageException">There is no answer.</exception>
    public Task<TAnswer> AskAsync<TAnswer>(Question<TAnswer> question)
        where TAnswer : Answer => process.AskAsync(question, CancellationToken.None);

    /// <summary>Ends the running cell, if one runs: by itself if it can be stopped, else with its process.</summary>
    /// <param name="asked">When that was asked for, on the stopwatch's clock: a cell that began later was not meant.</param>
    public async Task InterruptAsync(long asked)
    {
        if (running.IsCompleted || began > asked) return;
        if (process.IsReady)
        {
            process.Interrupt();
            await process.GiveAsync(Grace, running);
        }

        End();
    }

    void End()
    {
        lock (changing)
            if (!running.IsCompleted) ending?.Cancel();
    }

    void LoseIfCurrent(WorkerProcess ended)
    {
        // A worker that was ended on purpose is no longer the current one, or its run was cancelled.
        lock (changing)
            if (ended == process && ending is not { IsCancellationRequested: true }) lost.TrySetResult();
    }

    /// <summary>Ends the worker and what runs in it.</summary>
    public async ValueTask DisposeAsync()
    {
        isClosed = true;
        End();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.DisposeAsync();
    }
}
