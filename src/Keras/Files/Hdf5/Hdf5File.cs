namespace Workbook.Keras;

/// <summary>An HDF5 file that is read: groups, datasets and attributes as h5py and Keras write them, and no more.</summary>
/// <remarks>
/// Format: HDF5 File Format Specification 3.0. The whole file lies in memory; whatever it says of itself is checked against that. Links
/// that
/// lead elsewhere, data in other files and virtual datasets are refused before anything is followed. How much may be read, and how many
/// structures may be looked at, is limited by the length of the file, so that a few bytes cannot ask for gigabytes or for hours.
/// </remarks>
sealed class Hdf5File
{
    /// <summary>What is unpacked at most: so much, and so many times the length of the file.</summary>
    public const long Spared = 64L << 20, Growth = 100;

    static readonly byte[] signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    readonly ReadOnlyMemory<byte> bytes;
    readonly string place;
    readonly long origin;
    readonly Dictionary<ulong, Dictionary<int, (long At, long Length)>> collections = [];
    long looks, budget;

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="place">Its name, for messages.</param>
    /// <exception cref="FormatException">It is not HDF5, damaged, or of a kind that is not read.</exception>
    public Hdf5File(ReadOnlyMemory<byte> bytes, string place)
    {
        (this.bytes, this.place) = (bytes, place);
        (looks, budget) = (10_000 + bytes.Length / 8L, Spared + Growth * bytes.Length);
        origin = Find();
        var start = At(0);
        start.Skip(8);
        var version = start.Byte();
        if (version is 0 or 1) Root = OldRoot(start, version);
        else if (version is 2 or 3) Root = NewRoot(start, version);
        else throw Other($"a superblock of version {version}", "0 to 3");
    }

    /// <summary>The group from which all paths begin.</summary>
    public Hdf5Object Root { get; }

    /// <summary>How many bytes of data may still be unpacked.</summary>
    public long Budget => budget;

    /// <summary>The bytes from an address on, to the end of the file.</summary>
    public Hdf5Bytes At(ulong address) => address <= (ulong)(bytes.Length - origin) ? new(this, origin + (long)address, bytes.Length)
        : throw Damaged("an address outside of the file");

    /// <summary>The bytes from an address on, so many.</summary>
    public Hdf5Bytes At(ulong address, long length)
    {
        var here = At(address);
        if (length < 0 || length > here.Left) throw Damaged("a block that reaches beyond the end of the file");
        return new(this, here.At, here.At + length);
    }

    public ReadOnlySpan<byte> Span(long at, long count) => Memory(at, count).Span;

    public ReadOnlyMemory<byte> Memory(long at, long count) => at >= 0 && count >= 0 && count <= bytes.Length - at
        ? bytes.Slice((int)at, (int)count) : throw Damaged($"a structure at byte {at:N0} that reaches beyond the end of the file");

    /// <summary>Counts one more structure that is looked at; a file that leads round in circles comes to an end here.</summary>
    public void Look()
    {
        if (--looks < 0) throw Damaged("structures that lead round in circles");
    }

    /// <summary>Takes room for data that is about to be unpacked.</summary>
    public void Spend(long count, string path)
    {
        if (count > budget)
            throw new FormatException($"Expected data of at most {Spared >> 20} MiB and {Growth} times the length of the file in {place}. "
                + $"Received: '{path}', which asks for {count:N0} bytes more than that. {WeightsFile.Again}");
        budget -= count;
    }

    /// <summary>An object of the heap that texts of any length lie in.</summary>
    public ReadOnlySpan<byte> Shared(ulong collection, int index)
    {
        if (!collections.TryGetValue(collection, out var objects)) collections.Add(collection, objects = Collection(collection));
        return objects.TryGetValue(index, out var found) ? Span(found.At, found.Length) : throw Damaged("a text that is not there");
    }

    public FormatException Damaged(string what) =>
        new($"Expected an HDF5 file, as Keras writes it. Received: {place}, which is damaged: {what}. {WeightsFile.Again}");

    public FormatException Other(string what, string known) => new($"Expected {known} in the HDF5 file {place}. Received: {what}. "
        + "Write it again with h5py or Keras, in their default layout.");

    public FormatException Refused(string path, string what) => new($"Expected '{path}' to lie in the file {place} itself. "
        + $"Received: {what}, which is not followed. Write it again with its data inside.");

    long Find()
    {
        // Somebody may have put text of their own before it, of 512, 1024, … bytes.
        for (long at = 0; at + signature.Length <= bytes.Length; at = at == 0 ? 512 : at * 2)
            if (bytes.Span.Slice((int)at, signature.Length).SequenceEqual(signature)) return at;
        throw new FormatException($"Expected an HDF5 file. Received: {place}, which does not begin like one. {WeightsFile.Again}");
    }

    Hdf5Object OldRoot(Hdf5Bytes from, int version)
    {
        from.Skip(4);
        Sizes(from.Byte(), from.Byte());
        from.Skip(version == 0 ? 9 : 13);
        Complete(from);
        from.Skip(24 + 8 + 8);
        return new(this, from.Long(), "/");
    }

    Hdf5Object NewRoot(Hdf5Bytes from, int version)
    {
        Sizes(from.Byte(), from.Byte());
        from.Skip(1);
        var whole = from;
        Complete(from);
        whole.Skip(24);
        var root = whole.Long();
        Check(Span(origin, 44), whole.Int(), $"the superblock of version {version}");
        return new(this, root, "/");
    }

    /// <summary>Compares a checksum with that of what was read.</summary>
    public void Check(ReadOnlySpan<byte> read, uint sum, string what)
    {
        if (Lookup3.Of(read) != sum) throw Damaged($"the checksum of {what} is another");
    }

    void Sizes(int offsets, int lengths)
    {
        if (offsets != 8 || lengths != 8) throw Other($"addresses of {offsets} and lengths of {lengths} bytes", "addresses and lengths of 8 bytes");
    }

    /// <summary>Base, another address, and the end: what is said of the whole file.</summary>
    void Complete(Hdf5Bytes from)
    {
        var start = from.Long();
        if (start != (ulong)origin) throw Other($"a base address of {start}", $"the base address {origin}");
        from.Skip(8);
        var end = from.Long();
        if (end > (ulong)bytes.Length) throw Damaged($"it should have {end:N0} bytes and has {bytes.Length:N0}");
    }

    Dictionary<int, (long At, long Length)> Collection(ulong address)
    {
        Look();
        var from = At(address);
        from.Expect("GCOL");
        from.Skip(4);
        var size = from.Count(8);
        from = At(address, size);
        from.Skip(16);
        var objects = new Dictionary<int, (long, long)>();
        while (from.Left >= 16)
        {
            Look();
            var index = from.Short();
            from.Skip(6);
            var length = from.Count(8);
            if (index == 0) break;
            objects[index] = (from.At, length);
            from.Skip(length > from.Left ? length : Math.Min(from.Left, (length + 7) / 8 * 8));
        }
        return objects;
    }
}
