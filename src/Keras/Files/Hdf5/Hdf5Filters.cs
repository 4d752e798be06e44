using System.IO.Compression;

namespace Workbook.Keras;

/// <summary>What was done to the chunks of a dataset when they were written: packed, shuffled, summed up.</summary>
sealed class Hdf5Filters
{
    const int Deflate = 1, Shuffle = 2, Fletcher32 = 3;

    readonly Hdf5Object header;
    readonly List<int> filters = [];

    Hdf5Filters(Hdf5Object header) => this.header = header;

    public bool IsNone => filters.Count == 0;

    public static Hdf5Filters Of(Hdf5Object header)
    {
        var found = new Hdf5Filters(header);
        if (!header.Has(Hdf5Message.Filters)) return found;
        var from = header.Message(Hdf5Message.Filters);
        int version = from.Byte(), count = from.Byte();
        if (version is not (1 or 2)) throw header.File.Other($"filters of version {version} at '{header.Path}'", "version 1 or 2");
        if (version == 1) from.Skip(6);
        for (var i = 0; i < count; i++)
        {
            int id = from.Short(), name = version == 1 || id >= 256 ? from.Short() : 0;
            from.Skip(2);
            int values = from.Short();
            from.Skip(version == 1 ? (name + 7) / 8 * 8 + (values + values % 2) * 4 : name + values * 4);
            if (id is not (Deflate or Shuffle or Fletcher32))
                throw header.File.Other($"the filter {id} of '{header.Path}'", "gzip, shuffle or fletcher32, or none");
            found.filters.Add(id);
        }
        return found;
    }

    /// <summary>The chunk as it was; exactly as long as it must be.</summary>
    public byte[] Undo(ReadOnlySpan<byte> stored, int length, uint mask, int size)
    {
        var data = stored.ToArray();
        for (var i = filters.Count - 1; i >= 0; i--)
            if ((mask >> i & 1) == 0)
                data = filters[i] switch
                {
                    Deflate => Unpacked(data, length + 4 * filters.Count),
                    Shuffle => Unshuffled(data, size),
                    _ => Checked(data),
                };
        return data.Length == length ? data : throw header.File.Damaged($"a chunk of '{header.Path}' of another length than it must have");
    }

    byte[] Unpacked(byte[] data, int limit)
    {
        var unpacked = new byte[limit];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            var count = stream.ReadAtLeast(unpacked, limit, throwOnEndOfStream: false);
            if (count < limit || stream.ReadByte() < 0) return unpacked[..count];
        }
        catch (InvalidDataException e)
        {
            throw header.File.Damaged($"a chunk of '{header.Path}' cannot be unpacked ({e.Message})");
        }
        throw header.File.Damaged($"a chunk of '{header.Path}' unpacks to more than it must");
    }

    static byte[] Unshuffled(byte[] data, int size)
    {
        var turned = (byte[])data.Clone();
        var count = data.Length / size;
        for (var i = 0; i < count; i++)
            for (var b = 0; b < size; b++) turned[i * size + b] = data[b * count + i];
        return turned;
    }

    /// <summary>Fletcher's checksum over words of two bytes stands behind the data.</summary>
    byte[] Checked(byte[] data)
    {
        if (data.Length < 4) throw header.File.Damaged($"a chunk of '{header.Path}' shorter than its checksum");
        var body = data.AsSpan(0, data.Length - 4);
        uint low = 0, high = 0;
        for (var i = 0; i < body.Length; i += 2)
        {
            low = (low + (uint)(body[i] << 8) + (i + 1 < body.Length ? body[i + 1] : 0u)) % 65535;
            high = (high + low) % 65535;
        }
        var sum = BitConverter.ToUInt32(data, data.Length - 4);
        // The sum is modulo 65535, where 0 and 65535 are the same number.
        static uint Same(uint half) => half == 65535 ? 0 : half;
        return Same(sum >> 16) == high && Same(sum & 0xFFFF) == low ? body.ToArray()
            : throw header.File.Damaged($"the checksum of a chunk of '{header.Path}' is another");
    }
}
