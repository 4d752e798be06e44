using System.Numerics;

namespace Workbook.Tensors.Backends;

/// <summary>Element type conversions.</summary>
static class Casts
{
    /// <summary>
    /// A new array with the elements as another type: fractions toward zero, out of range wraps or saturates as the processor does.
    /// </summary>
    public static Array Convert(Array from, int size, DType to) => from switch
    {
        float[] x => From(x.AsSpan(0, size), to),
        double[] x => From(x.AsSpan(0, size), to),
        int[] x => From(x.AsSpan(0, size), to),
        long[] x => From(x.AsSpan(0, size), to),
        bool[] x => From(Array.ConvertAll(x, b => b ? 1 : 0).AsSpan(0, size), to),
        _ => throw new DTypeException($"Expected a known element type. Received: {from.GetType()}."),
    };

    static Array From<T>(ReadOnlySpan<T> x, DType to) where T : unmanaged, INumber<T> => to switch
    {
        DType.Float32 => Each<T, float>(x),
        DType.Float64 => Each<T, double>(x),
        DType.Int32 => Each<T, int>(x),
        DType.Int64 => Each<T, long>(x),
        _ => Truth(x),
    };

    static R[] Each<T, R>(ReadOnlySpan<T> x) where T : unmanaged, INumber<T> where R : unmanaged, INumber<R>
    {
        var y = ManagedBackend.New<R>(x.Length);
        for (var i = 0; i < x.Length; i++) y[i] = R.CreateTruncating(x[i]);
        return y;
    }

    static bool[] Truth<T>(ReadOnlySpan<T> x) where T : unmanaged, INumber<T>
    {
        var y = ManagedBackend.New<bool>(x.Length);
        for (var i = 0; i < x.Length; i++) y[i] = x[i] != T.Zero;
        return y;
    }
}
