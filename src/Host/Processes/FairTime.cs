using System.Diagnostics;

namespace Workbook.Host.Processes;

/// <summary>
/// Time that a process has for what it was asked: by the clock where it rests, and by the processor's where it computes or waits for its
/// turn. On a busy machine a second by the clock may be no time at all.
/// </summary>
static class FairTime
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromSeconds(20);

    /// <summary>Waits until something is done, or until the process has had its time, at most twenty seconds.</summary>
    /// <param name="process">The process.</param>
    /// <param name="time">Its time.</param>
    /// <param name="done">What it was asked.</param>
    public static async Task GiveAsync(Process process, TimeSpan time, Task done)
    {
        var (clock, start) = (Stopwatch.StartNew(), Used(process));
        await Task.WhenAny(done, Task.Delay(time));
        while (!done.IsCompleted && clock.Elapsed < Longest && Used(process) - start < time && ProcessTable.IsBusy(process.Id))
            await Task.WhenAny(done, Task.Delay(Step));
    }

    /// <summary>Its processor time; of one that has ended, more than any limit.</summary>
    static TimeSpan Used(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return TimeSpan.FromDays(1000);
        }
    }
}
