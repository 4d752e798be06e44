using System.Net;
using System.Net.Sockets;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>
/// One side of ZeroMQ: listens at an address and speaks ZMTP 3.0 with whoever connects. What a connection sends can end that connection and
/// nothing else.
/// </summary>
abstract class ListeningSocket : IAsyncDisposable
{
    readonly Socket listener;

    readonly string type;

    readonly IReadOnlyList<string> partners;

    readonly Budget budget;

    readonly CancellationTokenSource closing = new();

    readonly HashSet<Peer> peers = [];

    Task accepting = Task.CompletedTask;

    int connections;

    /// <summary>Binds an address; nobody is let in yet.</summary>
    /// <param name="type">The kind of socket, as the protocol names it.</param>
    /// <param name="partners">The kinds that it may talk to.</param>
    /// <param name="address">Where.</param>
    /// <param name="budget">The memory for large messages.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    protected ListeningSocket(string type, IReadOnlyList<string> partners, IPEndPoint address, Budget budget)
    {
        (this.type, this.partners, this.budget) = (type, partners, budget);
        listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"Expected an address to listen at; {address} cannot be had: {e.Message}", e);
        }
    }

    /// <summary>How long a writer waits for a reader that takes nothing.</summary>
    public TimeSpan Stall { get; init; } = Limits.Stall;

    /// <summary>Where it listens; the system chooses the port where the address named none.</summary>
    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

    /// <summary>Lets connections in.</summary>
    public void Start() => accepting = Task.Run(AcceptAsync);

    /// <summary>Those who are connected, in no order.</summary>
    protected IReadOnlyList<Peer> Peers
    {
        get
        {
            lock (peers) return [.. peers];
        }
    }

    /// <summary>Takes a message from a connection.</summary>
    protected abstract void Receive(Peer peer, IReadOnlyList<byte[]> message);

    /// <summary>Takes a command from a connection; one that means nothing here is none of the protocol's errors.</summary>
    protected virtual void Take(Peer peer, byte[] command)
    {
        // Asked whether it lives, a side answers with what came behind the time to live.
        if (command.AsSpan().StartsWith("\u0004PING"u8) && command.Length >= 7) peer.Send(FrameWriter.Command("PONG", command.AsSpan(7)));
        else if (command.AsSpan().StartsWith("\u0005ERROR"u8)) throw new WireException("Received ERROR.");
    }

    /// <summary>A connection under a name that another has: that one is forgotten.</summary>
    protected virtual void Add(Peer peer)
    {
        lock (peers) peers.Add(peer);
    }

    /// <summary>A connection is gone.</summary>
    protected virtual void Remove(Peer peer)
    {
        lock (peers) peers.Remove(peer);
    }

    /// <summary>The name of a connection that has given itself none, or one that is not allowed.</summary>
    protected abstract byte[] Name(byte[] identity);

    async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var connection = await listener.AcceptAsync(closing.Token);
                if (Volatile.Read(ref connections) >= Limits.Peers) connection.Dispose();
                else _ = Task.Run(() => ServeAsync(connection));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // A connection that was gone before it was let in, or the end of the socket, which the loop's head sees.
            }
        }
    }

    async Task ServeAsync(Socket connection)
    {
        Interlocked.Increment(ref connections);
        Peer? peer = null;
        try
        {
            connection.NoDelay = true;
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            var reader = new FrameReader(stream, budget);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token))
            {
                limit.CancelAfter(Limits.Handshake);
                peer = new Peer(stream, Name(await Handshake.AnswerAsync(stream, reader, type, partners, limit.Token)), Stall);
            }

            Add(peer);
            peer.Start();
            while (true) Receive(peer, await reader.MessageAsync(command => Take(peer, command), closing.Token));
        }
        catch (Exception e) when (e is WireException or IOException or SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // Whoever does not speak the protocol, or is gone, is no concern of the others.
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(
                $"A connection was closed, because this program failed at what it sent; please report this. {e}");
        }
        finally
        {
            if (peer is not null)
            {
                Remove(peer);
                peer.Abort();
            }

            connection.Dispose();
            Interlocked.Decrement(ref connections);
        }
    }

    /// <summary>Lets nobody in any more, sends what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await Task.WhenAll(Peers.Select(p => p.FinishAsync()));
        await closing.CancelAsync();
        await accepting;
    }
}
