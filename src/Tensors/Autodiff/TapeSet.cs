namespace Workbook.Tensors.Autodiff;

/// <summary>Which tapes follow a tensor: an immutable set, shared between the tensors of one computation.</summary>
/// <remarks>
/// A tape follows the result of an op when it follows an input and is recording. With one tape open that is one reference
/// comparison, because every followed tensor carries the same set.
/// </remarks>
sealed class TapeSet
{
    /// <summary>
    /// Carries the open tapes into tasks, Parallel.For and what follows an await; the copy for the thread is read faster.
    /// </summary>
    static readonly AsyncLocal<GradientTape?> flowing = new(static change => innermost = change.CurrentValue);

    static long opened;
    static int open;

    /// <summary>The open tapes where this thread is now, innermost first.</summary>
    [ThreadStatic] static GradientTape? innermost;

    /// <summary>How many <see cref="Suspend"/> scopes are open.</summary>
    [ThreadStatic] static int suspended;

    readonly GradientTape.Session[] sessions;

    internal TapeSet(params GradientTape.Session[] sessions) => this.sessions = sessions;

    /// <summary>Whether anything could be recorded now.</summary>
    internal static bool AnyOpen => suspended == 0 && Innermost is not null;

    /// <summary>Whether any thread has a tape open.</summary>
    internal static bool OpenAnywhere => open > 0;

    /// <summary>How many tapes have been opened so far.</summary>
    internal static long Opened => opened;

    /// <summary>What the innermost tape that records now is recording; null when none does.</summary>
    internal static GradientTape.Session? InnermostRecording
    {
        get
        {
            if (suspended > 0) return null;
            for (var tape = Innermost; tape is not null; tape = tape.Outer)
                if (tape.Current.IsRecording) return tape.Current;
            return null;
        }
    }

    /// <summary>Whether a tape is recording here now.</summary>
    internal static bool AnyRecording
    {
        get
        {
            for (var tape = Innermost; tape is not null; tape = tape.Outer)
                if (tape.Current.IsRecording) return true;
            return false;
        }
    }

    /// <summary>The innermost open tape. A closed one may still be carried here, by a flow that began before it closed.</summary>
    internal static GradientTape? Innermost
    {
        get
        {
            var tape = innermost;
            while (tape is { IsOpen: false }) tape = innermost = tape.Outer;
            return tape;
        }

        set
        {
            flowing.Value = value;
            innermost = value;
        }
    }

    /// <summary>
    /// A tape was closed: it is the innermost here no more. What carries it elsewhere sees that it is closed, which is cheaper than
    /// telling.
    /// </summary>
    internal static void Close(GradientTape tape)
    {
        if (ReferenceEquals(innermost, tape)) innermost = tape.Outer;
        else
            for (var inner = innermost; inner is not null; inner = inner.Outer)
                if (inner.Outer == tape) inner.Outer = tape.Outer;
    }

    /// <summary>The number of a session that begins: it grows with each.</summary>
    internal static long Begin() => Interlocked.Increment(ref opened);

    /// <summary>Counts tapes that are opened and closed.</summary>
    internal static void Count(int change) => Interlocked.Add(ref open, change);

    internal bool Contains(GradientTape.Session session)
    {
        foreach (var s in sessions)
            if (ReferenceEquals(s, session)) return true;
        return false;
    }

    /// <summary>Whether this is the set of that one tape session.</summary>
    internal bool IsOnly(GradientTape.Session session) => sessions.Length == 1 && ReferenceEquals(sessions[0], session);

    /// <summary>The oldest tape besides this session's that may still be asked; null: there is none.</summary>
    internal GradientTape.Session? Beside(GradientTape.Session session) =>
        sessions.Where(s => s != session && !s.IsSpent).MinBy(s => s.Number);

    /// <summary>Whether one of the tapes watches a variable of which this holds.</summary>
    internal bool Watches(Predicate<Variable> holds) => Array.Exists(sessions, s => s.Watched.Exists(holds));

    /// <summary>Whether every tape has given its only answer, so that nothing will be asked of its graph again.</summary>
    internal bool AllSpent => Array.TrueForAll(sessions, s => s.IsSpent);

    /// <summary>This set and one more session.</summary>
    internal static TapeSet With(TapeSet? set, GradientTape.Session session) =>
        set is null ? session.Only : set.Contains(session) ? set : new([.. set.sessions, session]);

    /// <summary>The recording tapes among both sets; null when there are none.</summary>
    internal static TapeSet? Recording(TapeSet? a, TapeSet? b)
    {
        if (suspended > 0) return null;
        if (b is null || ReferenceEquals(a, b)) return a?.Recording();
        if (a is null) return b.Recording();
        var union = a.sessions.Union(b.sessions).Where(s => s.IsRecording).ToArray();
        if (union.Length == 0) return null;
        return union.Length == a.sessions.Length && a.Recording() == a ? a
            : union.Length == b.sessions.Length && b.Recording() == b ? b
            : union.Length == 1 ? union[0].Only
            : new(union);
    }

    TapeSet? Recording()
    {
        var recording = 0;
        foreach (var s in sessions)
            if (s.IsRecording) recording++;
        if (recording == sessions.Length) return this;
        if (recording == 0) return null;
        var open = Array.FindAll(sessions, s => s.IsRecording);
        return open.Length == 1 ? open[0].Only : new(open);
    }

    /// <summary>The recording tapes that follow a variable when it is read now; null when there are none.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="tape">The innermost open tape.</param>
    internal static TapeSet? Reading(Variable variable, GradientTape? tape)
    {
        if (suspended > 0) return null;
        TapeSet? set = null;
        for (; tape is not null; tape = tape.Outer)
            if (tape.Current.IsRecording && tape.WatchesOnReading(variable))
                set = set is null ? tape.Current.Only : tape.Current.Joined(set);
        return set;
    }

    /// <summary>Nothing is recorded by any tape until the result is disposed.</summary>
    internal static Suspension Suspend()
    {
        suspended++;
        return default;
    }

    internal readonly ref struct Suspension
    {
        public void Dispose() => suspended--;
    }
}
