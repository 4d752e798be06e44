using System.Diagnostics;
using Workbook.Host.Jupyter;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;
using Workbook.Tests.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

[Trait("speed", "slow")]
public sealed class CellWorkerTests : IDisposable
{
    readonly Sandbox sandbox = new();

    readonly OutputListener heard = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task An_interrupt_that_was_asked_for_before_a_cell_began_does_not_end_it_however_late_it_is_dealt_with()
    {
        await using var worker = new CellWorker(sandbox.Folder, heard);
        worker.Start();
        var asked = Stopwatch.GetTimestamp();
        var cell = worker.ExecuteAsync(1, Cell("Console.WriteLine(1);\nwhile (!System.IO.File.Exists(\"go\")) { }"));
        await heard.Spoke;
        await worker.InterruptAsync(asked);
        sandbox.Write("go", "");
        Assert.True(await cell is CellRan { ErrorTypes: null });

        heard.Clear();
        cell = worker.ExecuteAsync(2, Cell("Console.WriteLine(2);\nwhile (true) { }"));
        await heard.Spoke;
        await worker.InterruptAsync(Stopwatch.GetTimestamp());
        Assert.False(await cell is CellRan { ErrorTypes: null });
    }

    SourceUnit Cell(string source) => new(sandbox.At("book.dib"), 1, 1, source);
}
