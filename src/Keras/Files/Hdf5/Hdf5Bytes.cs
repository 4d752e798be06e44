using System.Buffers.Binary;
using System.Text;

namespace Workbook.Keras;

/// <summary>A place in the bytes of an HDF5 file that moves on as it is read. Nothing outside of the file is ever read.</summary>
/// <param name="file">The file.</param>
/// <param name="at">Where to begin.</param>
/// <param name="end">Where the structure ends; what is asked beyond it is refused.</param>
struct Hdf5Bytes(Hdf5File file, long at, long end)
{
    /// <summary>The address that stands for none.</summary>
    public const ulong None = ulong.MaxValue;

    long next = at;

    /// <summary>How much is left.</summary>
    public readonly long Left => end - next;

    /// <summary>Where the next byte stands in the file.</summary>
    public readonly long At => next;

    public byte Byte() => Take(1)[0];

    public int Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint Int() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>An address or a number of 1 to 8 bytes.</summary>
    public ulong Number(int size)
    {
        ulong value = 0;
        var bytes = Take(size);
        for (var i = size - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    /// <summary>A number of 1 to 8 bytes that counts bytes or elements.</summary>
    public long Count(int size) => Number(size) is <= long.MaxValue and var value ? (long)value : throw file.Damaged("a length beyond all limits");

    public void Skip(long count) => Take(count);

    /// <summary>The next bytes, which stay those of the file.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left) throw file.Damaged($"a structure at byte {next:N0} that reaches beyond its end");
        var bytes = file.Span(next, count);
        next += count;
        return bytes;
    }

    /// <summary>Text up to a zero, or all of it.</summary>
    public string Text(long count) => TextOf(Take(count));

    /// <summary>Whether the next bytes are these four letters; they are passed.</summary>
    public void Expect(string signature)
    {
        if (!Take(4).SequenceEqual(Encoding.ASCII.GetBytes(signature)))
            throw file.Damaged($"no {signature} at byte {next - 4:N0}, where one should be");
    }

    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var zero = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(zero < 0 ? bytes : bytes[..zero]);
    }
}
