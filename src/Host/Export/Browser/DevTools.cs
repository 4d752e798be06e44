using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Export.Browser;

/// <summary>A connection to a browser that speaks the Chrome DevTools Protocol.</summary>
sealed class DevTools : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ClientWebSocket socket = new();
    readonly SemaphoreSlim sending = new(1);
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    Task receiving = Task.CompletedTask;
    int lastId;

    DevTools()
    {
    }

    /// <summary>An event: the session it belongs to, its name and its parameters. Raised on the receiving task; handlers must not wait.</summary>
    public event Action<string?, string, JsonNode>? Happened;

    /// <summary>Connects to the address that the browser printed.</summary>
    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var connection = new DevTools();
        await connection.socket.ConnectAsync(address, cancellation);
        connection.receiving = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Sends a command and waits for its result.</summary>
    /// <param name="method">The protocol's name: <c>Page.navigate</c>.</param>
    /// <param name="parameters">Its parameters; null for none.</param>
    /// <param name="session">The session of a tab; null for the browser itself.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="BrowserException">The browser refused the command or went away.</exception>
    /// <exception cref="TimeoutException">No answer within a minute.</exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null, CancellationToken cancellation = default)
    {
        var id = Interlocked.Increment(ref lastId);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        catch (WebSocketException error)
        {
            throw new BrowserException($"The browser went away before {method}: {error.Message}");
        }
        finally
        {
            sending.Release();
        }
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
        var buffer = new byte[1 << 16];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The browser closed the connection.");
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Dispatch(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                message.SetLength(0);
            }
        }
        catch (WebSocketException error)
        {
            // Whoever still waits is told; after Browser.close nobody does.
            foreach (var id in waiting.Keys)
                if (waiting.TryRemove(id, out var answer)) answer.TrySetException(new BrowserException($"The browser went away: {error.Message}"));
        }
    }

    void Dispatch(JsonNode message)
    {
        if (message["id"] is not { } id) Happened?.Invoke((string?)message["sessionId"], (string)message["method"]!, message["params"] ?? new JsonObject());
        else if (waiting.TryRemove((int)id, out var answer)) answer.TrySetResult(message);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await receiving;
        socket.Dispose();
        sending.Dispose();
    }
}
