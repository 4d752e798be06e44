using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.Keras;

/// <summary>Tensors by name in NumPy's .npz: a zip of .npy files, which <c>numpy.load</c> reads.</summary>
/// <remarks>Format: NumPy enhancement proposal 1. Little-endian, row-major, version 1.0; float32, float64, int32, int64, bool.</remarks>
static class WeightsFile
{
    /// <summary>What a reader can do about a damaged file.</summary>
    internal const string Again = "Save it again with save_weights, or copy it again from where it came.";

    const string Ending = ".npy";

    internal static readonly byte[] magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    internal static readonly (DType DType,
        string Code)[] codes = [(DType.Float32, "<f4"), (DType.Float64, "<f8"), (DType.Int32, "<i4"), (DType.Int64, "<i8"),
            (DType.Bool, "|b1")];

    /// <summary>Writes a file; one that is there is replaced only when the new one is complete.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors) => AtomicWrite.To(path, stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, value) in tensors)
        {
            using var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest).Open();
            Write(entry, value);
        }
    });

    /// <summary>Reads the tensors of some names; what else the file holds is not unpacked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">From each name in the file to the shape and the type that it must have; null for a name that is not
    /// wanted.</param>
    /// <returns>The wanted tensors, and the names of all.</returns>
    /// <exception cref="FormatException">It is not an .npz of these types, an entry is damaged, or holds another number of bytes than its
    /// shape says.</exception>
    public static (Dictionary<string, Tensor> Tensors, IReadOnlyList<string> Names) Read(string path, Func<string, bool> wanted)
    {
        var tensors = new Dictionary<string, Tensor>();
        var names = new List<string>();
        try
        {
            using var zip = ZipFile.OpenRead(Held(path));
            foreach (var entry in zip.Entries)
            {
                var place = $"{path}, {entry.FullName}";
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                    throw new FormatException($"Expected an .npz of .npy entries alone. Received: {place}. {Again}");
                var name = entry.FullName[..^Ending.Length];
                names.Add(name);
                if (wanted(name) && !tensors.TryAdd(name, NpyEntry.Read(entry, place)))
                    throw new FormatException($"Expected each name once in an .npz. Received: {place} twice. {Again}");
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or NotSupportedException
            or ArgumentException)
        {
            throw new FormatException(
                $"Expected an .npz file, as save_weights and NumPy write it. "
                    + $"Received: {path}, which is damaged or no zip archive ({e.Message}). {Again}", e);
        }

        return (tensors, names);
    }

    /// <summary>
    /// The path of a file that holds something. A pipe says that it is empty too, and would be waited for without an end.
    /// </summary>
    /// <exception cref="FormatException">It holds nothing.</exception>
    public static string Held(string path) => !File.Exists(path) || Length(path) > 0 ? path
        : throw new FormatException($"Expected a file of a model or of weights. Received: {path}, which is no zip archive and no HDF5 "
            + $"file: it is empty or a pipe. {Again}");

    /// <summary>The length of what is there; that of a link is the length of its own text.</summary>
    static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;
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
}
