using System.Buffers.Binary;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>Reads frames and messages. Memory is taken as bytes come, not as a length says that they will.</summary>
/// <param name="stream">The connection.</param>
/// <param name="budget">The memory that large messages of all connections share.</param>
sealed class FrameReader(Stream stream, Budget budget)
{
    const int IsMore = 1, IsLong = 2, IsCommand = 4;

    const int First = 1 << 14;

    readonly BufferedStream buffered = new(stream, 1 << 16);

    readonly byte[] head = new byte[9];

    /// <summary>Bytes of the message so far, and how many of them are taken from the budget.</summary>
    long size, taken;

    /// <summary>So many bytes.</summary>
    public async Task<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await buffered.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    /// <summary>The next frame.</summary>
    /// <exception cref="WireException">It is none, or is larger than it may be.</exception>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task<Frame> FrameAsync(CancellationToken cancellation)
    {
        await buffered.ReadExactlyAsync(head.AsMemory(0, 2), cancellation);
        var flags = head[0];
        if ((flags & ~(IsMore | IsLong | IsCommand)) != 0 || (flags & (IsMore | IsCommand)) == (IsMore | IsCommand))
            throw new WireException($"Expected the flags of a frame. Received: 0x{flags:X2}.");
        long length = head[1];
        if ((flags & IsLong) != 0)
        {
            await buffered.ReadExactlyAsync(head.AsMemory(2, 7), cancellation);
            length = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(1));
        }

        var most = (flags & IsCommand) != 0 ? Limits.Command : Limits.Shared;
        if (length < 0 || length > most)
            throw new WireException($"Expected a frame of at most {most} bytes. Received: one of {(ulong)length}.");
        return new Frame((flags & IsCommand) != 0, (flags & IsMore) != 0, await BodyAsync((int)length, cancellation));
    }

    /// <summary>The next message; commands that come before it are handed over.</summary>
    /// <exception cref="WireException">It is none, or is larger than it may be.</exception>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task<IReadOnlyList<byte[]>> MessageAsync(Action<byte[]> command, CancellationToken cancellation)
    {
        var frames = new List<byte[]>();
        try
        {
            while (true)
            {
                var frame = await FrameAsync(cancellation);
                if (frame.IsCommand && frames.Count > 0) throw new WireException("Expected the rest of a message. Received: a command.");
                if (frame.IsCommand)
                {
                    command(frame.Body);
                    size = 0;
                    continue;
                }

                frames.Add(frame.Body);
                if (!frame.HasMore) return frames;
                if (frames.Count == Limits.Frames)
                    throw new WireException($"Expected a message of at most {Limits.Frames} frames. Received: more.");
            }
        }
        finally
        {
            budget.Return(taken);
            size = taken = 0;
        }
    }

    async Task<byte[]> BodyAsync(int length, CancellationToken cancellation)
    {
        var body = new byte[Math.Min(length, First)];
        for (var at = 0; at < length;)
        {
            if (at == body.Length) Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
            var read = await buffered.ReadAsync(body.AsMemory(at), cancellation);
            if (read == 0) throw new EndOfStreamException();
            at += read;
            size += read;
            if (size <= Limits.Small) continue;
            budget.Take(read);
            taken += read;
        }

        return body;
    }
}
