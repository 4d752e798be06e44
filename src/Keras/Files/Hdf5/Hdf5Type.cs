namespace Workbook.Keras;

/// <summary>The type of the elements of a dataset or an attribute.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Size">Bytes of each.</param>
/// <param name="BigEndian">Whether the first byte is the largest part.</param>
/// <param name="Signed">Whether whole numbers may be negative.</param>
readonly record struct Hdf5Type(Hdf5Kind Kind, int Size, bool BigEndian, bool Signed)
{
    /// <exception cref="FormatException">A type that is not read: compound, array, reference, or a float of an unusual form.</exception>
    public static Hdf5Type Read(Hdf5File file, Hdf5Bytes from, string path, int depth = 0)
    {
        var head = from.Byte();
        int bits = from.Byte();
        from.Skip(2);
        var size = (int)Math.Min(from.Int(), int.MaxValue);
        FormatException Other(string what) => file.Other($"{what} at '{path}'", "numbers or texts");
        if (size == 0) throw Other("elements of no size");
        switch (head & 15)
        {
            case 0 when size is 1 or 2 or 4 or 8:
                from.Skip(2);
                return from.Short() == size * 8 ? new(Hdf5Kind.Integer, size, (bits & 1) != 0, (bits & 8) != 0)
                    : throw Other("whole numbers of part of their bytes");
            case 1 when size is 2 or 4 or 8:
                from.Skip(4);
                var form = (from.Byte(), from.Byte(), from.Byte(), from.Byte(), from.Int());
                var known = size switch
                {
                    2 => form is (10, 5, 0, 10, 15),
                    4 => form is (23, 8, 0, 23, 127),
                    _ => form is (52, 11, 0, 52, 1023),
                };
                return known && (bits & 0x40) == 0 ? new(Hdf5Kind.Float, size, (bits & 1) != 0, true) : throw Other("floating-point numbers of an unusual form");
            case 3:
                return new(Hdf5Kind.Text, size, false, false);
            case 5 when size == 2:
                return new(Hdf5Kind.BFloat16, 2, false, true);
            case 8 when depth == 0:
                return Read(file, from, path, 1) is { Kind: Hdf5Kind.Integer } numbers && numbers.Size == size ? numbers
                    : throw Other("an enumeration of an unusual form");
            case 9 when (bits & 15) == 1 && size == 16:
                return new(Hdf5Kind.SharedText, size, false, false);
            case 6:
                throw Other("elements of several parts, such as complex numbers,");
            default:
                throw Other($"elements of class {head & 15} and {size} bytes");
        }
    }

    public override string ToString() => Kind switch
    {
        Hdf5Kind.Integer => $"{(Signed ? "" : "u")}int{Size * 8}",
        Hdf5Kind.Float => $"float{Size * 8}",
        Hdf5Kind.BFloat16 => "bfloat16",
        _ => "text",
    };
}

/// <summary>What elements are.</summary>
enum Hdf5Kind
{
    Integer,
    Float,
    BFloat16,
    Text,
    SharedText,
}

/// <summary>The axis lengths of a dataset or an attribute.</summary>
static class Hdf5Space
{
    /// <returns>Null for a space that holds nothing.</returns>
    public static long[]? Read(Hdf5File file, Hdf5Bytes from, string path)
    {
        int version = from.Byte(), rank = from.Byte();
        if (version is not (1 or 2) || rank > 32) throw file.Other($"a shape of version {version} and {rank} axes at '{path}'", "version 1 or 2");
        from.Skip(1);
        if (version == 1) from.Skip(5);
        else if (from.Byte() == 2) return null;
        var shape = new long[rank];
        for (var i = 0; i < rank; i++) shape[i] = from.Count(8);
        return shape;
    }

    /// <summary>How many elements there are, or more than any file holds.</summary>
    public static long Size(long[] shape)
    {
        Int128 size = 1;
        foreach (var length in shape) size = Int128.Min(size * length, long.MaxValue);
        return (long)size;
    }
}
