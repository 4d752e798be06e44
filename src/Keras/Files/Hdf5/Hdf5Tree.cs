namespace Workbook.Keras;

/// <summary>The records of a tree of version 2, in order.</summary>
static class Hdf5Tree
{
    const int Deepest = 16;

    /// <param name="file">The file.</param>
    /// <param name="address">Where its header lies.</param>
    /// <param name="type">The kind of records that it should have.</param>
    public static IEnumerable<Hdf5Bytes> Records(Hdf5File file, ulong address, int type)
    {
        var from = file.At(address);
        from.Expect("BTHD");
        from.Skip(1);
        if (from.Byte() != type) throw file.Damaged("a tree of another kind where names should be");
        var (node, record, depth) = ((long)from.Int(), (int)from.Short(), (int)from.Short());
        from.Skip(2);
        var (root, count) = (from.Long(), (int)from.Short());
        if (record == 0 || node < 16 || depth > Deepest) throw file.Damaged("a tree without records");
        // How many bytes the number of records of a child takes, and of all below it, follows from how many there could be.
        var most = (node - 10) / record;
        int counted = Size((ulong)most), below = 0;
        var pointers = new int[depth + 1];
        var all = (UInt128)most;
        for (var level = 1; level <= depth; level++)
        {
            pointers[level] = 8 + counted + below;
            var width = (node - 10 - pointers[level]) / (record + pointers[level]);
            all = UInt128.Min((all + 1) * (UInt128)width + all, ulong.MaxValue);
            below = Size((ulong)all);
        }
        return root == Hdf5Bytes.None ? [] : Of(file, root, depth, count, record, counted, pointers);
    }

    static IEnumerable<Hdf5Bytes> Of(Hdf5File file, ulong address, int level, int count, int record, int counted, int[] pointers)
    {
        file.Look();
        var from = file.At(address);
        from.Expect(level == 0 ? "BTLF" : "BTIN");
        from.Skip(2);
        var records = new Hdf5Bytes[count];
        for (var i = 0; i < count; i++)
        {
            file.Look();
            records[i] = new(file, from.At, from.At + record);
            from.Skip(record);
        }
        for (var i = 0; i <= count; i++)
        {
            if (level > 0)
            {
                var (child, number) = (from.Long(), (int)from.Number(counted));
                from.Skip(pointers[level] - 8 - counted);
                foreach (var found in Of(file, child, level - 1, number, record, counted, pointers)) yield return found;
            }
            if (i < count) yield return records[i];
        }
    }

    /// <summary>How many bytes hold a number up to this.</summary>
    public static int Size(ulong limit) => limit == 0 ? 1 : (int)ulong.Log2(limit) / 8 + 1;
}
