using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>One array of an .npz archive.</summary>
static partial class NpyEntry
{
    /// <summary>The longest header that is read: NumPy's own have 118 bytes.</summary>
    const int LongestHeader = 4096;

    /// <summary>
    /// Reads the array. No more is unpacked than the shape in its header asks for, and the archive's checksum must be that of what was
    /// read.
    /// </summary>
    /// <exception cref="FormatException">It is not of this format, or damaged.</exception>
    public static Tensor Read(ZipArchiveEntry entry, string place)
    {
        using var stream = entry.Open();
        var sum = new Checksum();
        var start = Take(stream, 10, sum, place);
        if (!start.AsSpan(0, 8).SequenceEqual(WeightsFile.magic))
            throw new FormatException($"Expected a .npy of version 1.0. Received: {place}. Save it with numpy.savez.");
        int length = BitConverter.ToUInt16(start, 8);
        if (length > LongestHeader)
            throw new FormatException(
                $"Expected a .npy header of at most {LongestHeader} bytes. Received: {place} with {length}. {WeightsFile.Again}");
        var header = Encoding.ASCII.GetString(Take(stream, length, sum, place));
        var match = Header().Match(header);
        var known = WeightsFile.codes.Where(c => c.Code == match.Groups["descr"].Value).ToArray();
        if (known is not [var (dtype, code)])
            throw new FormatException(
                $"Expected row-major elements of {string.Join(", ", WeightsFile.codes.Select(c => c.Code))}. "
                    + $"Received: {place} with the header {header.Trim()}. Convert it with numpy.ascontiguousarray and astype.");
        var shape = ShapeOf(match.Groups["shape"].Value, place);
        var bytes = Count(shape, code[^1] - '0', place);

        // What the archive says of itself is looked at first, so that a few bytes cannot ask for gigabytes.
        var held = entry.Length - start.Length - length;
        if (held != bytes)
            throw new FormatException(
                $"Expected {bytes:N0} bytes for shape ({string.Join(", ", shape)}) in {place}. Received: {held:N0}. {WeightsFile.Again}");
        var data = Take(stream, (int)bytes, sum, place);
        if (stream.ReadByte() >= 0)
            throw new FormatException(
                $"Expected the end of {place} after {bytes:N0} bytes of elements. Received: more. {WeightsFile.Again}");
        if (sum.Value != entry.Crc32)
            throw new FormatException(
                $"Expected the checksum {entry.Crc32:x8} for {place}. Received: {sum.Value:x8}; the file is damaged. {WeightsFile.Again}");
        return dtype switch
        {
            DType.Float32 => Elements<float>(data, shape),
            DType.Float64 => Elements<double>(data, shape),
            DType.Int32 => Elements<int>(data, shape),
            DType.Int64 => Elements<long>(data, shape),
            _ => Elements<bool>(data, shape),
        };
    }

    static byte[] Take(Stream stream, int count, Checksum sum, string place)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw new FormatException(
                $"Expected {count:N0} more bytes in {place}. Received: fewer; the file is cut short. {WeightsFile.Again}");
        sum.Add(bytes);
        return bytes;
    }

    static int[] ShapeOf(string text, string place)
    {
        var lengths = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lengths.All(l => int.TryParse(l, out _)) ? [.. lengths.Select(int.Parse)]
            : throw new FormatException(
                $"Expected lengths of at most {int.MaxValue:N0} in the shape of {place}. Received: ({text}). {WeightsFile.Again}");
    }

    static long Count(int[] shape, int size, string place)
    {
        var count = shape.Aggregate((Int128)size, (product, length) => Int128.Min(product * length, long.MaxValue));
        return count <= Array.MaxLength ? (long)count
            : throw new FormatException(
                $"Expected an array of at most {Array.MaxLength:N0} bytes in {place}. Received: shape ({string.Join(", ", shape)}). "
                    + "Split it.");
    }

    static Tensor Elements<T>(byte[] data, int[] shape) where T : unmanaged => Tensor.FromSpan<T>(MemoryMarshal.Cast<byte, T>(data), shape);

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']*)',\s*'fortran_order':\s*False,\s*'shape':\s*\((?<shape>[\d, ]*)\)")]
    private static partial Regex Header();
}
