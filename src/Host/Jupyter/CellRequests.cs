using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter.Wire;
using Workbook.Host.Language;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Inside;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Jupyter;

/// <summary>Runs the cells that front ends send, one at a time, and tells all front ends what comes of them.</summary>
sealed partial class CellRequests : IWorkerListener
{
    const string Restarted =
        "The cell was interrupted. "
            + "It could only be stopped with the process that runs the cells, so that was started anew: variables are gone. "
                + "Run the cells from the top.";

    const string NotBegun = "The cell was interrupted before it began: the process that runs the cells was still starting. Run it again.";

    const string NoInput =
        "The cell wants input, but whoever runs it gives none. Run it where input can be typed, or give the value in the cell.";

    readonly KernelSockets sockets;

    readonly History history;

    readonly string notebook = Path.GetFullPath(NotebookName());

    readonly ConcurrentDictionary<int, Execution> executions = [];

    TaskCompletionSource<InputGiven>? input;

    int lastId;

    int count;

    long failedAt;

    /// <summary>Starts the worker in the current folder.</summary>
    public CellRequests(KernelSockets sockets, History history)
    {
        (this.sockets, this.history, Outputs) = (sockets, history, new OutputPublisher(sockets));
        Worker = new CellWorker(Environment.CurrentDirectory, this);
        Worker.Start();
    }

    /// <summary>The worker in which cells run.</summary>
    public CellWorker Worker { get; }

    /// <summary>The way of outputs to the front ends.</summary>
    public OutputPublisher Outputs { get; }

    /// <summary>The request whose cell runs; null when none does.</summary>
    public Request? Running { get; private set; }

    /// <summary>Answers an execute_request.</summary>
    public async Task ExecuteAsync(Request request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        var isStored = !silent && request.Flag("store_history", true);
        if (request.Arrived <= failedAt)
        {
            sockets.Reply(request, new JsonObject { ["status"] = "aborted", ["execution_count"] = count });
            return;
        }

        if (isStored) count++;
        if (!silent) Outputs.Tell(request, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count });
        Running = request;
        var execution = new Execution(request, count, silent);
        var payload = new JsonArray();
        if (NameWithQuestionMark().Match(code) is { Success: true } asked) payload.Add(await PageAsync(asked.Groups[1].Value));
        else await RunAsync(execution, code);
        if (!silent && execution.Warnings.Rest() is { } rest) Outputs.Put(execution, new StreamOutput("stderr", rest));
        if (isStored) history.Add(count, code, Languages.Text(execution.Result?["text/plain"]));

        var content = execution.Error is { } error ? OutputContent.Failed(error) : new JsonObject { ["status"] = "ok" };
        content["execution_count"] = count;
        content["payload"] = payload;
        content["user_expressions"] = execution.Error is null ? await EvaluateAsync(request) : new JsonObject();
        execution.Result = null;
        Running = null;
        if (execution.Error is not null && request.Flag("stop_on_error", true)) failedAt = Stopwatch.GetTimestamp();
        sockets.Reply(request, content);

        // Whoever can be asked can type, and will want completions. Assemblies that a cell has brought are read before they are asked
        // about.
        if (isStored && request.Flag("allow_stdin", true))
            Worker.Warm(again: code.Contains("#r ", StringComparison.Ordinal) || code.Contains("#!import", StringComparison.Ordinal));
    }

    /// <summary>Gives the cell that waits for it a line of input.</summary>
    public void TakeInput(Request reply) => input?.TrySetResult(new InputGiven(Languages.Text(reply.Content["value"]) ?? "", null));

    /// <inheritdoc/>
    public void Put(int id, CellOutput output)
    {
        if (!executions.TryGetValue(id, out var execution)) return;
        if (output is ErrorOutput error) execution.Error = error;
        if (output is ResultOutput result) execution.Result = result.Data;
        if (execution.Silent) return;
        if (output is StreamOutput { Name: "stderr" } text)
        {
            string shown;
            lock (execution.Warnings) shown = execution.Warnings.Pass(text.Text);
            if (shown.Length == 0) return;
            output = text with { Text = shown };
        }

        Outputs.Put(execution, output);
    }

    /// <inheritdoc/>
    public void Replace(string displayId, MimeBundle data) => Outputs.Replace(Running, displayId, data);

    /// <inheritdoc/>
    public void Clear(int id, bool wait)
    {
        if (executions.TryGetValue(id, out var execution) && !execution.Silent) Outputs.Clear(execution.Request, wait);
    }

    /// <inheritdoc/>
    public Task<InputGiven> AskAsync(int id, string prompt, bool isPassword)
    {
        var request = executions[id].Request;
        if (!request.Flag("allow_stdin", true)) return Task.FromResult(new InputGiven(null, NoInput));
        var given = input = new TaskCompletionSource<InputGiven>(TaskCreationOptions.RunContinuationsAsynchronously);
        Outputs.Flush();
        sockets.Ask(request, "input_request", new JsonObject { ["prompt"] = prompt, ["password"] = isPassword });
        return given.Task;
    }

    async Task RunAsync(Execution execution, string code)
    {
        var id = ++lastId;
        executions[id] = execution;
        var cell = Markup.Marked(code);
        if (cell is { Language: not ("csharp" or "value") })
        {
            if (Markup.Bundle(cell) is { } bundle) Put(id, new DisplayOutput(bundle));
            else Fail("LanguageError", Markup.Refusal(cell.Language));
            return;
        }

        var end =
            await Worker.ExecuteAsync(id,
                new SourceUnit(notebook, execution.Count, 0, cell is { Language: "csharp" } ? $"\n{cell.Source}" : code));
        if (end is null) Fail(RunningCell.Interrupted, Restarted);
        else if (end is CellNotBegun) Fail(RunningCell.Interrupted, NotBegun);
        else if (end is CellCrashed crashed)
            Fail("CrashError", $"{crashed.Reason} The kernel ends with it: restart it and run the cells from the top.");

        void Fail(string name, string message) => Put(id, new ErrorOutput(name, message, [$"{name}: {message}"]));
    }

    async Task<JsonObject> EvaluateAsync(Request request)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            var execution = new Execution(request, count, silent: true);
            await RunAsync(execution, Languages.Text(expression) ?? "");
            var value = execution.Error is { } error ? OutputContent.Failed(error) : OutputContent.Of(execution.Result ?? new MimeBundle());
            value.TryAdd("status", "ok");
            values[name] = value;
        }

        return values;
    }

    async Task<JsonObject> PageAsync(string name)
    {
        string text;
        try
        {
            var found = await Worker.AskAsync(new InspectionQuestion(name, name.Length, 1));
            text = found.Text ?? $"Nothing is known of {name}.";
        }
        catch (LanguageException e)
        {
            text = e.Message;
        }

        return new JsonObject { ["source"] = "page", ["start"] = 0, ["data"] = new JsonObject { ["text/plain"] = text } };
    }

    /// <summary>What errors call the notebook. Jupyter's server tells its kernels; other front ends do not.</summary>
    static string NotebookName() =>
        Path.GetFileName(Environment.GetEnvironmentVariable("JPY_SESSION_NAME")) is { Length: > 0 } name && NotebookFile.IsNotebook(name)
            ? name : "notebook";

    /// <summary>As in IPython: a name and a question mark ask for what is known of the name.</summary>
    [GeneratedRegex(@"^\s*(@?\w+(?:\.\w+)*)\?{1,2}\s*$")]
    private static partial Regex NameWithQuestionMark();
}
