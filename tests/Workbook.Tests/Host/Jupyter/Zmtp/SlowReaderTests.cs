using System.Text;
using Workbook.Host.Jupyter.Zmtp;
using Xunit;

namespace Workbook.Tests.Host.Jupyter.Zmtp;

/// <summary>
/// A reader that is slower than the writer, on a machine that may stand still by itself for longer than one waits for a reader.
/// </summary>
public sealed class SlowReaderTests() : StrangerTests(stall: TimeSpan.FromMinutes(1))
{
    [Fact]
    public async Task A_reader_that_is_only_slow_loses_nothing()
    {
        using var slow = await ConnectAsync(PublisherPort, "SUB", []);
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
}
