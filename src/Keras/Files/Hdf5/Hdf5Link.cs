using System.Text;

namespace Workbook.Keras;

/// <summary>A name in a group, and where it leads.</summary>
/// <param name="Address">The header of the object in this file.</param>
/// <param name="Elsewhere">What it is if it is not that: a link that is never followed.</param>
readonly record struct Hdf5Link(ulong Address, string? Elsewhere)
{
    /// <summary>The links of a group, however the group keeps them: in a table with a heap of names, in messages, or in a heap with a
    /// tree.</summary>
    public static SortedDictionary<string, Hdf5Link> Of(Hdf5Object group)
    {
        var file = group.File;
        var found = new SortedDictionary<string, Hdf5Link>(StringComparer.Ordinal);
        void Add(string name, Hdf5Link link)
        {
            if (name.Length == 0 || name.Contains('/') || !found.TryAdd(name, link))
                throw file.Damaged($"the name '{name}' in '{group.Path}', which is empty, twice there, or a path");
        }

        foreach (var message in group.Messages(Hdf5Message.SymbolTable))
        {
            var table = message;
            var (tree, heap) = (table.Long(), new NameHeap(file, table.Long()));
            foreach (var (name, link) in Table(file, tree, heap)) Add(name, link);
        }
        foreach (var message in group.Messages(Hdf5Message.Link))
        {
            var (name, link) = Parsed(file, message);
            Add(name, link);
        }
        foreach (var message in group.Messages(Hdf5Message.LinkInfo))
        {
            var info = message;
            info.Skip(1);
            if ((info.Byte() & 1) != 0) info.Skip(8);
            var (heap, tree) = (info.Long(), info.Long());
            if (heap == Hdf5Bytes.None) continue;
            var objects = new Hdf5Heap(file, heap);
            foreach (var record in Hdf5Tree.Records(file, tree, 5))
            {
                var (name, link) = Parsed(file, objects.Get(record, 4));
                Add(name, link);
            }
        }
        return found;
    }

    static (string Name, Hdf5Link Link) Parsed(Hdf5File file, Hdf5Bytes from)
    {
        if (from.Byte() is var version and not 1) throw file.Other($"a link of version {version}", "version 1");
        var flags = from.Byte();
        var kind = (flags & 8) != 0 ? from.Byte() : 0;
        if ((flags & 4) != 0) from.Skip(8);
        if ((flags & 16) != 0) from.Skip(1);
        var name = Encoding.UTF8.GetString(from.Take(from.Count(1 << (flags & 3))));
        return (name, kind switch
        {
            0 => new(from.Long(), null),
            1 => new(0, "a soft link"),
            64 => new(0, "a link to another file"),
            _ => new(0, $"a link of the kind {kind}"),
        });
    }

    /// <summary>The leaves of the tree, from the left.</summary>
    static IEnumerable<(string, Hdf5Link)> Table(Hdf5File file, ulong tree, NameHeap names)
    {
        var open = new Stack<ulong>([tree]);
        while (open.TryPop(out var address))
        {
            file.Look();
            var from = file.At(address);
            if (file.Span(from.At, Math.Min(4, from.Left)).SequenceEqual("SNOD"u8))
            {
                foreach (var link in Leaf(file, from, names)) yield return link;
                continue;
            }
            from.Expect("TREE");
            if (from.Byte() != 0) throw file.Damaged("a tree of another kind where names should be");
            from.Skip(1);
            int count = from.Short();
            from.Skip(16);
            for (var i = 0; i < count; i++)
            {
                from.Skip(8);
                open.Push(from.Long());
            }
        }
    }

    static List<(string, Hdf5Link)> Leaf(Hdf5File file, Hdf5Bytes from, NameHeap names)
    {
        from.Expect("SNOD");
        from.Skip(2);
        var found = new List<(string, Hdf5Link)>();
        for (int i = 0, count = from.Short(); i < count; i++)
        {
            file.Look();
            var (name, address, kind) = (names.At(from.Long()), from.Long(), from.Int());
            from.Skip(20);
            found.Add((name, kind == 2 ? new(0, "a soft link") : new(address, null)));
        }
        return found;
    }

    /// <summary>The names of a group of the older kind, one after another.</summary>
    readonly struct NameHeap
    {
        readonly Hdf5File file;
        readonly ulong data;
        readonly long length;

        public NameHeap(Hdf5File file, ulong address)
        {
            this.file = file;
            var from = file.At(address);
            from.Expect("HEAP");
            from.Skip(4);
            length = from.Count(8);
            from.Skip(8);
            data = from.Long();
        }

        public string At(ulong place)
        {
            var all = file.At(data, length);
            if (place > (ulong)all.Left) throw file.Damaged("a name that is not there");
            all.Skip((long)place);
            return all.Text(all.Left);
        }
    }
}
