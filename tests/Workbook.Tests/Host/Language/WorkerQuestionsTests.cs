using Workbook.Host.Language;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Outside;
using Workbook.Tests.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Language;

[Trait("speed", "slow")]
public sealed class WorkerQuestionsTests : IDisposable
{
    readonly Sandbox sandbox = new();

    readonly OutputListener heard = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    WorkerProcess Start() => WorkerProcess.Start(sandbox.Folder, PackageSet.Empty, new Dictionary<string, string>(), heard);

    SourceUnit Cell(string source) => new(sandbox.At("book.dib"), 1, 1, source);

    [Fact]
    public async Task Questions_are_answered_while_a_cell_runs_and_what_it_declares_is_known()
    {
        await using var worker = Start();
        var step = 0;
        while ((await worker.AskAsync(new WarmingQuestion(step), Cancellation)).More) step++;
        Assert.Equal(4, step);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = worker.ExecuteAsync(1, Cell("var apples = 1;\nConsole.WriteLine(apples);\nwhile (true) { }"), TimeSpan.FromMinutes(5),
            stop.Token);
        await heard.Spoke.WaitAsync(Cancellation);
        var completions = await worker.AskAsync(new CompletionQuestion("app", 3), Cancellation);
        Assert.Equal(new Completion("apples", "variable"), completions.Items[0]);
        Assert.Equal("(field) int apples", (await worker.AskAsync(new InspectionQuestion("apples", 2, 0), Cancellation)).Text);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_worker_that_is_gone_gives_no_answer_and_says_so()
    {
        await using var worker = Start();
        await worker.ExecuteAsync(1, Cell("Environment.Exit(3);"), TimeSpan.FromMinutes(5), Cancellation);
        await Assert.ThrowsAsync<LanguageException>(() => worker.AskAsync(new CompletionQuestion("app", 3), Cancellation));
    }

    public void Dispose() => sandbox.Dispose();
}
