using System.Runtime;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Workers.Inside;

/// <summary>A cell in its worker: what it says goes to the host at once, and the host can interrupt it and give it input.</summary>
/// <param name="request">The cell.</param>
/// <param name="channel">The way to the host.</param>
sealed class RunningCell(ExecuteCell request, MessageChannel channel)
{
    /// <summary>The name of the error that ends an interrupted cell.</summary>
    public const string Interrupted = "Interrupted";

    const string Message = "The cell was interrupted. Variables keep their values; what the cell had changed by then stays changed.";

    /// <summary>An abort takes a thread that computes at once; one that waits does not notice.</summary>
    static readonly TimeSpan AbortTime = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource interrupt = new();

    readonly Lock ending = new();

    Thread? thread;

    volatile TaskCompletionSource<InputGiven>? input;

    /// <summary>The number that its outputs bear.</summary>
    public int Id => request.Id;

    /// <summary>Whether it was asked to end.</summary>
    public bool WasInterrupted => interrupt.IsCancellationRequested;

    /// <summary>Runs the cell to its end on this thread.</summary>
    /// <returns>Null when all went well, else what ended it.</returns>
    public CellFailure? Run(CSharpSession session)
    {
        var sink = new CellSink(Put, (id, data) => channel.Send(new DisplayReplaced(id, new DisplayOutput(Outgoing.Of(data), id))))
        {
            Clear = wait => channel.Send(new OutputCleared(Id, wait)),
            Ask = Ask,
        };
        Task<CellFailure?>? run = null;
        thread = Thread.CurrentThread;
        using var notes = InterruptedErrors.Note(interrupt.Token);
        try
        {
            // Obsolete because an abort may come between any two instructions. That is what someone asks for who interrupts a loop
            // without an end, and the one way to stop it that keeps the variables; the other is the end of the process.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(() => run = session.RunAsync(request.Unit, sink), interrupt.Token);
#pragma warning restore SYSLIB0046

            // Where the cell has gone to another thread, neither means would reach it: this one only waits for it.
            Settle();
            return run!.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is ThreadInterruptedException || (e is OperationCanceledException && interrupt.IsCancellationRequested))
        {
            var failure = new CellFailure(new ErrorOutput(Interrupted, Message, [$"{Interrupted}: {Message}"]), null, [Interrupted]);
            Settle();
            Put(failure.Output);
            return failure;
        }
        finally
        {
            Settle();
        }
    }

    /// <summary>
    /// Ends the cell as long as it is on the thread that it was started on: by an abort where it computes, else by waking it where it
    /// waits.
    /// </summary>
    /// <remarks>On threads of their own, because a cell may hold all those of the pool.</remarks>
    public void Interrupt()
    {
        // An abort waits for the cell to leave a finally block; nobody else may wait with it.
        Begin("abort", interrupt.Cancel);
        Begin("wake", () =>
        {
            Thread.Sleep(AbortTime);
            lock (ending)
                if (thread is not null) channel.BetweenMessages(thread.Interrupt);
        });

        static void Begin(string name, ThreadStart action) => new Thread(action) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Sees to it that an interrupt which comes too late does not hit what the thread does next.</summary>
    void Settle()
    {
        while (thread is not null)
        {
            try
            {
                lock (ending) thread = null;
                if (interrupt.IsCancellationRequested) Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                // It came too late.
            }
        }
    }

    /// <summary>Gives the cell the line that it waits for.</summary>
    public void Give(InputGiven given) => input?.TrySetResult(given);

    void Put(CellOutput output)
    {
        foreach (var part in Outgoing.Of(output)) channel.Send(new CellPut(Id, part));
    }

    string? Ask(string prompt, bool isPassword)
    {
        var asked = input = new TaskCompletionSource<InputGiven>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.Send(new InputAsked(Id, prompt, isPassword));
        var given = asked.Task.GetAwaiter().GetResult();
        return given.Refusal is { } why ? throw new InvalidOperationException(why) : given.Text;
    }
}
