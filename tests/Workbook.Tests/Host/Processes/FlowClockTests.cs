using Workbook.Host.Processes;
using Xunit;

namespace Workbook.Tests.Host.Processes;

/// <summary>Work is measured by the clock of its thread, whatever the machine does meanwhile.</summary>
public class FlowClockTests
{
    static readonly TimeSpan Work = TimeSpan.FromMilliseconds(300);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static void Burn()
    {
        var clock = ThreadClock.OfThis();
        while (clock.Elapsed < Work) ;
    }

    [Fact]
    public async Task What_a_flow_starts_on_other_threads_is_its_own()
    {
        var used = await Task.Run(async () =>
        {
            var clock = FlowClock.Start();
            await Task.Yield();
            await Task.WhenAll(Task.Run(Burn, Cancellation), Task.Run(Burn, Cancellation)).ConfigureAwait(false);
            return clock.Elapsed;
        });
        Assert.True(used > Work, $"{used}");
    }

    [Fact]
    public async Task What_others_do_is_not()
    {
        if (!OperatingSystem.IsLinux()) return;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var burnt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = Task.Run(async () =>
        {
            var clock = FlowClock.Start();
            begun.SetResult();
            await burnt.Task;
            return clock.Elapsed;
        });
        await begun.Task;
        await Task.WhenAll(Task.Run(Burn, Cancellation), Task.Run(Burn, Cancellation));
        burnt.SetResult();
        var used = await flow;
        Assert.True(used < 2 * Work, $"{used}");
    }
}
