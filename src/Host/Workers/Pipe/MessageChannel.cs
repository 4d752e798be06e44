using System.Text;
using System.Text.Json;

namespace Workbook.Host.Workers.Pipe;

/// <summary>Sends and receives messages over one stream. Any thread may send.</summary>
/// <param name="stream">A stream to the other side.</param>
sealed class MessageChannel(Stream stream)
{
    readonly StreamReader reader = new(stream, new UTF8Encoding(false), false, 1 << 16, leaveOpen: true);

    readonly Lock sending = new();

    /// <summary>Sends one message; it has left this process when the method returns, so that a crash right after cannot lose it.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(WorkerMessage message)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.WorkerMessage);
        try
        {
        }
        finally
        {
            // The sending thread may be that of an interrupted cell. An abort waits for the end of a finally block, so no message is cut
            // short.
            lock (sending)
            {
                stream.Write([.. bytes, (byte)'\n']);
                stream.Flush();
            }
        }
    }

    /// <summary>Does something while no message is on its way, so that it cannot cut one short.</summary>
    public void BetweenMessages(Action action)
    {
        lock (sending) action();
    }

    /// <summary>The next message, or null when the other side is gone.</summary>
    public async Task<WorkerMessage?> ReceiveAsync()
    {
        try
        {
            return Parse(await reader.ReadLineAsync());
        }
        catch (Exception e) when (IsBroken(e))
        {
            return null;
        }
    }

    /// <summary>The next message, or null when the other side is gone; the calling thread waits for it.</summary>
    public WorkerMessage? Receive()
    {
        try
        {
            return Parse(reader.ReadLine());
        }
        catch (Exception e) when (IsBroken(e))
        {
            return null;
        }
    }

    static WorkerMessage? Parse(string? line) => line is null ? null : JsonSerializer.Deserialize(line, MessageJson.Default.WorkerMessage);

    /// <summary>A pipe whose other side was killed breaks in the middle of a line.</summary>
    static bool IsBroken(Exception e) => e is IOException or ObjectDisposedException or JsonException;
}
