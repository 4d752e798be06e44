using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Workbook.Keras;

/// <summary>An array in an HDF5 file.</summary>
sealed class Hdf5Dataset
{
    readonly Hdf5Object header;
    readonly Hdf5Type type;
    readonly bool isBFloat16;

    /// <exception cref="FormatException">Its numbers are in another file, or are no numbers.</exception>
    public Hdf5Dataset(Hdf5Object header)
    {
        this.header = header;
        var file = header.File;
        if (header.Has(Hdf5Message.ExternalFiles)) throw file.Refused(header.Path, "a dataset whose numbers are in another file");
        type = Hdf5Type.Read(file, header.Message(Hdf5Message.Type), header.Path);
        Lengths = Hdf5Space.Read(file, header.Message(Hdf5Message.Space), header.Path)
            ?? throw file.Other($"a dataset '{header.Path}' without a shape", "arrays of numbers");
        if (type.Kind is Hdf5Kind.Text or Hdf5Kind.SharedText)
            throw new FormatException($"Expected numbers at '{header.Path}'. Received: texts. {WeightsFile.Again}");
        isBFloat16 = type.Kind == Hdf5Kind.BFloat16;
        if (isBFloat16 && header.Attribute("dtype") is not { Texts: ["bfloat16"] })
            throw new FormatException($"Expected numbers at '{header.Path}'. Received: bytes of no stated meaning. {WeightsFile.Again}");
    }

    /// <summary>The axis lengths, as the file states them.</summary>
    public long[] Lengths { get; }

    /// <summary>The shape and the type, for messages.</summary>
    public override string ToString() => $"({string.Join(", ", Lengths)}) {type}";

    /// <summary>Whether it has this shape.</summary>
    public bool Fits(Shape shape) => Lengths.SequenceEqual(shape.Select(d => (long)d));

    /// <summary>The numbers as a tensor. Whole numbers and floats of other sizes are converted.</summary>
    /// <exception cref="FormatException">There are more than the length of the file allows, or they are damaged.</exception>
    public Tensor Read(DType dtype)
    {
        var count = Hdf5Space.Size(Lengths);
        var width = Math.Max(type.Size, dtype is DType.Float64 or DType.Int64 ? 8 : 4);
        header.File.Spend(count > long.MaxValue / width ? long.MaxValue : count * width, header.Path);
        if (count * width > Array.MaxLength) throw header.File.Other($"an array '{header.Path}' of {count:N0} numbers",
            "arrays below 2 GiB");
        var raw = new Hdf5Data(header, Lengths, type.Size).Read(count * type.Size);
        var shape = new Shape(Array.ConvertAll(Lengths, l => (int)l));
        return dtype switch
        {
            DType.Float32 => Tensor.FromSpan<float>(Converted(raw.Span, (int)count, Single), shape),
            DType.Float64 => Tensor.FromSpan<double>(Converted(raw.Span, (int)count, Double), shape),
            DType.Int32 => Tensor.FromSpan<int>(Converted(raw.Span, (int)count, b => checked((int)Whole(b))), shape),
            DType.Int64 => Tensor.FromSpan<long>(Converted(raw.Span, (int)count, Whole), shape),
            _ => Tensor.FromSpan<bool>(Converted(raw.Span, (int)count, b => Whole(b) != 0), shape),
        };
    }

    delegate T Element<out T>(ReadOnlySpan<byte> bytes);

    T[] Converted<T>(ReadOnlySpan<byte> raw, int count, Element<T> element) where T : unmanaged
    {
        var values = new T[count];
        if (BitConverter.IsLittleEndian && !type.BigEndian && type == TypeOf<T>())
        {
            MemoryMarshal.Cast<byte, T>(raw)[..count].CopyTo(values);
            return values;
        }
        var turned = new byte[8];
        for (var i = 0; i < count; i++)
        {
            var bytes = raw.Slice(i * type.Size, type.Size);
            if (type.BigEndian)
            {
                bytes.CopyTo(turned);
                Array.Reverse(turned, 0, type.Size);
                bytes = turned.AsSpan(0, type.Size);
            }
            values[i] = element(bytes);
        }
        return values;
    }

    static Hdf5Type TypeOf<T>() => typeof(T) == typeof(float) ? new(Hdf5Kind.Float, 4, false, true)
        : typeof(T) == typeof(double) ? new(Hdf5Kind.Float, 8, false, true)
        : typeof(T) == typeof(long) ? new(Hdf5Kind.Integer, 8, false, true) : default;

    float Single(ReadOnlySpan<byte> b) => isBFloat16 ? BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(b) << 16)
        : (float)Double(b);

    double Double(ReadOnlySpan<byte> b) => (type.Kind, type.Size) switch
    {
        (Hdf5Kind.BFloat16, _) => Single(b),
        (Hdf5Kind.Float, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(b),
        (Hdf5Kind.Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(b),
        (Hdf5Kind.Float, _) => BinaryPrimitives.ReadDoubleLittleEndian(b),
        (_, 8) when !type.Signed => BinaryPrimitives.ReadUInt64LittleEndian(b),
        _ => Whole(b),
    };

    long Whole(ReadOnlySpan<byte> b) => (type.Kind, type.Size, type.Signed) switch
    {
        (Hdf5Kind.Float or Hdf5Kind.BFloat16, _, _) => checked((long)Double(b)),
        (_, 1, true) => (sbyte)b[0],
        (_, 1, false) => b[0],
        (_, 2, true) => BinaryPrimitives.ReadInt16LittleEndian(b),
        (_, 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(b),
        (_, 4, true) => BinaryPrimitives.ReadInt32LittleEndian(b),
        (_, 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(b),
        _ => BinaryPrimitives.ReadInt64LittleEndian(b),
    };
}
