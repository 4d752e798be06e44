using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Language;
using Workbook.Host.Packages;
using Workbook.Host.Processes;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Inside;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Workers.Outside;

/// <summary>
/// The host's side: a process that runs the cells of one notebook. Messages go over a named pipe of the current user, so that nothing
/// a cell writes to its streams can be taken for one, and the pipe's end tells that the worker is gone.
/// </summary>
sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>
    /// What still holds the streams open once the worker is gone is not waited for. Else their end comes at once, but to hear of it takes a
    /// turn on a processor that may be busy.
    /// </summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    readonly Process process;

    Task? lastWords;

    ScratchFolder? place;

    string family = "";

    readonly StartSession start;

    readonly NamedPipeServerStream pipe;

    readonly MessageChannel channel;

    readonly RawStream[] raw;

    readonly Task receiving;

    readonly IWorkerListener listener;

    readonly ConcurrentDictionary<int, TaskCompletionSource<LanguageAnswered>> questions = [];

    int asked;

    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    TaskCompletionSource<CellFinished>? running;

    int latest;

    int ended;

    WorkerProcess(Process process, NamedPipeServerStream pipe, StartSession start, IWorkerListener listener)
    {
        (this.process, this.pipe, this.start, this.listener) = (process, pipe, start, listener);
        channel = new MessageChannel(pipe);
        raw =
        [
            new RawStream(process.StandardOutput.BaseStream, start.Mark, text => listener.Put(latest, new StreamOutput("stdout", text)))
                .Start(),
            new RawStream(process.StandardError.BaseStream, start.Mark, text => listener.Put(latest, new StreamOutput("stderr", text)))
                .Start(),
        ];
        receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="folder">The folder in which it works: the notebook's.</param>
    /// <param name="packages">The packages that its cells will ask for, as far as known.</param>
    /// <param name="environment">Environment variables to add.</param>
    /// <param name="listener">Hears what the cells put out.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    public static WorkerProcess Start(string folder, PackageSet packages, IReadOnlyDictionary<string, string> environment,
        IWorkerListener listener)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder {folder} is gone; a notebook runs in its own folder.");

        // On Unix a pipe is a file; it is given in full, because the worker has a temporary folder of its own.
        var place = OperatingSystem.IsWindows() ? null : ScratchFolder.WithShortPath();
        var name = place is null ? $"workbook-{Guid.NewGuid():N}" : place.At("pipe");
        var mark = $"\u0001{Guid.NewGuid():N}\u0001";
        var family = Guid.NewGuid().ToString("N");
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var info = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        HostCommand.Set(info, Worker.Verb, name);
        foreach (var (key, value) in environment) info.Environment[key] = value;
        info.Environment[ProcessFamily.Variable] = family;
        var process = OwnChildren.Start(info);
        process.StandardInput.Close();
        return new WorkerProcess(process, pipe, new StartSession(folder, packages, mark), listener) { place = place, family = family };
    }

    /// <summary>Runs a cell until it ends, the time is over, or the worker is gone.</summary>
    /// <param name="id">A number that its outputs bear.</param>
    /// <param name="unit">The cell.</param>
    /// <param name="timeout">How long it may take; the worker's start does not count.</param>
    /// <param name="cancellation">Ends the worker at once.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<CellEnd> ExecuteAsync(int id, SourceUnit unit, TimeSpan timeout, CancellationToken cancellation)
    {
        await Task.WhenAny(ready.Task, receiving).WaitAsync(cancellation);
        latest = id;
        running = new TaskCompletionSource<CellFinished>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(timeout);
        try
        {
            if (ready.Task.IsCompleted) channel.Send(new ExecuteCell(id, unit));
            await Task.WhenAny(running.Task, receiving).WaitAsync(clock.Token);
            if (running.Task.IsCompleted)
            {
                await Task.WhenAll(raw.Select(r => r.MarkAsync())).WaitAsync(clock.Token);
                var end = await running.Task;
                return new CellRan(end.Place, end.ErrorTypes, TimeSpan.FromMilliseconds(end.Milliseconds), end.PeakMemory);
            }
        }
        catch (IOException)
        {
            // The worker went before it could take the cell; the code below says how.
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            cancellation.ThrowIfCancellationRequested();
            return new CellTimedOut();
        }

        await KillAsync();
        return new CellCrashed(ExitReason.Words(process.ExitCode));
    }

    /// <summary>Whether it can take cells.</summary>
    public bool IsReady => ready.Task.IsCompleted;

    /// <summary>
    /// Waits until something is done, or until the worker has had its time; on a busy machine that is more than the clock's.
    /// </summary>
    public Task GiveAsync(TimeSpan time, Task done) => FairTime.GiveAsync(process, time, done);

    /// <summary>Ends when the worker is gone.</summary>
    public Task Gone => receiving;

    /// <summary>
    /// Asks the worker to end the running cell and to go on. It can do so as long as the cell runs on the thread it was started on; after
    /// an
    /// <c>await</c> that really waited it cannot, so the caller sets a limit and then cancels the run, which ends the worker.
    /// </summary>
    public void Interrupt()
    {
        if (ready.Task.IsCompleted) TrySend(new InterruptCell(latest));
    }

    /// <summary>Asks about a text that is being typed. Several questions may be under way, and a cell may run meanwhile.</summary>
    /// <exception cref="LanguageException">The worker is gone, or could not answer.</exception>
    /// <exception cref="OperationCanceledException">The caller waits no longer; the worker goes on.</exception>
    public async Task<TAnswer> AskAsync<TAnswer>(Question<TAnswer> question, CancellationToken cancellation)
        where TAnswer : Answer
    {
        await Task.WhenAny(ready.Task, receiving).WaitAsync(cancellation);
        var id = Interlocked.Increment(ref asked);
        var answered = questions[id] = new TaskCompletionSource<LanguageAnswered>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (!receiving.IsCompleted) channel.Send(new AskLanguage(id, question));
            await Task.WhenAny(answered.Task, receiving).WaitAsync(cancellation);
            if (!answered.Task.IsCompleted) throw new LanguageException("The process that runs the cells is gone.");
            var answer = await answered.Task;
            return (TAnswer?)answer.Answer ?? throw new LanguageException(answer.Failure!);
        }
        catch (IOException e)
        {
            throw new LanguageException($"The process that runs the cells is gone: {e.Message}");
        }
        finally
        {
            questions.TryRemove(id, out _);
        }
    }

    async Task ReceiveAsync()
    {
        // Whichever comes first: the worker connects, or it has ended without.
        var connected = pipe.WaitForConnectionAsync();
        if (await Task.WhenAny(connected, process.WaitForExitAsync()) != connected) return;
        TrySend(start);
        while (await channel.ReceiveAsync() is { } message)
        {
            switch (message)
            {
                case SessionReady: ready.SetResult(); break;
                case CellPut m: listener.Put(m.Id, m.Output); break;
                case DisplayReplaced m: listener.Replace(m.DisplayId, ((DisplayOutput)m.Output).Data); break;
                case OutputCleared m: listener.Clear(m.Id, m.Wait); break;
                case InputAsked m: _ = GiveInputAsync(m); break;
                case CellFinished m: running!.TrySetResult(m); break;
                case LanguageAnswered m when questions.TryGetValue(m.Id, out var asker): asker.TrySetResult(m); break;
            }
        }
    }

    async Task GiveInputAsync(InputAsked asked) => TrySend(await listener.AskAsync(asked.Id, asked.Prompt, asked.IsPassword));

    /// <summary>Sends what is of no use to a worker that is gone.</summary>
    void TrySend(WorkerMessage message)
    {
        try
        {
            channel.Send(message);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Whoever waits for the worker learns of its end from the pipe.
        }
    }

    /// <summary>Lets the worker say its last words and end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited && ready.Task.IsCompleted)
        {
            try
            {
                channel.Send(new EndSession());
                await receiving.WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                // It was going anyway, or a foreground thread of the notebook holds it; it is killed next.
            }
        }

        await KillAsync();
        await pipe.DisposeAsync();
        place?.Dispose();
        process.Dispose();
    }

    async Task KillAsync()
    {
        // Once only: later the number may be that of another process.
        if (Interlocked.Exchange(ref ended, 1) == 0) ProcessFamily.End(process, family);
        await process.WaitForExitAsync();
        OwnChildren.EndInherited();
        await receiving;

        // A process that could not be found may hold the streams open for ever; what it says no longer matters.
        await (lastWords ??= Task.WhenAny(Task.WhenAll(raw.Select(r => r.Completion)), Task.Delay(LastWords)));
    }
}
