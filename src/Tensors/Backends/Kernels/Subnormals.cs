using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Numbers below the smallest normal one become 0 in an optimizer's memory, as in TensorFlow.</summary>
/// <remarks>Arithmetic with them takes many times as long: a net that has learned its batch by heart would slow down tenfold.</remarks>
static class Subnormals
{
    /// <summary>The smallest number of full precision.</summary>
    public static T Limit<T>() where T : IFloatingPointIeee754<T> =>
        T.CreateSaturating(typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308);

    public static T Flush<T>(T x) where T : IFloatingPointIeee754<T> => T.Abs(x) < Limit<T>() ? T.Zero : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Flush<T>(Vector<T> x, Vector<T> limit) where T : unmanaged =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), limit), Vector<T>.Zero, x);

    /// <summary>Whether there is one; it may say so where there is only a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyIn<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (i, n, limit) = (0, Vector<T>.Count, new Vector<T>(Limit<T>()));
        for (; i <= x.Length - n; i += n)
            if (new Vector<T>(x[i..]) is var v && !Vector.EqualsAll(Flush(v, limit), v)) return true;
        for (; i < x.Length; i++)
            if (x[i] != T.Zero && T.Abs(x[i]) < limit[0]) return true;
        return false;
    }
}
