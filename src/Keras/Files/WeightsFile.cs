using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>Tensors by name in NumPy's .npz: a zip of .npy files, which <c>numpy.load</c> reads.</summary>
/// <remarks>Format: NumPy enhancement proposal 1. Little-endian, row-major, version 1.0; float32, float64, int32, int64, bool.</remarks>
static partial class WeightsFile
{
    static readonly byte[] magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    static readonly (DType DType, string Code)[] codes = [(DType.Float32, "<f4"), (DType.Float64, "<f8"), (DType.Int32, "<i4"), (DType.Int64, "<i8"), (DType.Bool, "|b1")];

    /// <summary>Writes a file; one that is there is replaced only when the new one is complete.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var whole = Path.GetFullPath(path);
        if (Path.GetDirectoryName(whole) is { } folder) Directory.CreateDirectory(folder);
        var half = whole + ".part";
        using (var zip = new ZipArchive(File.Create(half), ZipArchiveMode.Create))
            foreach (var (name, value) in tensors)
            {
                using var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest).Open();
                Write(entry, value);
            }
        File.Move(half, whole, overwrite: true);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not an .npz of these types.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.ToDictionary(e => e.FullName[..^".npy".Length], e =>
            {
                using var stream = e.Open();
                return Read(stream, $"{path}, {e.FullName}");
            });
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"Expected an .npz file, as save_weights and NumPy write it. Received: {path}, which is no zip archive.", e);
        }
    }

    static void Write(Stream to, Tensor value)
    {
        var header = $"{{'descr': '{codes.First(c => c.DType == value.dtype).Code}', 'fortran_order': False, 'shape': {value.shape}, }}";
        // The header ends at a multiple of 64 bytes, so that the elements are aligned.
        header = header.PadRight((magic.Length + 2 + header.Length + 1 + 63) / 64 * 64 - magic.Length - 3) + "\n";
        to.Write(magic);
        to.Write(BitConverter.GetBytes((ushort)header.Length));
        to.Write(Encoding.ASCII.GetBytes(header));
        to.Write(value.dtype switch
        {
            DType.Float32 => MemoryMarshal.AsBytes(value.AsSpan<float>()),
            DType.Float64 => MemoryMarshal.AsBytes(value.AsSpan<double>()),
            DType.Int32 => MemoryMarshal.AsBytes(value.AsSpan<int>()),
            DType.Int64 => MemoryMarshal.AsBytes(value.AsSpan<long>()),
            _ => MemoryMarshal.AsBytes(value.AsSpan<bool>()),
        });
    }

    static Tensor Read(Stream from, string place)
    {
        using var memory = new MemoryStream();
        from.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.ToArray();
        if (bytes.Length < 10 || !bytes[..8].SequenceEqual(magic)) throw new FormatException($"Expected a .npy of version 1.0. Received: {place}.");
        var end = 10 + BitConverter.ToUInt16(bytes[8..]);
        var match = bytes.Length >= end ? Header().Match(Encoding.ASCII.GetString(bytes[10..end])) : Match.Empty;
        var known = codes.Where(c => c.Code == match.Groups["descr"].Value).ToArray();
        if (known is not [var (dtype, _)])
            throw new FormatException($"Expected row-major elements of {string.Join(", ", codes.Select(c => c.Code))}. Received: {place} with the header {Encoding.ASCII.GetString(bytes[10..Math.Min(end, bytes.Length)]).Trim()}.");
        Shape shape = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse).ToArray();
        var data = bytes[end..];
        return dtype switch
        {
            DType.Float32 => Elements<float>(data, shape, place),
            DType.Float64 => Elements<double>(data, shape, place),
            DType.Int32 => Elements<int>(data, shape, place),
            DType.Int64 => Elements<long>(data, shape, place),
            _ => Elements<bool>(data, shape, place),
        };
    }

    static Tensor Elements<T>(ReadOnlySpan<byte> data, Shape shape, string place) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(data);
        return values.Length == shape.Size ? Tensor.FromSpan(values, shape)
            : throw new FormatException($"Expected {shape.Size} elements for shape {shape} in {place}. Received: {values.Length}. The file is cut short.");
    }

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']*)',\s*'fortran_order':\s*False,\s*'shape':\s*\((?<shape>[\d, ]*)\)")]
    private static partial Regex Header();
}
