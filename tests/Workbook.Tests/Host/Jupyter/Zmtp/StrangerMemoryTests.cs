using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Workbook.Host.Jupyter.Zmtp;
using Xunit;

namespace Workbook.Tests.Host.Jupyter.Zmtp;

/// <summary>What strangers cost; the memory is the process's.</summary>
[Collection(nameof(Alone))]
public sealed class StrangerMemoryTests : StrangerTests
{
    [Fact]
    public async Task A_large_message_that_does_not_come_takes_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<TcpClient>();
        for (var i = 0; i < 40; i++)
        {
            clients.Add(await ConnectAsync(RouterPort, "DEALER", []));
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
    public async Task A_reader_that_stands_still_costs_bounded_memory_and_is_told_what_it_lost()
    {
        using var still = await ConnectAsync(PublisherPort, "SUB", []);
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
}
