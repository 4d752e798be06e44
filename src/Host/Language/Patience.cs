using Workbook.Host.Processes;

namespace Workbook.Host.Language;

/// <summary>
/// Lets the compiler's services work on one question after another, and waits no longer for one that does not come to an end. Where they do
/// not hear that nobody waits, they go on in the background, up to a number of questions.
/// </summary>
/// <param name="most">How many may go on in the background.</param>
sealed class Patience(int most)
{
    /// <summary>
    /// Processor time of a question's own work: neither a busy machine nor a cell that runs meanwhile costs answers. Default: 10 s.
    /// </summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    readonly List<Task> abandoned = [];

    /// <summary>The answer.</summary>
    /// <param name="work">Makes it.</param>
    /// <exception cref="LanguageException">It takes too long, or there are as many in the background as may be.</exception>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        abandoned.RemoveAll(a => a.IsCompleted);
        if (abandoned.Count >= most)
            throw new LanguageException($"The compiler is still busy with earlier texts that have no end.");
        var end = new CancellationTokenSource();
        FlowClock? clock = null;
        var answer = Task.Run(() =>
        {
            Volatile.Write(ref clock, FlowClock.Start());
            return work(end.Token);
        });
        TimeSpan Used() => Volatile.Read(ref clock)?.Elapsed ?? TimeSpan.MinValue;
        while (!answer.IsCompleted && Used() < Limit) await Task.WhenAny(answer, Task.Delay(Step));
        if (answer.IsCompleted) return await answer;
        abandoned.Add(answer);
        // What becomes of it interests nobody.
        _ = answer.ContinueWith(a => a.Exception, TaskScheduler.Default);
        await end.CancelAsync();
        throw new LanguageException($"The compiler has worked for {Limit.TotalSeconds:0} s on this text without coming to an end.");
    }
}
