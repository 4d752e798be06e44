using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Workbook.Keras;

/// <summary>A file of scalars over steps that TensorBoard reads: records of TensorFlow's Event message, each with checksums.</summary>
/// <remarks>
/// Record: length (8 bytes), its checksum, the message, its checksum. Message fields used: wall_time 1, step 2, file_version 3, summary 5 →
/// value 1 → tag 1, simple_value 2.
/// </remarks>
public sealed class EventFile : IDisposable
{
    static int files;
    readonly FileStream file;

    /// <summary>Starts a file of its own in a folder, which is made if need be.</summary>
    /// <param name="folder">The run, as TensorBoard shows it.</param>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        // TensorBoard wants tfevents in the name; the rest keeps runs apart.
        file = new(
            Path.Combine(folder,
                $"events.out.tfevents.{Now():F0}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref files)}.v2"),
                    FileMode.CreateNew);
        Write(Event(Field(3, "brain.Event:2"u8)));
    }

    /// <summary>Appends one number.</summary>
    /// <param name="tag">The name of its chart, such as loss/train.</param>
    /// <param name="value">The number, kept as float32.</param>
    /// <param name="step">Where it stands on the horizontal axis.</param>
    public void Add(string tag, double value, long step)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        byte[] entry = [.. Field(1, Encoding.UTF8.GetBytes(tag)), 2 << 3 | 5, .. number];
        Write(Event([2 << 3, .. Varint((ulong)step), .. Field(5, Field(1, entry))]));
    }

    /// <summary>Hands everything to the file system, so that a running TensorBoard sees it.</summary>
    public void Flush() => file.Flush();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    static byte[] Event(byte[] fields)
    {
        var time = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(time, Now());
        return [1 << 3 | 1, .. time, .. fields];
    }

    /// <summary>A field of bytes: its number, the length, the bytes.</summary>
    static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)(number << 3 | 2), .. Varint((ulong)bytes.Length), .. bytes];

    static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    void Write(byte[] message)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Length);
        file.Write(length);
        file.Write(Checksum(length));
        file.Write(message);
        file.Write(Checksum(message));
    }

    /// <summary>CRC-32C, turned and shifted so that a checksum of data with checksums inside stays useful.</summary>
    static byte[] Checksum(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = BitOperations.Crc32C(crc, b);
        crc = ~crc;
        var masked = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, unchecked(BitOperations.RotateRight(crc, 15) + 0xa282ead8));
        return masked;
    }
}
