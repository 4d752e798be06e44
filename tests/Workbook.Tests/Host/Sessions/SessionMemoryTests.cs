using Workbook.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

[Collection(nameof(Alone))]
public sealed class SessionMemoryTests
{
    /// <summary>
    /// Measured: of variables 2 kB a cell, of functions 36 kB, in the first thousand and in the second. Where each cell keeps something for
    /// each before it, the second takes three times the first.
    /// </summary>
    [Theory]
    [Trait("speed", "slow")]
    [InlineData("var v{0} = 1;", 6_000)]
    [InlineData("int F{0}() => 1;", 80_000)]
    public async Task Memory_grows_with_the_number_of_cells_and_not_with_its_square(string source, long most)
    {
        var session = new CSharpSession();
        var sink = new CellSink(_ => { }, (_, _) => { });
        await RunAsync(0, 50);
        var start = Live();
        await RunAsync(50, 550);
        var middle = Live();
        await RunAsync(550, 1050);
        var end = Live();
        // What tests before it left behind may be given back meanwhile: some megabytes of the process are not the cells'.
        Assert.True(end - middle < 1.4 * (middle - start) + 4_000_000,
            $"{(middle - start) >> 10} kB for the first cells, {(end - middle) >> 10} kB for as many more");
        Assert.True(end - start < 1000 * most, $"{(end - start) / 1000} bytes for a cell");
        GC.KeepAlive(session);

        async Task RunAsync(int from, int to)
        {
            for (var i = from; i < to; i++)
                Assert.Null(await session.RunAsync(new SourceUnit("/notebook", i + 1, i + 1, source.Replace("{0}", $"{i}")), sink));
        }
    }

    /// <summary>Measured: 2 to 4 kB a cell, against 36 where the compiler keeps them all.</summary>
    [Theory]
    [Trait("speed", "slow")]
    [InlineData("var v = 1;")]
    [InlineData("x++;")]
    [InlineData("x.ToString()")]
    [InlineData("int F(int a) => a + 1; var f = F(x);")]
    public async Task A_cell_that_is_run_again_or_declares_nothing_keeps_next_to_nothing(string source)
    {
        var session = new CSharpSession();
        var sink = new CellSink(_ => { }, (_, _) => { });
        Assert.Null(await session.RunAsync(new SourceUnit("/notebook", 1, 1, "var x = 1;"), sink));
        await RunAsync(50);
        var start = Live();
        await RunAsync(300);
        Assert.True(Live() - start < 300 * 12_000L, $"{(Live() - start) / 300} bytes for a cell");
        GC.KeepAlive(session);

        async Task RunAsync(int times)
        {
            for (var i = 0; i < times; i++) Assert.Null(await session.RunAsync(new SourceUnit("/notebook", 2, 2, source), sink));
        }
    }

    /// <summary>Of 600 cells 580 or so are loaded so that they can go; the last 64 at most are still there.</summary>
    [Theory]
    [Trait("speed", "slow")]
    [InlineData("var v{0} = {0};")]
    [InlineData("var v = {0};")]
    [InlineData("v")]
    [InlineData("v += 1;")]
    [InlineData("Console.WriteLine(1);")]
    [InlineData("int F{0}(int a) => a;")]
    [InlineData("var s{0} = new[] {{ 1, 2 }}.Where(a => a > 1).ToList();")]
    [InlineData("await Task.Yield(); var w{0} = {0};")]
    public async Task The_runtime_gives_up_plain_cells_when_there_are_many(string source)
    {
        var session = new CSharpSession();
        var sink = new CellSink(_ => { }, (_, _) => { });
        for (var i = 0; i < 5; i++) Live();
        var before = Loaded();
        Assert.Null(await session.RunAsync(new SourceUnit("/notebook", 1, 1, "var v = 1;"), sink));
        for (var i = 0; i < 600; i++)
            Assert.Null(await session.RunAsync(new SourceUnit("/notebook", 2, 2, string.Format(source, i)), sink));
        // A group needs two collections with finalizers between them, and refers to the one before it.
        for (var i = 0; i < 40 && Loaded() - before > 150; i++) Live();
        Assert.True(Loaded() - before <= 150, $"{Loaded() - before} cells are still loaded.");
        GC.KeepAlive(session);
    }

    static int Loaded() => AppDomain.CurrentDomain.GetAssemblies().Count(a => a.GetName().Name!.StartsWith("Submission#"));

    static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
