namespace Workbook.Tensors.Autodiff;

/// <summary>What the tapes that are open here do now; for frameworks built on tensors.</summary>
public static class Recording
{
    /// <summary>Whether an op would be recorded now.</summary>
    public static bool IsOn => TapeSet.AnyOpen;

    /// <summary>The variables that the innermost open tape watches, in the order of their first reading; null where no tape is
    /// open.</summary>
    public static IReadOnlyList<Variable>? Watched => TapeSet.Innermost?.Current.Watched;

    /// <summary>Nothing is recorded by any tape until the result is disposed, on the same thread.</summary>
    public static Pause Suspend()
    {
        TapeSet.Suspend();
        return default;
    }

    /// <summary>A stretch in which nothing is recorded.</summary>
    public readonly ref struct Pause
    {
        /// <summary>Recording goes on.</summary>
        public void Dispose() => default(TapeSet.Suspension).Dispose();
    }
}
