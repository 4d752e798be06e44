using System.Globalization;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

/// <summary>What a session keeps, in a process of its own: what other tests leave behind or give back is not counted.</summary>
[Trait("speed", "slow")]
public sealed class SessionMemoryTests : IAsyncDisposable
{
    readonly Sandbox sandbox = new();

    readonly WorkerProcess worker;

    readonly OutputListener heard = new();

    int runs;

    public SessionMemoryTests() =>
        worker = WorkerProcess.Start(sandbox.Folder, PackageSet.Empty, new Dictionary<string, string>(), heard);

    /// <summary>
    /// Measured, within a fiftieth each time: of variables 1.6 kB a cell, of functions 2.3 kB, and 1.2 MB once in the second half. Where
    /// each cell keeps something for each before it, the second half takes three times the first.
    /// </summary>
    [Theory]
    [InlineData("var v{0} = 1;", 6_000)]
    [InlineData("int F{0}() => 1;", 80_000)]
    public async Task Memory_grows_with_the_number_of_cells_and_not_with_its_square(string source, long most)
    {
        await RunAsync(0, 50);
        var start = await LiveAsync();
        await RunAsync(50, 550);
        var middle = await LiveAsync();
        await RunAsync(550, 1050);
        var end = await LiveAsync();
        Assert.True(end - middle < 1.4 * (middle - start) + 1_500_000,
            $"{(middle - start) >> 10} kB for the first cells, {(end - middle) >> 10} kB for as many more");
        Assert.True(end - start < 1000 * most, $"{(end - start) / 1000} bytes for a cell");

        async Task RunAsync(int from, int to)
        {
            for (var i = from; i < to; i++) await PassAsync(i + 2, source.Replace("{0}", $"{i}"));
        }
    }

    /// <summary>Measured: 2 to 4 kB a cell, against 36 where the compiler keeps them all.</summary>
    [Theory]
    [InlineData("var v = 1;")]
    [InlineData("x++;")]
    [InlineData("x.ToString()")]
    [InlineData("int F(int a) => a + 1; var f = F(x);")]
    public async Task A_cell_that_is_run_again_or_declares_nothing_keeps_next_to_nothing(string source)
    {
        await PassAsync(2, "var x = 1;");
        await RunAsync(50);
        var start = await LiveAsync();
        await RunAsync(300);
        var kept = await LiveAsync() - start;
        Assert.True(kept < 300 * 12_000L, $"{kept / 300} bytes for a cell");

        async Task RunAsync(int times)
        {
            for (var i = 0; i < times; i++) await PassAsync(3, source);
        }
    }

    /// <summary>Of 600 cells 580 or so are loaded so that they can go; the last 64 at most are still there.</summary>
    [Theory]
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
        var before = await LoadedAsync();
        await PassAsync(2, "var v = 1;");
        for (var i = 0; i < 600; i++) await PassAsync(3, string.Format(CultureInfo.InvariantCulture, source, i));
        // A group needs two collections with finalizers between them, and refers to the one before it.
        var loaded = await LoadedAsync();
        for (var i = 0; i < 40 && loaded - before > 150; i++)
        {
            await LiveAsync();
            loaded = await LoadedAsync();
        }

        Assert.True(loaded - before <= 150, $"{loaded - before} cells are still loaded.");
    }

    async Task PassAsync(int cell, string source)
    {
        var end = await worker.ExecuteAsync(++runs, new SourceUnit(sandbox.At("book.dib"), cell, cell, source), TimeSpan.FromMinutes(10),
            TestContext.Current.CancellationToken);
        Assert.True(end is CellRan { ErrorTypes: null }, $"{source}: {end}");
    }

    /// <summary>The bytes of managed objects in the worker that are still in use.</summary>
    Task<long> LiveAsync() =>
        NumberAsync("GC.Collect();\nGC.WaitForPendingFinalizers();\nConsole.WriteLine(GC.GetTotalMemory(forceFullCollection: true));");

    /// <summary>How many cells the worker's runtime holds.</summary>
    Task<long> LoadedAsync() => NumberAsync("Console.WriteLine(AppDomain.CurrentDomain.GetAssemblies().Count("
        + "a => a.GetName().Name?.StartsWith(\"Submission#\") == true));");

    /// <summary>What a cell writes.</summary>
    async Task<long> NumberAsync(string source)
    {
        heard.Clear();
        await PassAsync(1, source);
        return long.Parse(heard.Written, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        sandbox.Dispose();
    }
}
