using System.Net.WebSockets;

namespace Workbook.Host.Export.Browser;

/// <summary>Messages over a web socket, for systems on which a program cannot be given pipes beyond its standard streams.</summary>
sealed class SocketWire : IBrowserWire
{
    readonly ClientWebSocket socket = new();

    /// <summary>Connects to the address that the browser printed.</summary>
    public static async Task<SocketWire> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var wire = new SocketWire();
        await wire.socket.ConnectAsync(address, cancellation);
        return wire;
    }

    /// <inheritdoc/>
    public async Task SendAsync(byte[] message, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        catch (WebSocketException error)
        {
            throw new BrowserException($"The browser went away: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage) return message.ToArray();
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
