using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>
/// A cell that was compiled as a class library, as later cells see it. What runs is the assembly as it was compiled; what the compiler is
/// given is a copy in which types that a later cell has declared again are closed, so that the later ones are not ambiguous.
/// </summary>
sealed class CellLibrary
{
    readonly byte[] image;

    readonly ImmutableHashSet<string> closed;

    readonly HashSet<string> types;

    /// <summary>A library of which all types can be seen.</summary>
    /// <param name="image">The assembly.</param>
    public CellLibrary(byte[] image) : this(image, []) { }

    CellLibrary(byte[] image, ImmutableHashSet<string> closed)
    {
        (this.image, this.closed, types) = (image, closed, []);
        var copy = image.ToArray();
        using var reader = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
        var (metadata, start) = (reader.GetMetadataReader(), reader.PEHeaders.MetadataStartOffset);
        Span<byte> Row(TableIndex table, int row) => copy.AsSpan(
            start + metadata.GetTableMetadataOffset(table) + ((row - 1) * metadata.GetTableRowSize(table)));
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public) continue;
            var name = Name(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
            types.Add(name);
            // The flags are the first column of a type's row, and the lowest bits of them say who sees it.
            if (closed.Contains(name)) Row(TableIndex.TypeDef, MetadataTokens.GetRowNumber(handle))[0] &= 0xF8;
        }

        // Of two versions of an assembly the compiler takes the higher, also where an earlier cell has had the other. The row is an
        // algorithm of four bytes and four numbers of two.
        BitConverter.TryWriteBytes(Row(TableIndex.Assembly, 1)[10..], (ushort)closed.Count);
        Reference = MetadataReference.CreateFromImage(copy);
    }

    /// <summary>What the compiler is given.</summary>
    public MetadataReference Reference { get; }

    /// <summary>The library once a later cell has declared types of these names; itself where it has none of them.</summary>
    /// <param name="names">Names with their namespaces and the number of their type parameters, as <see cref="Name"/> writes them.</param>
    public CellLibrary Without(IEnumerable<string> names)
    {
        var all = closed.Union(names.Where(types.Contains));
        return all.Count == closed.Count ? this : new CellLibrary(image, all);
    }

    /// <summary>The name of a type with its namespace.</summary>
    public static string Name(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
