using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Workbook.Host.Jupyter.Zmtp;
using Xunit;

namespace Workbook.Tests.Host.Jupyter.Zmtp;

/// <summary>Bytes from strangers: they may end their own connection and nothing else.</summary>
public sealed class HandshakeFuzzTests : IAsyncLifetime
{
    static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];

    readonly int routerPort = FreePort(), publisherPort = FreePort();

    RouterSocket router = null!;

    PublisherSocket publisher = null!;

    public ValueTask InitializeAsync()
    {
        router = new RouterSocket(new IPEndPoint(IPAddress.Loopback, routerPort), new Budget(), (from, message) => from.Send(message));
        publisher = new PublisherSocket(new IPEndPoint(IPAddress.Loopback, publisherPort), topic => [topic, "welcome"u8.ToArray()]);
        router.Start();
        publisher.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await router.DisposeAsync();
        await publisher.DisposeAsync();
    }

    public static TheoryData<string> Known =>
    [
        // The first two have ended a kernel: a property that claims a negative length, and an empty command after a good handshake.
        Hex([.. Greeting, 4, 0x0C, 5, .. "READY"u8, 1, (byte)'a', 0x80, 0, 0, 0]),
        Hex([.. Greeting, .. Ready("DEALER"), 4, 0]),
        Hex([.. Greeting, .. Ready("SUB"), 4, 0]),
        Hex([.. Greeting, 4, 0]),
        Hex([.. Greeting, 4, 6, 5, .. "READY"u8, 255]),
        Hex([.. Greeting, 4, 0x0B, 5, .. "READY"u8, 1, (byte)'a', 0xFF, 0xFF, 0xFF, 0xFF]),
        Hex([.. Greeting, .. Ready("PUSH")]),
        Hex([.. Greeting, .. Ready("")]),
        Hex([.. Greeting, .. Ready("DEALER", new byte[300])]),
        Hex([.. Greeting, .. Ready("DEALER"), 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Hex([.. Greeting, .. Ready("DEALER"), 2, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        Hex([.. Greeting, .. Ready("DEALER"), 6, 0, 0, 0, 0, 0x40, 0, 0, 0]),
        Hex([.. Greeting, .. Ready("DEALER"), 0xFF, 0]),
        Hex([.. Greeting, .. Ready("DEALER"), 1, 0, 4, 5, 4, .. "PING"u8]),
        Hex([.. Greeting, .. Ready("DEALER"), 4, 5, 4, .. "PING"u8]),
        Hex([.. Greeting, .. Ready("DEALER"), 4, 6, 5, .. "ERROR"u8]),
        Hex([.. Greeting, .. Ready("DEALER"), .. Enumerable.Repeat(new byte[] { 1, 0 }, 5000).SelectMany(f => f)]),
        Hex([.. Greeting, .. Ready("SUB"), .. Enumerable.Repeat(new byte[] { 0, 1, 1 }, 5000).SelectMany(f => f)]),
        Hex([.. Greeting, .. Ready("SUB"), 4, 10, 9, .. "SUBSCRIBE"u8]),
        Hex([.. Greeting[..10], 1, 0]),
        Hex(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n")),
        Hex(new byte[200]),
    ];

    [Theory]
    [MemberData(nameof(Known))]
    public async Task A_handshake_that_is_none_ends_its_connection_and_nothing_else(string hex)
    {
        foreach (var port in new[] { routerPort, publisherPort }) await SendAsync(port, Convert.FromHexString(hex));
        await StillServesAsync();
    }

    [Fact]
    public async Task Nine_hundred_random_handshakes_do_no_harm()
    {
        var random = new Random(853);
        for (var i = 0; i < 900; i++)
        {
            byte[] bytes = [.. Greeting, .. Ready(random.Next(2) == 0 ? "DEALER" : "SUB", [1, 2, 3]), 1, 3, 1, 2, 3, 0, 2, 4, 5];
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            for (var change = random.Next(1, 6); change > 0 && bytes.Length > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(8) == 0) random.NextBytes(bytes);
            await SendAsync(random.Next(2) == 0 ? routerPort : publisherPort, bytes);
        }

        await StillServesAsync();
    }

    [Fact]
    public async Task A_message_of_any_size_and_number_of_frames_comes_back_as_it_was()
    {
        using var client = await ConnectAsync(routerPort, "DEALER", [7]);
        foreach (var size in new[] { 0, 1, 255, 256, 70_000, 3_000_000 })
        {
            var body = new byte[size];
            new Random(size).NextBytes(body);
            var sending = client.GetStream().WriteAsync(FrameWriter.Message([[], body, [9]]), TestContext.Current.CancellationToken);
            var reader = new FrameReader(client.GetStream(), new Budget());
            var answer = await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken);
            await sending;
            Assert.Equal([0, size, 1], answer.Select(f => f.Length));
            Assert.True(answer[1].AsSpan().SequenceEqual(body));
        }
    }

    [Fact]
    public async Task A_large_message_that_does_not_come_takes_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<TcpClient>();
        for (var i = 0; i < 40; i++)
        {
            clients.Add(await ConnectAsync(routerPort, "DEALER", []));
            var head = new byte[9];
            head[0] = 2;
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(1), 200 << 20);
            await clients[^1].GetStream().WriteAsync(head, TestContext.Current.CancellationToken);
        }

        await StillServesAsync();
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 40 << 20);
        clients.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task A_ping_is_answered_with_what_it_brings()
    {
        using var client = await ConnectAsync(routerPort, "DEALER", []);
        await client.GetStream().WriteAsync(FrameWriter.Command("PING", [0, 10, 1, 2, 3]), TestContext.Current.CancellationToken);
        var frame = await new FrameReader(client.GetStream(), new Budget()).FrameAsync(TestContext.Current.CancellationToken);
        Assert.True(frame.IsCommand);
        Assert.Equal([4, .. "PONG"u8, 1, 2, 3], frame.Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_ways_to_subscribe_are_understood(bool isCommand)
    {
        using var client = await ConnectAsync(publisherPort, "SUB", []);
        var stream = client.GetStream();
        await stream.WriteAsync(isCommand ? FrameWriter.Command("SUBSCRIBE", "st"u8) : FrameWriter.Message([[1, .. "st"u8]]),
            TestContext.Current.CancellationToken);
        var reader = new FrameReader(stream, new Budget());
        Assert.Equal("welcome", Encoding.UTF8.GetString((await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[1]));
        publisher.Send(["other"u8.ToArray(), [1]], null);
        publisher.Send(["stream"u8.ToArray(), [2]], null);
        Assert.Equal([2], (await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[1]);
    }

    [Fact]
    public async Task A_reader_that_stands_still_costs_bounded_memory_and_is_told_what_it_lost()
    {
        using var still = await ConnectAsync(publisherPort, "SUB", []);
        await still.GetStream().WriteAsync(FrameWriter.Message([[1]]), TestContext.Current.CancellationToken);
        var reader = new FrameReader(still.GetStream(), new Budget());
        await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 300; i++)
            publisher.Send(["stream"u8.ToArray(), new byte[1 << 20]], lost => ["lost"u8.ToArray(), BitConverter.GetBytes(lost)]);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 3 * Limits.Waiting, "its messages are kept");
        publisher.Send(["status"u8.ToArray(), "idle"u8.ToArray()], null);

        // Once it reads, it gets what was kept, what is not to be lost, and how much is missing.
        var (outputs, told) = (0, 0L);
        for (string topic = ""; topic != "status";)
        {
            topic = Encoding.UTF8.GetString((await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[0]);
            if (topic == "stream") outputs++;
        }

        publisher.Send(["stream"u8.ToArray(), [1]], lost => ["lost"u8.ToArray(), BitConverter.GetBytes(lost)]);
        var notice = await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("lost", Encoding.UTF8.GetString(notice[0]));
        told = BitConverter.ToInt64(notice[1]);
        Assert.InRange(outputs, 10, 299);
        Assert.Equal(300, outputs + told);
    }

    [Fact]
    public async Task A_reader_that_is_only_slow_loses_nothing()
    {
        using var slow = await ConnectAsync(publisherPort, "SUB", []);
        await slow.GetStream().WriteAsync(FrameWriter.Message([[1]]), TestContext.Current.CancellationToken);
        var reader = new FrameReader(slow.GetStream(), new Budget());
        await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken);
        var sending = Task.Run(
            () =>
            {
                for (var i = 0; i < 100; i++) publisher.Send(["stream"u8.ToArray(), new byte[1 << 20]], lost => ["lost"u8.ToArray(), []]);
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("stream",
                Encoding.UTF8.GetString((await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[0]));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await sending;
    }

    async Task StillServesAsync()
    {
        using var client = await ConnectAsync(routerPort, "DEALER", "me"u8.ToArray());
        await client.GetStream().WriteAsync(FrameWriter.Message([[1], [2, 3]]), TestContext.Current.CancellationToken);
        var answer = await new FrameReader(client.GetStream(), new Budget()).MessageAsync(_ => { }, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], answer.Select(f => f.Length));
        using var subscriber = await ConnectAsync(publisherPort, "SUB", []);
        await subscriber.GetStream().WriteAsync(FrameWriter.Message([[1]]), TestContext.Current.CancellationToken);
        Assert.Equal(2,
            (await new FrameReader(subscriber.GetStream(), new Budget())
                .MessageAsync(_ => { }, TestContext.Current.CancellationToken)).Count);
    }

    static async Task<TcpClient> ConnectAsync(int port, string type, byte[] identity)
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

    static async Task SendAsync(int port, byte[] bytes)
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

    static byte[] Ready(string type, byte[]? identity = null) => FrameWriter.Command("READY",
    [
        11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type),
        .. identity is { Length: > 0 } ? [8, .. "Identity"u8, 0, 0, (byte)(identity.Length >> 8), (byte)identity.Length, .. identity]
            : Array.Empty<byte>(),
    ]);

    static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
