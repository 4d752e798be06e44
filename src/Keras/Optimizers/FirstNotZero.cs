using System.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Workbook.Keras;

/// <summary>Looks for an element that is not 0; usually the first is one.</summary>
static class FirstNotZero
{
    /// <summary>Whether all elements are exactly 0.</summary>
    public static bool None(Tensor t) => t.dtype == DType.Float64 ? None(t.AsSpan<double>()) : None(t.AsSpan<float>());

    /// <summary>The greatest size of an element.</summary>
    public static double Greatest(Tensor t) => t.size == 0 ? 0
        : t.dtype == DType.Float64 ? Math.Abs(TensorPrimitives.MaxMagnitude(t.AsSpan<double>()))
        : Math.Abs(TensorPrimitives.MaxMagnitude(t.AsSpan<float>()));

    /// <summary>Whether two values of one variable have the same elements.</summary>
    public static bool Same(Tensor a, Tensor b) => a.dtype == DType.Float64 ? a.AsSpan<double>().SequenceEqual(b.AsSpan<double>())
        : a.AsSpan<float>().SequenceEqual(b.AsSpan<float>());

    /// <summary>Whether two values of one variable differ in their last digits at most.</summary>
    public static bool Near(Tensor a, Tensor b) => a.dtype == DType.Float64
        ? Near(a.AsSpan<double>(), b.AsSpan<double>(), 1e-15) : Near(a.AsSpan<float>(), b.AsSpan<float>(), 5e-7f);

    static bool Near<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, T share) where T : unmanaged, IFloatingPoint<T>
    {
        for (var i = 0; i < a.Length; i++)
            if (!(T.Abs(a[i] - b[i]) <= share * T.Abs(a[i]))) return false;
        return true;
    }

    static bool None<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPoint<T> =>
        values.Length == 0 || (values[0] == T.Zero && TensorPrimitives.MaxMagnitude(values) == T.Zero);
}
