namespace Workbook.Keras;

/// <summary>A fractal heap: links and attributes of a group or dataset that has many.</summary>
sealed class Hdf5Heap
{
    readonly Hdf5File file;
    readonly long start, direct, table;
    readonly int width, offsetSize, lengthSize, rows;
    readonly ulong root;

    public Hdf5Heap(Hdf5File file, ulong address)
    {
        this.file = file;
        var from = file.At(address);
        from.Expect("FRHP");
        from.Skip(1 + 2);
        if (from.Short() != 0) throw file.Other("a heap that is packed", "one that is not");
        from.Skip(1);
        var largest = from.Int();
        from.Skip(12 * 8);
        width = from.Short();
        (start, direct) = (from.Count(8), from.Count(8));
        int bits = from.Short();
        from.Skip(2);
        root = from.Long();
        rows = from.Short();
        if (width == 0 || start <= 0 || direct < start || bits is 0 or > 64) throw file.Damaged("a heap of no size");
        offsetSize = (bits + 7) / 8;
        lengthSize = Math.Min(Hdf5Tree.Size((ulong)direct), Hdf5Tree.Size(largest));
        table = long.Log2(direct) - long.Log2(start) + 2;
    }

    /// <summary>The object that a record of a tree names.</summary>
    /// <param name="record">The record.</param>
    /// <param name="skip">What stands before the name.</param>
    public Hdf5Bytes Get(Hdf5Bytes record, int skip)
    {
        file.Look();
        record.Skip(skip);
        if ((record.Byte() & 0xF0) != 0) throw file.Other("a very long or very short name", "names of usual length");
        var (offset, length) = (record.Count(offsetSize), record.Count(lengthSize));
        var found = rows == 0 ? Direct(root, 0, offset) : Indirect(root, 0, rows, offset, 0);
        return length <= found.Left ? new(file, found.At, found.At + length) : throw file.Damaged("an object that its heap cannot hold");
    }

    Hdf5Bytes Direct(ulong block, long at, long offset)
    {
        var from = file.At(block);
        from.Expect("FHDB");
        from = file.At(block);
        from.Skip(offset - at);
        return from;
    }

    /// <summary>The block that holds a place: rows of blocks, each row but the first two twice as large as the one before.</summary>
    Hdf5Bytes Indirect(ulong block, long at, int count, long offset, int depth)
    {
        if (depth > 8) throw file.Damaged("a heap that leads round in circles");
        var from = file.At(block);
        from.Expect("FHIB");
        from.Skip(1 + 8 + offsetSize);
        for (var row = 0; row < count; row++)
        {
            var shift = Math.Max(0, row - 1);
            if (shift > 40) throw file.Damaged("a heap beyond all limits");
            var size = start << shift;
            for (var i = 0; i < width; i++, at += size)
            {
                var child = from.Long();
                if (offset < at || offset >= at + size) continue;
                if (row < table) return Direct(child, at, offset);
                return Indirect(child, at, (int)(long.Log2(size) - long.Log2(start * width)) + 1, offset, depth + 1);
            }
        }
        throw file.Damaged("a place that its heap does not have");
    }
}
