using System.Buffers.Binary;

namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>Frames as bytes.</summary>
static class FrameWriter
{
    /// <summary>A message, ready for the wire.</summary>
    public static byte[] Message(IReadOnlyList<byte[]> frames)
    {
        var bytes = new byte[frames.Sum(f => f.Length + (f.Length > byte.MaxValue ? 9 : 2))];
        var at = 0;
        for (var i = 0; i < frames.Count; i++) at += Write(bytes.AsSpan(at), i < frames.Count - 1 ? 1 : 0, frames[i]);
        return bytes;
    }

    /// <summary>A command: its name and what belongs to it.</summary>
    public static byte[] Command(string name, ReadOnlySpan<byte> rest)
    {
        byte[] body = [(byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name), .. rest];
        var bytes = new byte[body.Length + 9];
        return bytes[..Write(bytes, 4, body)];
    }

    static int Write(Span<byte> to, int flags, byte[] body)
    {
        var isLong = body.Length > byte.MaxValue;
        to[0] = (byte)(flags | (isLong ? 2 : 0));
        if (isLong) BinaryPrimitives.WriteInt64BigEndian(to[1..], body.Length);
        else to[1] = (byte)body.Length;
        var head = isLong ? 9 : 2;
        body.CopyTo(to[head..]);
        return head + body.Length;
    }
}
