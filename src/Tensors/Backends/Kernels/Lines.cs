using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Loops over a few neighbouring elements, where the call of a span function would be most of the time.</summary>
static unsafe class Lines
{
    /// <summary>to += from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T* from, T* to, int count) where T : unmanaged
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i + Vector512<T>.Count <= count; i += Vector512<T>.Count)
                (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
        for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count) (Vector128.Load(to + i) + Vector128.Load(from + i)).Store(to + i);
        for (; i < count; i++) to[i] = Sum(to[i], from[i]);
    }

    /// <summary>to += a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct<T>(T* a, T* b, T* to, int count) where T : unmanaged
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i + Vector512<T>.Count <= count; i += Vector512<T>.Count)
                (Vector512.Load(to + i) + Vector512.Load(a + i) * Vector512.Load(b + i)).Store(to + i);
        for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count)
            (Vector128.Load(to + i) + Vector128.Load(a + i) * Vector128.Load(b + i)).Store(to + i);
        for (; i < count; i++) to[i] = Sum(to[i], Product(a[i], b[i]));
    }

    /// <summary>to = max(to + by, 0), or without the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRelu<T>(T* by, T* to, int count, bool relu) where T : unmanaged
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i + Vector512<T>.Count <= count; i += Vector512<T>.Count)
            {
                var sum = Vector512.Load(to + i) + Vector512.Load(by + i);
                (relu ? Vector512.Max(sum, Vector512<T>.Zero) : sum).Store(to + i);
            }
        for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count)
        {
            var sum = Vector128.Load(to + i) + Vector128.Load(by + i);
            (relu ? Vector128.Max(sum, Vector128<T>.Zero) : sum).Store(to + i);
        }
        for (; i < count; i++)
        {
            var sum = Sum(to[i], by[i]);
            to[i] = relu ? Positive(sum) : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Sum<T>(T a, T b) where T : unmanaged => typeof(T) == typeof(float) ? (T)(object)((float)(object)a + (float)(object)b)
        : (T)(object)((double)(object)a + (double)(object)b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Product<T>(T a, T b) where T : unmanaged => typeof(T) == typeof(float) ? (T)(object)((float)(object)a * (float)(object)b)
        : (T)(object)((double)(object)a * (double)(object)b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Positive<T>(T a) where T : unmanaged => typeof(T) == typeof(float) ? (T)(object)MathF.Max((float)(object)a, 0)
        : (T)(object)Math.Max((double)(object)a, 0);
}
