using System.Runtime.InteropServices;

namespace Workbook.Tensors.TensorFlow.Eager;

/// <summary>
/// Numbers, axes and shapes that ops take as tensors: a training step passes the same ones again and again, so they are kept.
/// </summary>
/// <remarks>One store per thread. It is emptied when it is full; the handles are released when nothing refers to them.</remarks>
sealed class Constants
{
    const int Most = 1024;

    [ThreadStatic] static Constants? own;

    readonly Dictionary<(DType, long), EagerTensor> scalars = [];
    readonly Dictionary<int[], EagerTensor> vectors = new(new Contents());

    /// <summary>This thread's.</summary>
    public static Constants Here => own ??= new();

    /// <summary>A scalar; its key is its bits, so that NaN and −0 stay what they are.</summary>
    public EagerTensor Scalar(Array element, DType dtype)
    {
        var bits = element switch
        {
            float[] f => BitConverter.SingleToInt32Bits(f[0]),
            double[] d => BitConverter.DoubleToInt64Bits(d[0]),
            int[] i => i[0],
            long[] l => l[0],
            _ => ((bool[])element)[0] ? 1L : 0L,
        };
        if (scalars.TryGetValue((dtype, bits), out var known)) return known;
        if (scalars.Count == Most) scalars.Clear();
        return scalars[(dtype, bits)] = EagerTensor.From(element, Shape.Scalar, dtype);
    }

    /// <summary>An int32 vector.</summary>
    public EagerTensor Vector(ReadOnlySpan<int> values)
    {
        var lookup = vectors.GetAlternateLookup<ReadOnlySpan<int>>();
        if (lookup.TryGetValue(values, out var known)) return known;
        if (vectors.Count == Most) vectors.Clear();
        return lookup[values] = EagerTensor.From(values.ToArray(), values.Length, DType.Int32);
    }

    /// <summary>Equality by elements.</summary>
    sealed class Contents : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] values) => GetHashCode(values.AsSpan());

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(alternate));
            return hash.ToHashCode();
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}
