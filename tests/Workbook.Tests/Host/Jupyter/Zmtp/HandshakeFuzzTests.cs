using System.Text;
using Workbook.Host.Jupyter.Zmtp;
using Xunit;

namespace Workbook.Tests.Host.Jupyter.Zmtp;

/// <summary>Bytes from strangers: they may end their own connection and nothing else.</summary>
public sealed class HandshakeFuzzTests : StrangerTests
{
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
        foreach (var port in new[] { RouterPort, PublisherPort }) await SendAsync(port, Convert.FromHexString(hex));
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
            await SendAsync(random.Next(2) == 0 ? RouterPort : PublisherPort, bytes);
        }

        await StillServesAsync();
    }

    [Fact]
    public async Task A_message_of_any_size_and_number_of_frames_comes_back_as_it_was()
    {
        using var client = await ConnectAsync(RouterPort, "DEALER", [7]);
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
    public async Task A_ping_is_answered_with_what_it_brings()
    {
        using var client = await ConnectAsync(RouterPort, "DEALER", []);
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
        using var client = await ConnectAsync(PublisherPort, "SUB", []);
        var stream = client.GetStream();
        await stream.WriteAsync(isCommand ? FrameWriter.Command("SUBSCRIBE", "st"u8) : FrameWriter.Message([[1, .. "st"u8]]),
            TestContext.Current.CancellationToken);
        var reader = new FrameReader(stream, new Budget());
        Assert.Equal("welcome", Encoding.UTF8.GetString((await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[1]));
        publisher.Send(["other"u8.ToArray(), [1]], null);
        publisher.Send(["stream"u8.ToArray(), [2]], null);
        Assert.Equal([2], (await reader.MessageAsync(_ => { }, TestContext.Current.CancellationToken))[1]);
    }

    static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
