using System.IO.Compression;
using System.Text;

namespace Workbook.Keras;

/// <summary>The zip archive <c>.keras</c>: config.json and model.weights.h5, and what is not looked at.</summary>
/// <remarks>Nothing is unpacked to disk, so that names of members lead nowhere.</remarks>
static class KerasArchive
{
    const string Config = "config.json", Weights = "model.weights.h5";

    /// <summary>How long the description of a model may be.</summary>
    public const long LongestConfig = 64L << 20;

    /// <summary>Reads both members.</summary>
    /// <exception cref="FormatException">It is no such archive, damaged, or asks for more memory than it may.</exception>
    public static (string Config, byte[] Weights) Read(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(WeightsFile.Held(path));
            var config = Member(zip, path, Config, _ => LongestConfig);
            // Blanks at the end are legal, and may be many.
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(config.AsSpan().TrimEnd(" \t\r\n"u8));
            var weights = Member(zip, path, Weights, e => e.CompressedLength == e.Length ? e.Length
                : Hdf5File.Spared + Hdf5File.Growth * e.CompressedLength);
            return (text, weights);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or NotSupportedException
            or ArgumentException or IOException and not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new FormatException($"Expected a .keras file, as Keras 3 writes it. Received: {path}, which is damaged or no zip archive "
                + $"({e.Message}). {WeightsFile.Again}", e);
        }
    }

    /// <summary>Writes the members as Keras does: stored, in its order.</summary>
    public static void Write(Stream to, string metadata, string config, Hdf5Writer weights)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Put(zip, "metadata.json", s => s.Write(Encoding.UTF8.GetBytes(metadata)));
        Put(zip, Config, s => s.Write(Encoding.UTF8.GetBytes(config)));
        Put(zip, Weights, weights.Write);
    }

    static void Put(ZipArchive zip, string name, Action<Stream> write)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        write(stream);
    }

    static byte[] Member(ZipArchive zip, string path, string name, Func<ZipArchiveEntry, long> limit)
    {
        var entry = zip.Entries.Where(e => e.FullName == name).ToArray() switch
        {
            [var one] => one,
            [] => throw new FormatException($"Expected {name} in {path}. Received: "
                + $"{(zip.Entries.Count == 0 ? "nothing" : string.Join(", ", zip.Entries.Take(5).Select(e => e.FullName)))}. {WeightsFile.Again}"),
            _ => throw new FormatException($"Expected {name} once in {path}. Received: it twice, so that readers differ in which they take. "
                + WeightsFile.Again),
        };
        if (entry.IsEncrypted)
            throw new FormatException($"Expected {name} in {path} to be open. Received: one that is encrypted. "
                + "Save it without a password.");
        var most = Math.Min(limit(entry), Array.MaxLength);
        using var stream = entry.Open();
        using var whole = new MemoryStream((int)(entry.Length == entry.CompressedLength ? Math.Min(entry.Length, most) : 0));
        var (sum, buffer) = (new Checksum(), new byte[81920]);
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (whole.Length + count > most)
                throw new FormatException($"Expected {name} of at most {most:N0} bytes in {path}. Received: more. {WeightsFile.Again}");
            sum.Add(buffer.AsSpan(0, count));
            whole.Write(buffer, 0, count);
            if (name == Config && whole.Length == count && buffer[0] == 0)
                throw new FormatException($"Expected JSON in {name} of {path}. Received: zeros. {WeightsFile.Again}");
        }
        return sum.Value == entry.Crc32 ? whole.Length == whole.Capacity ? whole.GetBuffer() : whole.ToArray()
            : throw new FormatException($"Expected the checksum {entry.Crc32:x8} for {name} in {path}. Received: {sum.Value:x8}; the file is damaged. "
                + WeightsFile.Again);
    }
}
