using System.Collections.Concurrent;
using System.Net;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>Takes messages from many and answers each under its name, which stands before what it has sent.</summary>
/// <param name="address">Where to listen.</param>
/// <param name="budget">The memory for large messages.</param>
/// <param name="receive">Takes each message, the name of its sender first; it must not wait.</param>
sealed class RouterSocket(IPEndPoint address, Budget budget, Action<RouterSocket, IReadOnlyList<byte[]>> receive)
    : ListeningSocket("ROUTER", ["DEALER", "REQ", "ROUTER"], address, budget)
{
    readonly ConcurrentDictionary<string, Peer> named = [];

    int count;

    /// <summary>Sends a message to the one whose name stands first; to one that is not there it is lost.</summary>
    public void Send(IReadOnlyList<byte[]> message)
    {
        if (named.TryGetValue(Key(message[0]), out var peer)) peer.Send(FrameWriter.Message([.. message.Skip(1)]));
    }

    /// <inheritdoc/>
    protected override void Receive(Peer peer, IReadOnlyList<byte[]> message) => receive(this, [peer.Identity, .. message]);

    /// <inheritdoc/>
    protected override void Add(Peer peer)
    {
        base.Add(peer);

        // A front end that connects again under its name is to be answered on its new connection.
        named[Key(peer.Identity)] = peer;
    }

    /// <inheritdoc/>
    protected override void Remove(Peer peer)
    {
        base.Remove(peer);
        named.TryRemove(KeyValuePair.Create(Key(peer.Identity), peer));
    }

    /// <summary>Names that begin with zero are the router's own.</summary>
    protected override byte[] Name(byte[] identity)
    {
        if (identity.Length > byte.MaxValue)
            throw new WireException($"Expected an identity of at most 255 bytes. Received: {identity.Length}.");
        return identity is [not 0, ..] ? identity : [0, .. BitConverter.GetBytes(Interlocked.Increment(ref count))];
    }

    static string Key(byte[] name) => Convert.ToHexString(name);
}
