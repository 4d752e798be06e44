namespace Workbook.Keras;

/// <summary>A group or a dataset of an HDF5 file: its header, a list of messages.</summary>
/// <remarks>Headers of version 1, as h5py writes them unless told otherwise, and of version 2.</remarks>
sealed class Hdf5Object
{
    const int MostMessages = 20_000;

    readonly List<(Hdf5Message Kind, long At, long Length, bool Shared)> messages = [];
    readonly Dictionary<string, Hdf5Object> children = [];
    SortedDictionary<string, Hdf5Link>? links;

    public Hdf5Object(Hdf5File file, ulong address, string path)
    {
        (File, Path) = (file, path);
        file.Look();
        var from = file.At(address);
        if (from.Left >= 4 && file.Span(from.At, 4).SequenceEqual("OHDR"u8)) ReadNew(from);
        else ReadOld(from);
    }

    public Hdf5File File { get; }

    /// <summary>Where it stands: <c>layers/dense/vars/0</c>.</summary>
    public string Path { get; }

    public bool IsGroup => Has(Hdf5Message.SymbolTable) || Has(Hdf5Message.LinkInfo) || Has(Hdf5Message.Link);

    public bool IsDataset => Has(Hdf5Message.Layout);

    /// <summary>The names in this group, in the order of their letters.</summary>
    public IEnumerable<string> Names => Links.Keys;

    /// <summary>What stands in this group under a name; null: nothing.</summary>
    /// <exception cref="FormatException">A link that leads elsewhere.</exception>
    public Hdf5Object? Find(string name)
    {
        if (children.TryGetValue(name, out var known)) return known;
        if (!Links.TryGetValue(name, out var link)) return null;
        var path = Path == "/" ? name : $"{Path}/{name}";
        return link.Elsewhere is { } elsewhere ? throw File.Refused(path, elsewhere) : children[name] = new(File, link.Address, path);
    }

    /// <summary>The object at a path below this group; null where a part of it is missing.</summary>
    public Hdf5Object? At(string path)
    {
        var here = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!here.IsGroup || here.Find(name) is not { } next) return null;
            here = next;
        }
        return here;
    }

    /// <summary>An attribute; null where there is none of that name.</summary>
    public Hdf5Value? Attribute(string name) =>
        Attributes().Select(a => Hdf5Attribute.Read(File, a, name, Path)).FirstOrDefault(v => v is not null);

    /// <summary>The dataset here.</summary>
    /// <exception cref="FormatException">It is a group, or of a kind that is not read.</exception>
    public Hdf5Dataset Dataset() => IsDataset ? new(this)
        : throw new FormatException($"Expected numbers at '{Path}' in the HDF5 file. Received: a group. {WeightsFile.Again}");

    public bool Has(Hdf5Message kind) => messages.Any(m => m.Kind == kind);

    /// <summary>The content of the one message of a kind.</summary>
    public Hdf5Bytes Message(Hdf5Message kind)
    {
        foreach (var m in messages)
        {
            if (m.Kind != kind) continue;
            return m.Shared ? throw File.Other($"'{Path}' with a type or a shape that it shares with others", "each its own")
                : new(File, m.At, m.At + m.Length);
        }
        throw File.Damaged($"'{Path}' says nothing of its {kind}");
    }

    SortedDictionary<string, Hdf5Link> Links => links ??= IsGroup ? Hdf5Link.Of(this)
        : throw new FormatException($"Expected a group at '{Path}' in the HDF5 file. Received: a dataset. {WeightsFile.Again}");

    public IEnumerable<Hdf5Bytes> Messages(Hdf5Message kind) =>
        messages.Where(m => m.Kind == kind && !m.Shared).Select(m => new Hdf5Bytes(File, m.At, m.At + m.Length));

    IEnumerable<Hdf5Bytes> Attributes()
    {
        foreach (var message in Messages(Hdf5Message.Attribute)) yield return message;
        foreach (var message in Messages(Hdf5Message.AttributeInfo))
        {
            var info = message;
            info.Skip(1);
            if ((info.Byte() & 1) != 0) info.Skip(2);
            var (heap, tree) = (info.Long(), info.Long());
            if (heap == Hdf5Bytes.None) continue;
            var objects = new Hdf5Heap(File, heap);
            foreach (var record in Hdf5Tree.Records(File, tree, 8)) yield return objects.Get(record, 0);
        }
    }

    void ReadOld(Hdf5Bytes from)
    {
        if (from.Byte() != 1) throw File.Damaged($"no header of '{Path}' where one should be");
        from.Skip(1);
        int count = from.Short();
        from.Skip(4);
        var size = from.Int();
        from.Skip(4);
        var blocks = new Queue<Hdf5Bytes>([new(File, from.At, from.At + size)]);
        while (blocks.TryDequeue(out var block))
        {
            File.Look();
            while (block.Left >= 8 && messages.Count < count)
            {
                var (kind, length, flags) = ((Hdf5Message)block.Short(), block.Short(), block.Byte());
                block.Skip(3);
                Add(kind, block.At, length, flags);
                block.Skip(length);
                if (kind == Hdf5Message.Continuation) blocks.Enqueue(Continued(messages.Count - 1));
            }
        }
    }

    void ReadNew(Hdf5Bytes from)
    {
        var start = from.At;
        from.Skip(4);
        if (from.Byte() is var version and not 2) throw File.Other($"a header of version {version} for '{Path}'", "versions 1 and 2");
        var flags = from.Byte();
        if ((flags & 0x20) != 0) from.Skip(16);
        if ((flags & 0x10) != 0) from.Skip(4);
        var size = from.Count(1 << (flags & 3));
        var ordered = (flags & 4) != 0;
        var block = from;
        from.Skip(size);
        File.Check(File.Span(start, from.At - start), from.Int(), $"the header of '{Path}'");
        Read(new(File, block.At, block.At + size), ordered);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Kind != Hdf5Message.Continuation) continue;
            File.Look();
            var next = Continued(i);
            var whole = File.Span(next.At, next.Left);
            next.Expect("OCHK");
            if (next.Left < 4) throw File.Damaged($"a header of '{Path}' that ends too early");
            var body = new Hdf5Bytes(File, next.At, next.At + next.Left - 4);
            next.Skip(next.Left - 4);
            File.Check(whole[..^4], next.Int(), $"the header of '{Path}'");
            Read(body, ordered);
        }
    }

    void Read(Hdf5Bytes block, bool ordered)
    {
        var head = ordered ? 6 : 4;
        while (block.Left >= head)
        {
            var (kind, length, flags) = ((Hdf5Message)block.Byte(), block.Short(), block.Byte());
            if (ordered) block.Skip(2);
            Add(kind, block.At, length, flags);
            block.Skip(length);
        }
    }

    void Add(Hdf5Message kind, long at, int length, int flags)
    {
        if (messages.Count >= MostMessages) throw File.Damaged($"a header of '{Path}' without an end");
        messages.Add((kind, at, length, (flags & 2) != 0));
    }

    /// <summary>The block to which a message leads.</summary>
    Hdf5Bytes Continued(int place)
    {
        var (_, at, length, _) = messages[place];
        var message = new Hdf5Bytes(File, at, at + length);
        return File.At(message.Long(), message.Count(8));
    }
}

/// <summary>The kinds of messages that are looked at.</summary>
enum Hdf5Message
{
    Space = 1,
    LinkInfo = 2,
    Type = 3,
    Link = 6,
    ExternalFiles = 7,
    Layout = 8,
    Filters = 11,
    Attribute = 12,
    Continuation = 16,
    SymbolTable = 17,
    AttributeInfo = 21,
}
