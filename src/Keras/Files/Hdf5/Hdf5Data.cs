namespace Workbook.Keras;

/// <summary>Where the elements of a dataset lie: in its header, in one piece, or in chunks.</summary>
sealed class Hdf5Data
{
    readonly Hdf5Object header;
    readonly Hdf5File file;
    readonly long[] shape;
    readonly int size;

    public Hdf5Data(Hdf5Object header, long[] shape, int size) =>
        (this.header, file, this.shape, this.size) = (header, header.File, shape, size);

    /// <summary>All elements, row-major.</summary>
    /// <param name="length">How many bytes they are.</param>
    public ReadOnlyMemory<byte> Read(long length)
    {
        var from = header.Message(Hdf5Message.Layout);
        int version = from.Byte();
        if (version is not (3 or 4)) throw file.Other($"a dataset '{header.Path}' of layout version {version}", "version 3 or 4");
        switch (from.Byte())
        {
            case 0:
                return Piece(from, from.Short(), length, 2);
            case 1:
                var address = from.Long();
                if (length == 0) return default;
                if (address == Hdf5Bytes.None)
                    throw file.Damaged($"'{header.Path}' states {length:N0} bytes of elements and stores none");
                return from.Count(8) == length ? Piece(file.At(address, length), length, length, 0)
                    : throw file.Damaged($"'{header.Path}' stores another number of bytes than its shape has");
            case 2 when version == 3:
                return InTree(from, length);
            case 2:
                return InIndex(from, length);
            case 3:
                throw file.Refused(header.Path, "a virtual dataset, whose numbers are in others");
            default:
                throw file.Other($"a dataset '{header.Path}' of an unknown layout", "elements in one piece or in chunks");
        }
    }

    ReadOnlyMemory<byte> Piece(Hdf5Bytes from, long stored, long length, int skip)
    {
        if (stored != length) throw file.Damaged($"'{header.Path}' stores {stored:N0} bytes and its shape has {length:N0}");
        from.Skip(skip);
        var at = from.At;
        from.Skip(length);
        return file.Memory(at, length);
    }

    byte[] InTree(Hdf5Bytes from, long length)
    {
        int axes = from.Byte() - 1;
        var root = from.Long();
        var chunk = Chunk(axes, () => from.Int());
        var filters = Hdf5Filters.Of(header);
        var whole = new byte[length];
        var open = new Stack<ulong>(root == Hdf5Bytes.None ? [] : [root]);
        while (open.TryPop(out var address))
        {
            file.Look();
            var node = file.At(address);
            node.Expect("TREE");
            if (node.Byte() != 1) throw file.Damaged("a tree of another kind where chunks should be");
            var (level, count) = (node.Byte(), node.Short());
            node.Skip(16);
            for (var i = 0; i < count; i++)
            {
                var (stored, mask) = (node.Int(), node.Int());
                var place = new long[axes];
                for (var a = 0; a < axes; a++) place[a] = node.Count(8);
                node.Skip(8);
                var child = node.Long();
                if (level > 0) open.Push(child);
                else Put(whole, chunk, place, child, stored, mask, filters);
            }
        }
        return whole;
    }

    byte[] InIndex(Hdf5Bytes from, long length)
    {
        var flags = from.Byte();
        int axes = from.Byte() - 1, encoded = from.Byte();
        if (encoded is 0 or > 8) throw file.Damaged($"chunks of '{header.Path}' without a size");
        var chunk = Chunk(axes, () => from.Count(encoded));
        var filters = Hdf5Filters.Of(header);
        var whole = new byte[length];
        var bytes = Hdf5Space.Size(chunk) * size;
        switch (from.Byte())
        {
            case 1:
                var (stored, mask) = (flags & 2) != 0 ? (from.Count(8), from.Int()) : (bytes, 0u);
                Put(whole, chunk, new long[axes], from.Long(), stored, mask, filters);
                return whole;
            case 2 when filters.IsNone:
                var first = from.Long();
                foreach (var (place, number) in Places(chunk)) Put(whole, chunk, place, first + (ulong)(number * bytes), bytes, 0, filters);
                return whole;
            case 3:
                from.Skip(1);
                InArray(whole, chunk, from.Long(), bytes, filters);
                return whole;
            case var kind:
                throw file.Other($"a dataset '{header.Path}' whose chunks may grow (index {kind})", "a dataset of fixed shape");
        }
    }

    /// <summary>An array of the addresses of all chunks.</summary>
    void InArray(byte[] whole, long[] chunk, ulong address, long bytes, Hdf5Filters filters)
    {
        var from = file.At(address);
        from.Expect("FAHD");
        from.Skip(1);
        int client = from.Byte(), entry = from.Byte(), pageBits = from.Byte();
        var count = from.Count(8);
        var block = file.At(from.Long());
        block.Expect("FADB");
        block.Skip(1 + 1 + 8);
        if (pageBits >= 63 || count > 1L << pageBits) throw file.Other($"a dataset '{header.Path}' of {count:N0} chunks", "fewer chunks");
        foreach (var (place, _) in Places(chunk))
        {
            var child = block.Long();
            var (stored, mask) = client == 1 ? (block.Count(entry - 12), block.Int()) : (bytes, 0u);
            if (child != Hdf5Bytes.None) Put(whole, chunk, place, child, stored, mask, filters);
        }
    }

    long[] Chunk(int axes, Func<long> next)
    {
        if (axes != shape.Length || axes == 0) throw file.Damaged($"chunks of '{header.Path}' of another number of axes than its shape");
        var chunk = new long[axes];
        for (var a = 0; a < axes; a++) chunk[a] = next();
        if (next() != size || chunk.Any(c => c <= 0) || Hdf5Space.Size(chunk) > Array.MaxLength / size)
            throw file.Damaged($"chunks of '{header.Path}' without a size, or of one beyond all limits");
        file.Spend(Hdf5Space.Size(chunk) * size, header.Path);
        return chunk;
    }

    IEnumerable<(long[] Place, long Number)> Places(long[] chunk)
    {
        long[] counts = [.. shape.Zip(chunk, (s, c) => (s + c - 1) / c)];
        for (long number = 0; number < Hdf5Space.Size(counts); number++)
        {
            file.Look();
            var (place, rest) = (new long[counts.Length], number);
            for (var a = counts.Length - 1; a >= 0; a--) (place[a], rest) = (rest % counts[a] * chunk[a], rest / counts[a]);
            yield return (place, number);
        }
    }

    void Put(byte[] whole, long[] chunk, long[] place, ulong address, long stored, uint mask, Hdf5Filters filters)
    {
        file.Look();
        var from = file.At(address, stored);
        var data = filters.Undo(from.Take(stored), (int)(Hdf5Space.Size(chunk) * size), mask, size);
        for (var a = 0; a < place.Length; a++)
            if (place[a] >= shape[a]) throw file.Damaged($"a chunk outside of '{header.Path}'");
        // Row by row along the last axis.
        var last = place.Length - 1;
        var row = (int)(Math.Min(chunk[last], shape[last] - place[last]) * size);
        var rows = Hdf5Space.Size(chunk[..last]);
        for (long r = 0; r < rows; r++)
        {
            var (to, rest, inside, stride) = (place[last], r, true, shape[last]);
            for (var a = last - 1; a >= 0; a--)
            {
                var at = place[a] + rest % chunk[a];
                rest /= chunk[a];
                inside &= at < shape[a];
                to += at * stride;
                stride *= shape[a];
            }
            if (inside) data.AsSpan((int)(r * chunk[last] * size), row).CopyTo(whole.AsSpan((int)(to * size)));
        }
    }
}
