using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.ExceptionServices;
using Workbook.Host.Processes;

namespace Workbook.Host.Sessions;

/// <summary>
/// Lets the compiler work on a thread with room for what recurses as deep as code is long, and ends it when it does not come to an end:
/// a page of queries or of overloaded lambdas can keep it for hours.
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

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Step = TimeSpan.FromMilliseconds(250);

    static TimeSpan Limit => shorter.Value ?? Usual;

    /// <summary>Has less patience in this flow: for tests, which wait for what has no end.</summary>
    /// <param name="limit">Instead of 10 s.</param>
    public static void Shorten(TimeSpan limit) => shorter.Value = limit;

    /// <summary>What there is to say where it was ended.</summary>
    public static string Problem =>
        $"The compiler has worked for {Limit.TotalSeconds:0} s on this code without coming to an end. Split it.";

    /// <summary>Does the work; false when it was ended.</summary>
    public static bool Try<T>(Func<CancellationToken, T> work, [MaybeNullWhen(false)] out T result)
    {
        var (asked, forced) = (new CancellationTokenSource(), new CancellationTokenSource());
        T? made = default;
        ExceptionDispatchInfo? failure = null;
        ThreadClock? clock = null;
        var thread = new Thread(() =>
        {
            clock = ThreadClock.OfThis();
            try
            {
                // Obsolete because an abort may come between any two instructions. It is the last means, for what asks nobody.
#pragma warning disable SYSLIB0046
                ControlledExecution.Run(() => made = work(asked.Token), forced.Token);
#pragma warning restore SYSLIB0046
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, Stack)
        { IsBackground = true, Name = "compiler" };
        var (limit, isOver) = (Limit, false);
        thread.Start();
        try
        {
            while (!isOver && !thread.Join(Step)) isOver = Volatile.Read(ref clock)?.Elapsed >= limit;
        }
        finally
        {
            // Also where the wait was interrupted; then nobody wants the result.
            if (thread.IsAlive)
            {
                asked.Cancel();
                if (!isOver || !thread.Join(Patience)) new Thread(forced.Cancel) { IsBackground = true, Name = "abort" }.Start();
            }
        }

        result = made!;
        if (isOver) return false;
        failure?.Throw();
        return true;
    }
}
