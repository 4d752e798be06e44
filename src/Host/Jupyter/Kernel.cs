using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter.Wire;
using Workbook.Host.Language;
using Workbook.Host.Processes;
using Workbook.Host.Run;

namespace Workbook.Host.Jupyter;

/// <summary>
/// A Jupyter kernel: it takes requests and answers them. What comes on the shell socket is answered one after the other, except for
/// questions
/// about a text: they, and what comes on the control socket, do not wait for a running cell.
/// </summary>
sealed class Kernel : IAsyncDisposable
{
    readonly KernelSockets sockets;

    readonly CellRequests cells;

    readonly LanguageRequests language;

    readonly History history = new();

    readonly Channel<Request> shell = Channel.CreateUnbounded<Request>();

    readonly Channel<Request> questions = Channel.CreateUnbounded<Request>();

    readonly Channel<Request> control = Channel.CreateUnbounded<Request>();

    readonly TaskCompletionSource shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Binds the kernel's sockets and starts its worker in the current folder.</summary>
    /// <param name="connection">Where to listen.</param>
    public Kernel(ConnectionFile connection)
    {
        sockets = new KernelSockets(connection);
        cells = new CellRequests(sockets, history);
        language = new LanguageRequests(cells.Worker);
    }

    /// <summary>Answers requests until one asks for the end, or the worker is lost.</summary>
    /// <returns>The exit code of the process.</returns>
    public async Task<int> RunAsync()
    {
        sockets.Start(Receive);
        sockets.Publish(null, "status", new JsonObject { ["execution_state"] = "starting" });
        var serving = new[] { shell, questions, control }.Select(c => ServeAsync(c.Reader)).ToArray();

        // A lost worker takes the variables with it, so the kernel ends too, and the front end says that it died. What waits is answered
        // first.
        _ = cells.Worker.Lost.ContinueWith(_ => shell.Writer.TryComplete(), TaskScheduler.Default);
        var first = await Task.WhenAny([shutdown.Task, .. serving]);
        await first;
        if (first == shutdown.Task) return ExitCodes.Passed;
        await Console.Error.WriteLineAsync(
            "The process that runs the cells has ended, and with it this kernel. Restart it and run the cells from the top.");
        return ExitCodes.TimedOutOrCrashed;
    }

    /// <summary>Ends the kernel as a shutdown_request does.</summary>
    public void Shutdown() => shutdown.TrySetResult();

    /// <summary>Ends the running cell as an interrupt_request does.</summary>
    public Task InterruptAsync() => cells.Worker.InterruptAsync(Stopwatch.GetTimestamp());

    /// <summary>Ends the worker and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        await cells.Worker.DisposeAsync();
        await sockets.DisposeAsync();
    }

    void Receive(Request request)
    {
        if (request.Socket == Socket.Stdin) cells.TakeInput(request);
        else if (request.Socket == Socket.Control) control.Writer.TryWrite(request);
        else if (LanguageRequests.Types.Contains(request.Type)) questions.Writer.TryWrite(request);
        else shell.Writer.TryWrite(request);
    }

    async Task ServeAsync(ChannelReader<Request> requests)
    {
        await foreach (var request in requests.ReadAllAsync())
        {
            Tell(request, "busy");
            try
            {
                await AnswerAsync(request);
            }
            catch (Exception e) when (e is RequestException or LanguageException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                if (request.ReplyType != request.Type)
                    sockets.Reply(request, OutputContent.Failed(new ErrorOutput(e.GetType().Name, e.Message, [e.Message])));
            }

            Tell(request, "idle");

            // Front ends take the last state they hear for the kernel's.
            if (requests != shell.Reader && cells.Running is { } running) Tell(running, "busy");
            if (request.Type == "shutdown_request") Shutdown();
        }
    }

    void Tell(Request request, string state) => cells.Outputs.Tell(request, "status", new JsonObject { ["execution_state"] = state });

    async Task AnswerAsync(Request request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                sockets.Reply(request, KernelInfo.Content());
                break;
            case "execute_request" when request.Socket == Socket.Shell:
                await cells.ExecuteAsync(request);
                break;
            case var type when LanguageRequests.Types.Contains(type):
                sockets.Reply(request, await language.AnswerAsync(request));
                break;
            case "history_request":
                cells.Worker.Warm();
                sockets.Reply(request, history.Answer(request));
                break;
            case "comm_info_request":
                // Whoever asks this has someone who types, and who will soon want completions.
                cells.Worker.Warm();
                sockets.Reply(request, new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() });
                break;
            case "comm_open":
                // There is nothing here to talk to, and the protocol wants that said so.
                sockets.Publish(request, "comm_close",
                    new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() });
                break;
            case "comm_msg" or "comm_close":
                break;
            case "interrupt_request":
                await cells.Worker.InterruptAsync(request.Arrived);
                sockets.Reply(request, new JsonObject { ["status"] = "ok" });
                break;
            case "shutdown_request":
                var content = new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", false) };
                sockets.Reply(request, content);
                sockets.Publish(request, "shutdown_reply", content);
                break;
            default:
                throw new RequestException(
                    $"This kernel does not know what to do with {request.Type} on the {request.Socket.ToString().ToLowerInvariant()} "
                        + "socket.");
        }
    }
}
