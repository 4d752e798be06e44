namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>The memory that large messages take which have not come whole yet, over all connections.</summary>
sealed class Budget
{
    long taken;

    /// <summary>Takes bytes.</summary>
    /// <exception cref="WireException">There are no more.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= Limits.Shared) return;
        Return(bytes);
        throw new WireException($"Expected messages of {Limits.Shared >> 20} MiB at most at a time. Received: more.");
    }

    /// <summary>Gives them back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}
