using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Export.Browser;

/// <summary>A connection to a browser that speaks the Chrome DevTools Protocol.</summary>
sealed class DevTools : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly IBrowserWire wire;
    readonly SemaphoreSlim sending = new(1);
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    readonly Task receiving;
    int lastId;
    volatile bool isGone;

    /// <summary>A connection over a wire, which is its own from now on.</summary>
    public DevTools(IBrowserWire wire)
    {
        this.wire = wire;
        receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>
    /// An event: the session it belongs to, its name and its parameters. Raised on the receiving task; handlers must not wait.
    /// </summary>
    public event Action<string?, string, JsonNode>? Happened;

    /// <summary>Sends a command and waits for its result.</summary>
    /// <param name="method">The protocol's name: <c>Page.navigate</c>.</param>
    /// <param name="parameters">Its parameters; null for none.</param>
    /// <param name="session">The session of a tab; null for the browser itself.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="BrowserException">The browser refused the command or went away.</exception>
    /// <exception cref="TimeoutException">No answer within three minutes.</exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null,
        CancellationToken cancellation = default)
    {
        var id = Interlocked.Increment(ref lastId);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await sending.WaitAsync(cancellation);
        try
        {
            await wire.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), cancellation);
        }
        finally
        {
            sending.Release();
        }
        if (isGone) throw new BrowserException("The browser went away.");
        var result = await answer.Task.WaitAsync(Patience, cancellation);
        return result["error"] is { } refusal ? throw new BrowserException($"{method}: {refusal["message"]}") : result["result"]!;
    }

    /// <summary>Waits for the next event of a name in a session; begin waiting before causing it.</summary>
    public async Task<JsonNode> NextAsync(string session, string method, CancellationToken cancellation = default)
    {
        var seen = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(string? from, string name, JsonNode parameters)
        {
            if (from == session && name == method) seen.TrySetResult(parameters);
        }
        Happened += Look;
        try
        {
            return await seen.Task.WaitAsync(Patience, cancellation);
        }
        finally
        {
            Happened -= Look;
        }
    }

    async Task ReceiveAsync()
    {
        while (await wire.ReceiveAsync() is { } message) Dispatch(JsonNode.Parse(message)!);

        // Whoever still waits is told, and so is who comes later; after Browser.close nobody does.
        isGone = true;
        foreach (var id in waiting.Keys)
            if (waiting.TryRemove(id, out var answer)) answer.TrySetException(new BrowserException("The browser went away."));
    }

    void Dispatch(JsonNode message)
    {
        if (message["id"] is not { } id)
            Happened?.Invoke((string?)message["sessionId"], (string)message["method"]!, message["params"] ?? new JsonObject());
        else if (waiting.TryRemove((int)id, out var answer)) answer.TrySetResult(message);
    }

    public async ValueTask DisposeAsync()
    {
        await wire.DisposeAsync();
        await receiving;
        sending.Dispose();
    }
}
