namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>What strangers may cost: nobody needs the key to connect, and every user of the computer can.</summary>
static class Limits
{
    /// <summary>A connection that has not introduced itself by then is closed.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>Connections of one socket.</summary>
    public const int Peers = 256;

    /// <summary>Bytes of a command. READY names a socket's type and identity, a subscription its topic.</summary>
    public const int Command = 1024;

    /// <summary>
    /// Frames of a message. Jupyter's have an identity or a few, a delimiter, a signature, four parts and what buffers a widget sends.
    /// </summary>
    public const int Frames = 1024;

    /// <summary>Subscriptions of a connection.</summary>
    public const int Topics = 64;

    /// <summary>Bytes of a message that a connection may always send. Beyond them all connections share <see cref="Shared"/>.</summary>
    public const int Small = 1 << 20;

    /// <summary>Bytes of larger messages that may be under way at once.</summary>
    public const long Shared = 256 << 20;

    /// <summary>Bytes that may wait for a reader who is slower than we write.</summary>
    public const long Waiting = 32 << 20;

    /// <summary>How long a writer waits for a reader that takes nothing.</summary>
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    /// <summary>Bytes a second that a reader takes who is waited for.</summary>
    public const long SlowestReader = 4 << 20;

    /// <summary>How long what is still to be sent may take when the socket is closed.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
}
