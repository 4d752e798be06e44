using Workbook.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

[Collection(nameof(Alone))]
public sealed class SessionMemoryTests
{
    /// <summary>
    /// Measured: 45 kB a cell in the first thousand and in the second. Where each cell keeps something for each before it, the second takes
    /// three times the first.
    /// </summary>
    [Fact]
    [Trait("speed", "slow")]
    public async Task Memory_grows_with_the_number_of_cells_and_not_with_its_square()
    {
        var session = new CSharpSession();
        var sink = new CellSink(_ => { }, (_, _) => { });
        await RunAsync(0, 50);
        var start = Live();
        await RunAsync(50, 550);
        var middle = Live();
        await RunAsync(550, 1050);
        var end = Live();
        Assert.True(end - middle < 1.4 * (middle - start),
            $"{(middle - start) >> 10} kB for the first cells, {(end - middle) >> 10} kB for as many more");
        Assert.True(end - start < 1000 * 80_000L, $"{(end - start) / 1_000_000} MB for 1,000 cells");
        GC.KeepAlive(session);

        async Task RunAsync(int from, int to)
        {
            for (var i = from; i < to; i++)
                Assert.Null(await session.RunAsync(new SourceUnit("/notebook", i + 1, i + 1, "var v = 1;"), sink));
        }

        static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
