namespace Workbook.Host.Processes;

/// <summary>
/// The processor time of one flow of tasks, on whichever threads it goes on, and of what it starts: not that of others in the process.
/// </summary>
sealed class FlowClock
{
    static readonly AsyncLocal<FlowClock?> current = new(Changed);

    /// <summary>The threads that work for the flow now.</summary>
    readonly Dictionary<int, ThreadClock> working = [];

    TimeSpan spent;

    FlowClock()
    {
    }

    /// <summary>Begins to measure the calling flow and all that it calls or starts from here on.</summary>
    public static FlowClock Start() => current.Value = new FlowClock();

    /// <summary>What the flow has used by now. Any thread may ask.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (working) return working.Values.Aggregate(spent, (sum, thread) => sum + (thread.Elapsed ?? TimeSpan.Zero));
        }
    }

    /// <summary>A thread takes up another flow, or goes back to its own.</summary>
    static void Changed(AsyncLocalValueChangedArgs<FlowClock?> change)
    {
        if (change.PreviousValue == change.CurrentValue) return;
        change.PreviousValue?.Leave();
        change.CurrentValue?.Enter();
    }

    void Enter()
    {
        try
        {
            var clock = ThreadClock.OfThis();
            lock (working) working[Environment.CurrentManagedThreadId] = clock;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An exception here would end the process. A stretch that cannot be measured, as without free handles, does not count.
        }
    }

    void Leave()
    {
        lock (working)
            if (working.Remove(Environment.CurrentManagedThreadId, out var clock)) spent += clock.Elapsed ?? TimeSpan.Zero;
    }
}
