using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>
/// A front end and the kernel process it has started. It speaks the wire protocol by itself, so that an error in the kernel's reading of it
/// shows.
/// </summary>
sealed class KernelClient : IAsyncDisposable
{
    /// <summary>A kernel that has not answered by then will not; the machine may be busy with other tests.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    static readonly string[] Names = ["shell", "control", "stdin", "iopub", "hb"];

    readonly List<KernelMessage> received = [];

    readonly NetMQQueue<(string Socket, NetMQMessage Message)> outgoing = new();

    readonly Dictionary<string, NetMQSocket> sockets = [];

    readonly List<NetMQSocket> lost = [];

    readonly byte[] identity = Guid.NewGuid().ToByteArray();

    readonly NetMQPoller poller;

    readonly StringBuilder errors = new();

    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    KernelClient(Sandbox sandbox, int? parent)
    {
        Ports = Names.ToDictionary(n => n, _ => Workbook.Tests.Ports.Take());
        var file = new JsonObject
        {
            ["ip"] = "127.0.0.1",
            ["transport"] = "tcp",
            ["signature_scheme"] = "hmac-sha256",
            ["key"] = Key,
            ["kernel_name"] = "x",
            ["curve_publickey"] = "unknown to this kernel"
        };
        foreach (var (name, port) in Ports) file[$"{name}_port"] = port;
        sandbox.Write("connection.json", file.ToJsonString());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(sandbox.At("connection.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var info = sandbox.Command("jupyter", "start", sandbox.At("connection.json"));
        info.Environment["JPY_SESSION_NAME"] = "books/first.ipynb";
        info.Environment["JPY_PARENT_PID"] = $"{parent ?? Environment.ProcessId}";
        Process = Process.Start(info)!;
        Process.StandardInput.Close();
        Process.OutputDataReceived += (_, _) => { };
        Process.ErrorDataReceived += (_, line) =>
        {
            lock (errors) errors.AppendLine(line.Data);
            Signal();
        };
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();

        foreach (var name in Names) sockets[name] = Connect(name);

        outgoing.ReceiveReady += (_, e) =>
        {
            var (socket, message) = e.Queue.Dequeue();
            sockets[socket].SendMultipartMessage(message);
        };
        poller = [outgoing, .. sockets.Values];
        poller.RunAsync();
    }

    /// <summary>
    /// Connects a socket once more under the same name, as a front end does that has lost its connection; the kernel may not know of that
    /// yet.
    /// </summary>
    public void ConnectAgain(string name)
    {
        lost.Add(sockets[name]);
        poller.Add(sockets[name] = Connect(name));
    }

    NetMQSocket Connect(string name)
    {
        NetMQSocket socket = name == "iopub" ? new SubscriberSocket() : new DealerSocket();
        if (socket is SubscriberSocket subscriber) subscriber.SubscribeToAnyTopic();
        else socket.Options.Identity = identity;
        socket.Options.Linger = TimeSpan.Zero;
        socket.ReceiveReady += (_, e) => Receive(name, e.Socket.ReceiveMultipartMessage());
        socket.Connect($"tcp://127.0.0.1:{Ports[name]}");
        return socket;
    }

    public string Key { get; } = Guid.NewGuid().ToString();

    public Process Process { get; }

    public IReadOnlyDictionary<string, int> Ports { get; }

    /// <summary>What the kernel has said on its stderr.</summary>
    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    /// <summary>Starts a kernel in the sandbox's folder and waits until it can be heard.</summary>
    /// <param name="sandbox">Where it runs.</param>
    /// <param name="parent">The process that it belongs to; this one if none is given.</param>
    public static async Task<KernelClient> StartAsync(Sandbox sandbox, int? parent = null)
    {
        var client = new KernelClient(sandbox, parent);
        await client.WaitAsync(m => m.Type == "iopub_welcome");
        await client.AskAsync("kernel_info_request");
        return client;
    }

    /// <summary>Sends a message and gives its id.</summary>
    public string Send(string socket, string type, JsonObject content, string? key = null)
    {
        var id = Guid.NewGuid().ToString();
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["session"] = "s",
            ["username"] = "u",
            ["date"] = "2026-01-01T00:00:00Z",
            ["msg_type"] = type,
            ["version"] = "5.3"
        };
        string[] parts = [header.ToJsonString(), "{}", "{}", content.ToJsonString()];
        SendFrames(socket, ["<IDS|MSG>", Sign(parts, key ?? Key), .. parts]);
        return id;
    }

    /// <summary>Sends a message of these parts, well signed.</summary>
    public void SendParts(string socket, params string[] parts) => SendFrames(socket, ["<IDS|MSG>", Sign(parts, Key), .. parts]);

    /// <summary>Sends frames as they are.</summary>
    public void SendFrames(string socket, params string[] frames) =>
        outgoing.Enqueue((socket, new NetMQMessage([.. frames.Select(Encoding.UTF8.GetBytes)])));

    /// <summary>Sends a request and waits for its answer and the state after it.</summary>
    public async Task<JsonObject> AskAsync(string type, JsonObject? content = null, string socket = "shell")
    {
        var id = Send(socket, type, content ?? []);
        var reply = await ReplyAsync(id);
        await IdleAsync(id);
        return reply.Content;
    }

    /// <summary>
    /// Interrupts a cell and waits for its end. An interrupt that overtakes its cell finds nothing to end, so it is repeated, as a user
    /// would.
    /// </summary>
    public async Task<(KernelMessage Reply, List<KernelMessage> Outputs)> InterruptAsync(string id)
    {
        var end = EndAsync(id);
        do await AskAsync("interrupt_request", socket: "control");
        while (await Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)) != end);
        return await end;
    }

    /// <summary>Sends a cell.</summary>
    public string Run(string code, JsonObject? options = null)
    {
        var content = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = true,
            ["stop_on_error"] = true
        };
        foreach (var (name, value) in options ?? []) content[name] = value?.DeepClone();
        return Send("shell", "execute_request", content);
    }

    /// <summary>Runs a cell to its end: its answer and its outputs.</summary>
    public async Task<(KernelMessage Reply, List<KernelMessage> Outputs)> ExecuteAsync(string code, JsonObject? options = null) =>
        await EndAsync(Run(code, options));

    /// <summary>
    /// Waits for the end of a cell: its answer and its outputs, without the styles that go before some in JupyterLab.
    /// </summary>
    public async Task<(KernelMessage Reply, List<KernelMessage> Outputs)> EndAsync(string id)
    {
        var reply = await ReplyAsync(id);
        await IdleAsync(id);
        lock (received) return (reply,
            [.. received.Where(m => m.Socket == "iopub" && m.ParentId == id && m.Type is not ("status" or "execute_input")
                && (string?)m.Content["metadata"]?["workbook"] != "theme")]);
    }

    /// <summary>Waits until a cell asks for input (for the n-th time) and gives it a line.</summary>
    public async Task GiveInputAsync(string id, string line, int n = 1)
    {
        await WaitAsync(m => m.Socket == "stdin" && m.ParentId == id, n: n);
        Send("stdin", "input_reply", new() { ["value"] = line });
    }

    /// <summary>Everything published that belongs to a request.</summary>
    public List<KernelMessage> Published(string id)
    {
        lock (received) return [.. received.Where(m => m.Socket == "iopub" && m.ParentId == id)];
    }

    public Task<KernelMessage> ReplyAsync(string id) => WaitAsync(m => m.Socket is "shell" or "control" && m.ParentId == id);

    public Task<KernelMessage> IdleAsync(string id) => WaitAsync(m => m.ParentId == id && m.State == "idle");

    /// <summary>The first message (or n-th) of which something is true, whether it has come already or is still to come.</summary>
    public async Task<KernelMessage> WaitAsync(Func<KernelMessage, bool> isIt, TimeSpan? patience = null, int n = 1)
    {
        KernelMessage? found = null;
        await UntilAsync(() => (found = received.Where(isIt).Skip(n - 1).FirstOrDefault()) is not null, patience ?? Patience);
        return found!;
    }

    /// <summary>Waits until the kernel has said something on its stderr.</summary>
    public Task SaidAsync(string text) => UntilAsync(() => Errors.Contains(text, StringComparison.Ordinal), Patience);

    async Task UntilAsync(Func<bool> isSo, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            Task next;
            lock (received)
            {
                if (isSo()) return;
                next = changed.Task;
            }

            var left = patience - watch.Elapsed;
            if (left <= TimeSpan.Zero)
                throw new TimeoutException(
                    $"What was waited for did not come within {patience.TotalSeconds:0} s. The kernel said: {Errors}");
            await Task.WhenAny(next, Task.Delay(left, TestContext.Current.CancellationToken));
        }
    }

    void Receive(string socket, NetMQMessage message)
    {
        var frames = message.Select(f => f.ConvertToString(Encoding.UTF8)).ToList();
        var at = frames.IndexOf("<IDS|MSG>");
        JsonObject Part(int i) => JsonNode.Parse(frames[at + i])!.AsObject();
        KernelMessage content;
        if (at < 0)
            content = new KernelMessage(socket, new JsonObject { ["msg_type"] = "raw" }, [],
                new JsonObject { ["text"] = string.Concat(frames) });
        else if (frames[at + 1] != Sign([.. frames.Skip(at + 2).Take(4)], Key))
            throw new InvalidOperationException($"The kernel signed wrongly: {string.Join('\n', frames)}");
        else content = new KernelMessage(socket, Part(2), Part(3), Part(5));
        lock (received) received.Add(content);
        Signal();
    }

    void Signal()
    {
        lock (received)
        {
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    static string Sign(string[] parts, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(string.Concat(parts))));

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
        poller.Dispose();
        foreach (var socket in sockets.Values.Concat(lost)) socket.Dispose();
        outgoing.Dispose();
    }
}
