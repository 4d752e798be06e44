using System.Net.Sockets;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>One connection to a socket, once it has introduced itself.</summary>
/// <param name="stream">The connection.</param>
/// <param name="identity">The name under which it is answered.</param>
/// <param name="stall">How long a writer waits for it while it takes nothing.</param>
sealed class Peer(NetworkStream stream, byte[] identity, TimeSpan stall)
{
    readonly List<byte[]> topics = [];

    readonly SendQueue queue = new(stall);

    Task writing = Task.CompletedTask;

    /// <summary>The name under which it is answered.</summary>
    public byte[] Identity => identity;

    /// <summary>Begins to send what is put in.</summary>
    public void Start() => writing = Task.Run(WriteAsync);

    /// <summary>Sends a message; see <see cref="SendQueue.Add"/>.</summary>
    public void Send(byte[] message, Func<long, byte[]>? notice = null) => queue.Add(message, notice);

    /// <summary>Subscribes to what begins with a topic.</summary>
    /// <exception cref="WireException">It has too many subscriptions.</exception>
    public void Subscribe(byte[] topic)
    {
        lock (topics)
        {
            if (topics.Count == Limits.Topics) throw new WireException($"Expected at most {Limits.Topics} subscriptions. Received: more.");
            topics.Add(topic);
        }
    }

    /// <summary>Takes back one subscription.</summary>
    public void Cancel(byte[] topic)
    {
        lock (topics)
        {
            var at = topics.FindIndex(t => t.AsSpan().SequenceEqual(topic));
            if (at >= 0) topics.RemoveAt(at);
        }
    }

    /// <summary>Whether it wants messages of a topic.</summary>
    public bool Wants(byte[] topic)
    {
        lock (topics) return topics.Exists(t => topic.AsSpan().StartsWith(t));
    }

    /// <summary>Sends what waits, for a moment, and closes the connection.</summary>
    public async Task FinishAsync()
    {
        queue.Close();
        await Task.WhenAny(writing, Task.Delay(Limits.Farewell));
        Abort();
    }

    /// <summary>Closes the connection at once; whoever reads from it or writes to it ends.</summary>
    public void Abort()
    {
        queue.Close();
        stream.Close();
    }

    async Task WriteAsync()
    {
        try
        {
            while (await queue.NextAsync() is { } message) await stream.WriteAsync(message);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other side is gone, and what waits for it with it.
            queue.Close();
        }
    }
}
