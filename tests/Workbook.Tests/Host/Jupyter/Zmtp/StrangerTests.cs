using System.Net;
using System.Net.Sockets;
using System.Text;
using Workbook.Host.Jupyter.Zmtp;
using Xunit;

namespace Workbook.Tests.Host.Jupyter.Zmtp;

/// <summary>Two sockets that anybody may connect to, and strangers who do.</summary>
public abstract class StrangerTests : IAsyncLifetime
{
    private protected static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];

    readonly RouterSocket router =
        new(new IPEndPoint(IPAddress.Loopback, 0), new Budget(), (from, message) => from.Send(message));

    private protected readonly PublisherSocket publisher;

    /// <summary>Makes both sockets.</summary>
    /// <param name="stall">How long one waits for a reader that takes nothing. Default: as ever.</param>
    protected StrangerTests(TimeSpan? stall = null) =>
        publisher = new(new IPEndPoint(IPAddress.Loopback, 0), topic => [topic, "welcome"u8.ToArray()]) { Stall = stall ?? Limits.Stall };

    private protected int RouterPort => router.Address.Port;

    private protected int PublisherPort => publisher.Address.Port;

    public ValueTask InitializeAsync()
    {
        router.Start();
        publisher.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await router.DisposeAsync();
        await publisher.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task StillServesAsync()
    {
        using var client = await ConnectAsync(RouterPort, "DEALER", "me"u8.ToArray());
        await client.GetStream().WriteAsync(FrameWriter.Message([[1], [2, 3]]), TestContext.Current.CancellationToken);
        var answer = await new FrameReader(client.GetStream(), new Budget()).MessageAsync(_ => { }, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], answer.Select(f => f.Length));
        using var subscriber = await ConnectAsync(PublisherPort, "SUB", []);
        await subscriber.GetStream().WriteAsync(FrameWriter.Message([[1]]), TestContext.Current.CancellationToken);
        Assert.Equal(2,
            (await new FrameReader(subscriber.GetStream(), new Budget())
                .MessageAsync(_ => { }, TestContext.Current.CancellationToken)).Count);
    }

    private protected static async Task<TcpClient> ConnectAsync(int port, string type, byte[] identity)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync((byte[])[.. Greeting, .. Ready(type, identity)], TestContext.Current.CancellationToken);
        var answer = new byte[64];
        await client.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal((0xFF, 0x7F, 3), (answer[0], answer[9], answer[10]));
        var head = new byte[2];
        await client.GetStream().ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        await client.GetStream().ReadExactlyAsync(new byte[head[1]], TestContext.Current.CancellationToken);
        return client;
    }

    private protected static async Task SendAsync(int port, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            var answer = new byte[1024];
            while (await stream.ReadAsync(answer, TestContext.Current.CancellationToken) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It was closed at the first wrong byte, as is right.
        }
    }

    private protected static byte[] Ready(string type, byte[]? identity = null) => FrameWriter.Command("READY",
    [
        11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type),
        .. identity is { Length: > 0 } ? [8, .. "Identity"u8, 0, 0, (byte)(identity.Length >> 8), (byte)identity.Length, .. identity]
            : Array.Empty<byte>(),
    ]);
}
