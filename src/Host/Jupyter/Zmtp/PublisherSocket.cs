using System.Net;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>Tells everyone who has subscribed.</summary>
/// <param name="address">Where to listen.</param>
/// <param name="welcome">Makes the message for one who has subscribed to a topic.</param>
sealed class PublisherSocket(IPEndPoint address, Func<byte[], IReadOnlyList<byte[]>> welcome)
    : ListeningSocket("XPUB", ["SUB", "XSUB"], address, new Budget())
{
    const byte Yes = 1, No = 0;

    /// <summary>Sends a message, whose topic stands first.</summary>
    /// <param name="message">The message.</param>
    /// <param name="notice">Makes the message for one who was too slow and has lost so many; null when this one must not be lost.</param>
    public void Send(IReadOnlyList<byte[]> message, Func<long, IReadOnlyList<byte[]>>? notice)
    {
        var bytes = FrameWriter.Message(message);
        foreach (var peer in Peers.Where(p => p.Wants(message[0])))
            peer.Send(bytes, notice is null ? null : lost => FrameWriter.Message(notice(lost)));
    }

    /// <inheritdoc/>
    protected override void Receive(Peer peer, IReadOnlyList<byte[]> message)
    {
        // ZMTP 3.0 subscribes by messages.
        if (message is [[Yes, .. var topic]]) Subscribe(peer, topic);
        else if (message is [[No, .. var old]]) peer.Cancel(old);
    }

    /// <inheritdoc/>
    protected override void Take(Peer peer, byte[] command)
    {
        // ZMTP 3.1 subscribes by commands.
        if (command.AsSpan().StartsWith("\u0009SUBSCRIBE"u8)) Subscribe(peer, command[10..]);
        else if (command.AsSpan().StartsWith("\u0006CANCEL"u8)) peer.Cancel(command[7..]);
        else base.Take(peer, command);
    }

    /// <inheritdoc/>
    protected override byte[] Name(byte[] identity) => [];

    /// <summary>Whoever has begun to listen is told that it hears everything from here on.</summary>
    void Subscribe(Peer peer, byte[] topic)
    {
        if (topic.Length > Limits.Command)
            throw new WireException($"Expected a topic of at most {Limits.Command} bytes. Received: {topic.Length}.");
        peer.Subscribe(topic);
        peer.Send(FrameWriter.Message(welcome(topic)));
    }
}
