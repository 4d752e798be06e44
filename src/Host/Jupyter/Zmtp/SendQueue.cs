using System.Diagnostics;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>
/// What waits to be sent over one connection. Its memory is bounded: a reader that is slower than we write is waited for as long as it
/// takes enough,
/// and one that does not loses what may be lost, and is told how many messages that was.
/// </summary>
/// <param name="stall">How long a writer waits for a reader that takes nothing.</param>
sealed class SendQueue(TimeSpan stall)
{
    readonly Queue<byte[]> waiting = [];

    readonly SemaphoreSlim filled = new(0);

    readonly Lock changing = new();

    readonly ManualResetEventSlim taken = new(true);

    readonly TimeSpan longest = stall;

    TimeSpan patience = stall;

    long bytes;

    long lost;

    bool isStalled;

    bool isClosed;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message as bytes.</param>
    /// <param name="notice">Makes the message that tells of so many lost ones. Without it the message itself is not to be lost.</param>
    public void Add(byte[] message, Func<long, byte[]>? notice = null)
    {
        if (notice is not null && !HasRoom())
        {
            lock (changing) lost++;
            return;
        }

        lock (changing)
        {
            // Even what is not to be lost has an end: who has not read that much will not read it any more.
            if (isClosed || bytes > 2 * Limits.Waiting) return;
            if (lost > 0 && notice is not null)
            {
                Put(notice(lost));
                lost = 0;
            }

            Put(message);
        }
    }

    /// <summary>The next message; null when there will be none.</summary>
    public async Task<byte[]?> NextAsync()
    {
        await filled.WaitAsync();
        lock (changing)
        {
            if (!waiting.TryDequeue(out var message)) return null;
            bytes -= message.Length;
            if (bytes <= Limits.Waiting / 2) isStalled = false;
            patience = new TimeSpan(
                Math.Min(longest.Ticks, patience.Ticks + (TimeSpan.TicksPerSecond * message.Length / Limits.SlowestReader)));
            taken.Set();
            return message;
        }
    }

    /// <summary>Takes no more; what waits is still sent.</summary>
    public void Close()
    {
        lock (changing)
        {
            isClosed = true;
            taken.Set();
        }

        filled.Release();
    }

    bool HasRoom()
    {
        while (true)
        {
            TimeSpan left;
            lock (changing)
            {
                if (isClosed || bytes <= Limits.Waiting) return true;
                if (patience <= TimeSpan.Zero) isStalled = true;
                if (isStalled) return false;
                left = patience;
                taken.Reset();
            }

            var watch = Stopwatch.StartNew();
            taken.Wait(left);
            lock (changing) patience -= watch.Elapsed;
        }
    }

    void Put(byte[] message)
    {
        waiting.Enqueue(message);
        bytes += message.Length;
        filled.Release();
    }
}
