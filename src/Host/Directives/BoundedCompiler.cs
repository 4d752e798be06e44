using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Workbook.Host.Processes;

namespace Workbook.Host.Directives;

/// <summary>
/// Lets the compiler work on a thread with room for what recurses as deep as code is long, and waits no longer when it does not come to an
/// end: a page of queries or of overloaded lambdas can keep it for hours.
/// </summary>
static class BoundedCompiler
{
    /// <summary>Address space. Memory is taken as far as the compiler goes down, and given back with the thread.</summary>
    const int Stack = 256 << 20;

    /// <summary>
    /// Processor time of the compiler's own thread, so that neither a busy machine nor what other cells have left running ends honest
    /// code. Measured: a cell of 10,000 records takes 4 s.
    /// </summary>
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    static readonly AsyncLocal<TimeSpan?> shorter = new();

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    static TimeSpan Limit => shorter.Value ?? Usual;

    /// <summary>Has less patience in this flow: for tests, which wait for what has no end.</summary>
    /// <param name="limit">Instead of 10 s.</param>
    public static void Shorten(TimeSpan limit) => shorter.Value = limit;

    /// <summary>What there is to say where nobody waits any longer.</summary>
    public static string Problem => $"The compiler has worked for {Limit.TotalSeconds:0} s on this code without coming to an end. Split it. "
        + "Where the compiler does not ask whether anybody still waits, it goes on in the background until its process ends.";

    /// <summary>Does the work; false when it takes too long. Then it is asked to end; it is not aborted.</summary>
    /// <param name="work">The work.</param>
    /// <param name="result">What it made.</param>
    /// <param name="limit">How long it may take. Default: 10 s of its thread's processor time.</param>
    public static bool Try<T>(Func<CancellationToken, T> work, [MaybeNullWhen(false)] out T result, TimeSpan? limit = null)
    {
        var end = new CancellationTokenSource();
        T? made = default;
        ExceptionDispatchInfo? failure = null;
        ThreadClock? clock = null;
        var thread = new Thread(() =>
        {
            Volatile.Write(ref clock, ThreadClock.OfThis());
            try
            {
                made = work(end.Token);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, Stack)
        { IsBackground = true, Name = "compiler" };
        var (most, isOver) = (shorter.Value ?? limit ?? Usual, false);
        thread.Start();
        try
        {
            while (!isOver && !thread.Join(Step)) isOver = Volatile.Read(ref clock)?.Elapsed >= most;
        }
        finally
        {
            // Also where the wait was interrupted; then nobody wants the result. What does not ask goes on by itself: a thread that is
            // aborted in the middle of the runtime's own work ends the process.
            if (thread.IsAlive) end.Cancel();
        }

        result = made!;
        if (isOver) return false;
        failure?.Throw();
        return true;
    }
}
