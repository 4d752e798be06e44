using System.Runtime;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Host.Workers;

/// <summary>A cell in its worker: what it says goes to the host at once, and the host can interrupt it and give it input.</summary>
/// <param name="request">The cell.</param>
/// <param name="channel">The way to the host.</param>
internal sealed class RunningCell(ExecuteCell request, MessageChannel channel)
{
    /// <summary>The name of the error that ends an interrupted cell.</summary>
    public const string Interrupted = "Interrupted";

    const string Message = "The cell was interrupted. Variables keep their values; what the cell had changed by then stays changed.";

    readonly CancellationTokenSource interrupt = new();

    volatile TaskCompletionSource<InputGiven>? input;

    /// <summary>The number that its outputs bear.</summary>
    public int Id => request.Id;

    /// <summary>Runs the cell to its end on this thread.</summary>
    /// <returns>Null when all went well, else what ended it.</returns>
    public CellFailure? Run(CSharpSession session)
    {
        var sink = new CellSink(Put, (id, data) => channel.Send(new DisplayReplaced(id, new DisplayOutput(data, id))))
        {
            Clear = wait => channel.Send(new OutputCleared(Id, wait)),
            ReadLine = ReadLine,
        };
        Task<CellFailure?>? run = null;
        try
        {
            // Obsolete because an abort may come between any two instructions. That is what someone asks for who interrupts a loop
            // without an end, and the one way to stop it that keeps the variables; the other is the end of the process.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(() => run = session.RunAsync(request.Unit, sink), interrupt.Token);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            var failure = new CellFailure(new ErrorOutput(Interrupted, Message, [Message]), null, [Interrupted]);
            Put(failure.Output);
            return failure;
        }

        return run!.GetAwaiter().GetResult();
    }

    /// <summary>Ends the cell as long as it is on the thread that it was started on.</summary>
    /// <remarks>The abort waits for the cell to leave a finally block; nobody else may wait with it.</remarks>
    public void Interrupt() => _ = Task.Run(interrupt.Cancel);

    /// <summary>Gives the cell the line that it waits for.</summary>
    public void Give(InputGiven given) => input?.TrySetResult(given);

    void Put(CellOutput output) => channel.Send(new CellPut(Id, output));

    string? ReadLine()
    {
        var asked = input = new TaskCompletionSource<InputGiven>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.Send(new InputAsked(Id));
        var given = asked.Task.GetAwaiter().GetResult();
        return given.Refusal is { } why ? throw new InvalidOperationException(why) : given.Text;
    }
}
