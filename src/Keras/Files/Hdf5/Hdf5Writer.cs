using System.Runtime.InteropServices;
using System.Text;

namespace Workbook.Keras;

/// <summary>Writes an HDF5 file of groups, arrays and texts beside groups, which HDF5 1.8 and later, h5py and Keras read.</summary>
/// <remarks>
/// Superblock 2, headers of version 2, links as messages, arrays in one piece. All places are known before the first byte is written, so
/// the file can go into a zip archive as it is made.
/// </remarks>
sealed class Hdf5Writer
{
    const ulong None = ulong.MaxValue;

    readonly Group root = new();
    readonly List<string> texts = [];

    /// <summary>A group, made with those above it where it is missing.</summary>
    public Group At(string path)
    {
        var here = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!here.Children.TryGetValue(name, out var child)) here.Children.Add(name, child = new Group());
            here = (Group)child;
        }
        return here;
    }

    /// <summary>Writes an array at a path.</summary>
    public void Put(string path, Tensor value) =>
        At(path[..path.LastIndexOf('/')]).Children.Add(path[(path.LastIndexOf('/') + 1)..], new Array(value));

    /// <summary>Writes everything.</summary>
    public void Write(Stream to)
    {
        var nodes = new List<Node>();
        var open = new Stack<Node>([root]);
        while (open.TryPop(out var node))
        {
            nodes.Add(node);
            foreach (var child in node.Children.Values.Reverse()) open.Push(child);
        }
        foreach (var node in nodes.OfType<Group>())
            foreach (var (_, text) in node.Attributes)
                if (!texts.Contains(text)) texts.Add(text);
        var heap = Heap();
        var next = 48L + heap.Length;
        foreach (var node in nodes)
        {
            (node.Address, node.Data) = (next, next + Padded(node.HeaderSize));
            next = node.Data + Padded(node.DataSize);
        }
        to.Write(Superblock(next));
        to.Write(heap);
        foreach (var node in nodes)
        {
            to.Write(new byte[Padded(node.HeaderSize)].Fill(node.Header(48, texts)));
            if (node is not Array { Value: var value }) continue;
            var elements = Elements(value);
            to.Write(elements);
            to.Write(new byte[Padded(elements.Length) - elements.Length]);
        }
    }

    static long Padded(long size) => (size + 7) / 8 * 8;

    byte[] Superblock(long end)
    {
        var block = new List<byte>([0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n', 2, 8, 8, 0]);
        block.AddRange(Eight(0), Eight(None), Eight((ulong)end), Eight((ulong)root.Address));
        block.AddRange(Four(Lookup3.Of(CollectionsMarshal.AsSpan(block))));
        return [.. block];
    }

    /// <summary>Texts lie together, and attributes name them.</summary>
    byte[] Heap()
    {
        if (texts.Count == 0) return [];
        if (texts.Count > ushort.MaxValue) throw new NotSupportedException($"Expected at most {ushort.MaxValue} texts. Received: {texts.Count}. Split it.");
        var objects = new List<byte>();
        for (var i = 0; i < texts.Count; i++)
        {
            var text = Encoding.UTF8.GetBytes(texts[i]);
            objects.AddRange(Two(i + 1), Two(0), Four(0), Eight((ulong)text.Length), text, new byte[Padded(text.Length) - text.Length]);
        }
        // What is left over is an object of its own, of number 0.
        var size = Math.Max(4096, Padded(16 + objects.Count + 16));
        objects.AddRange(Two(0), Two(0), Four(0), Eight((ulong)(size - 16 - objects.Count)));
        var heap = new List<byte>();
        heap.AddRange("GCOL"u8.ToArray(), [1, 0, 0, 0], Eight((ulong)size), [.. objects]);
        return new byte[size].Fill([.. heap]);
    }

    static ReadOnlySpan<byte> Elements(Tensor value) => value.dtype switch
    {
        DType.Float32 => MemoryMarshal.AsBytes(value.AsSpan<float>()),
        DType.Float64 => MemoryMarshal.AsBytes(value.AsSpan<double>()),
        DType.Int32 => MemoryMarshal.AsBytes(value.AsSpan<int>()),
        DType.Int64 => MemoryMarshal.AsBytes(value.AsSpan<long>()),
        _ => MemoryMarshal.AsBytes(value.AsSpan<bool>()),
    };

    static byte[] Two(int value) => BitConverter.GetBytes((ushort)value);

    static byte[] Four(uint value) => BitConverter.GetBytes(value);

    static byte[] Eight(ulong value) => BitConverter.GetBytes(value);

    /// <summary>Something with a header and a place in the file.</summary>
    internal abstract class Node
    {
        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public long Address { get; set; }

        public long Data { get; set; }

        public virtual long DataSize => 0;

        public long HeaderSize => 10 + Messages(0, null).Sum(m => 4L + m.Body.Length) + 4;

        public byte[] Header(long heap, List<string> texts)
        {
            var header = new List<byte>();
            header.AddRange("OHDR"u8.ToArray(), [2, 2], Four((uint)(HeaderSize - 14)));
            foreach (var (kind, body) in Messages(heap, texts)) header.AddRange([(byte)kind], Two(body.Length), [0], body);
            header.AddRange(Four(Lookup3.Of(CollectionsMarshal.AsSpan(header))));
            return [.. header];
        }

        protected abstract IEnumerable<(int Kind, byte[] Body)> Messages(long heap, List<string>? texts);
    }

    /// <summary>A group, and texts beside it.</summary>
    internal sealed class Group : Node
    {
        public List<(string Name, string Text)> Attributes { get; } = [];

        protected override IEnumerable<(int Kind, byte[] Body)> Messages(long heap, List<string>? texts)
        {
            yield return (2, Joined([0, 0], Eight(None), Eight(None)));
            yield return (10, [0, 0]);
            foreach (var (name, child) in Children)
            {
                var bytes = Encoding.UTF8.GetBytes(name);
                var (ascii, wide) = (bytes.All(b => b < 128), bytes.Length > byte.MaxValue);
                yield return (6, Joined([1, (byte)((ascii ? 0 : 16) | (wide ? 1 : 0))], ascii ? [] : [1],
                    wide ? Two(bytes.Length) : [(byte)bytes.Length], bytes, Eight((ulong)child.Address)));
            }
            foreach (var (name, text) in Attributes)
            {
                // A text of any length: class 9 over bytes, UTF-8.
                byte[] type = [0x19, 1, 1, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0], space = [2, 0, 0, 0];
                var label = Encoding.UTF8.GetBytes(name + "\0");
                yield return (12, Joined([3, 0], Two(label.Length), Two(type.Length), Two(space.Length), [1], label, type, space,
                    Four((uint)Encoding.UTF8.GetByteCount(text)), Eight((ulong)heap), Four((uint)((texts?.IndexOf(text) ?? 0) + 1))));
            }
        }
    }

    /// <summary>An array in one piece.</summary>
    sealed class Array(Tensor value) : Node
    {
        public Tensor Value => value;

        public override long DataSize => Elements(value).Length;

        protected override IEnumerable<(int Kind, byte[] Body)> Messages(long heap, List<string>? texts)
        {
            yield return (1, Joined([2, (byte)value.ndim, 0, (byte)(value.ndim == 0 ? 0 : 1)],
                Joined([.. value.shape.Select(d => Eight((ulong)d))])));
            yield return (3, value.dtype switch
            {
                DType.Float32 => [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
                DType.Float64 => [0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 255, 3, 0, 0],
                DType.Int32 => [0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0],
                DType.Int64 => [0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0],
                _ => [0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0],
            });
            yield return (5, [3, 10]);
            yield return (8, Joined([3, 1], Eight(DataSize == 0 ? None : (ulong)Data), Eight((ulong)DataSize)));
        }
    }

    static byte[] Joined(params byte[][] parts) => [.. parts.SelectMany(p => p)];
}

/// <summary>Bytes put together.</summary>
static class Hdf5WriterExtensions
{
    public static void AddRange(this List<byte> list, params byte[][] parts)
    {
        foreach (var part in parts) list.AddRange((IEnumerable<byte>)part);
    }

    /// <summary>Begins with these bytes.</summary>
    public static byte[] Fill(this byte[] whole, byte[] begin)
    {
        begin.CopyTo(whole, 0);
        return whole;
    }
}
