using System.Text;
using Workbook.Host.Language;

namespace Workbook.Host.Workers.Outside;

/// <summary>
/// What a worker's process writes past .NET's console: native libraries, child processes, the runtime's last words.
/// The worker leaves a mark after each cell, so that everything before it is known to have arrived.
/// </summary>
/// <param name="stream">The process's redirected stream.</param>
/// <param name="mark">The mark; no other text contains it.</param>
/// <param name="write">Takes the text as it comes.</param>
sealed class RawStream(Stream stream, string mark, Action<string> write)
{
    readonly SemaphoreSlim marks = new(0);

    /// <summary>Ends when the process and all its children have closed the stream.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to read.</summary>
    public RawStream Start()
    {
        Completion = Task.Run(PumpAsync);
        return this;
    }

    /// <summary>Waits until the next mark, or the stream's end, has come.</summary>
    public Task MarkAsync() => Task.WhenAny(marks.WaitAsync(), Completion);

    async Task PumpAsync()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var (bytes, chars) = (new byte[1 << 14], new char[(1 << 14) + 2]);
        var held = "";
        while (true)
        {
            var read = await ReadAsync(bytes);
            held += new string(chars, 0, decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0));
            for (int at; (at = held.IndexOf(mark, StringComparison.Ordinal)) >= 0; held = held[(at + mark.Length)..])
            {
                if (at > 0) write(held[..at]);
                marks.Release();
            }

            // The beginning of a mark may have come without its end.
            var tail = read == 0 ? -1 : held.LastIndexOf(mark[0]);
            var ready = tail >= 0 && mark.StartsWith(held[tail..], StringComparison.Ordinal) ? tail : held.Length;
            if (ready > 0) write(held[..ready]);
            held = held[ready..];
            if (read == 0) return;
        }
    }

    async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
