using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Workbook.Tensors.Backends.Kernels;

static unsafe partial class MatrixProduct
{
    /// <summary>Four rows of c, one or two vectors wide: 16 registers hold no more.</summary>
    [MethodImpl(Hot)]
    static void Tile128<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, bool two, bool add) where T : unmanaged
    {
        if (two) Tile128x2(a, aRow, aStep, b, bStep, c, cRow, k, add);
        else Tile128x1(a, aRow, aStep, b, bStep, c, cRow, k, add);
    }

    /// <summary>Four rows of c, two vectors wide.</summary>
    [MethodImpl(Hot)]
    static void Tile128x2<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, bool add) where T : unmanaged
    {
        var n = Vector128<T>.Count;
        Vector128<T> c00 = default, c01 = default;
        Vector128<T> c10 = default, c11 = default;
        Vector128<T> c20 = default, c21 = default;
        Vector128<T> c30 = default, c31 = default;
        T* a3 = a + 3 * aRow;
        for (; k > 0; k--, a += aStep, a3 += aStep, b += bStep)
        {
            var b0 = Vector128.Load(b);
            var b1 = Vector128.Load(b + n);
            var x = Vector128.Create(*a);
            c00 = MultiplyAdd(x, b0, c00);
            c01 = MultiplyAdd(x, b1, c01);
            x = Vector128.Create(*(a + aRow));
            c10 = MultiplyAdd(x, b0, c10);
            c11 = MultiplyAdd(x, b1, c11);
            x = Vector128.Create(*(a + 2 * aRow));
            c20 = MultiplyAdd(x, b0, c20);
            c21 = MultiplyAdd(x, b1, c21);
            x = Vector128.Create(*a3);
            c30 = MultiplyAdd(x, b0, c30);
            c31 = MultiplyAdd(x, b1, c31);
        }
        Put(c00, c, add);
        Put(c01, c + n, add);
        Put(c10, c + cRow, add);
        Put(c11, c + cRow + n, add);
        Put(c20, c + 2 * cRow, add);
        Put(c21, c + 2 * cRow + n, add);
        Put(c30, c + 3 * cRow, add);
        Put(c31, c + 3 * cRow + n, add);
    }

    /// <summary>Four rows of c, one vector wide.</summary>
    [MethodImpl(Hot)]
    static void Tile128x1<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, bool add) where T : unmanaged
    {
        Vector128<T> c00 = default;
        Vector128<T> c10 = default;
        Vector128<T> c20 = default;
        Vector128<T> c30 = default;
        T* a3 = a + 3 * aRow;
        for (; k > 0; k--, a += aStep, a3 += aStep, b += bStep)
        {
            var b0 = Vector128.Load(b);
            c00 = MultiplyAdd(Vector128.Create(*a), b0, c00);
            c10 = MultiplyAdd(Vector128.Create(*(a + aRow)), b0, c10);
            c20 = MultiplyAdd(Vector128.Create(*(a + 2 * aRow)), b0, c20);
            c30 = MultiplyAdd(Vector128.Create(*a3), b0, c30);
        }
        Put(c00, c, add);
        Put(c10, c + cRow, add);
        Put(c20, c + 2 * cRow, add);
        Put(c30, c + 3 * cRow, add);
    }

    /// <summary>One row of c, one or two vectors wide.</summary>
    [MethodImpl(Hot)]
    static void Row128<T>(T* a, nint aStep, T* b, nint bStep, T* c, int k, bool two, bool add) where T : unmanaged
    {
        var n = Vector128<T>.Count;
        Vector128<T> c0 = add ? Vector128.Load(c) : default, c1 = add && two ? Vector128.Load(c + n) : default;
        if (two)
            for (; k > 0; k--, a += aStep, b += bStep)
            {
                var x = Vector128.Create(*a);
                c0 = MultiplyAdd(x, Vector128.Load(b), c0);
                c1 = MultiplyAdd(x, Vector128.Load(b + n), c1);
            }
        else
            for (; k > 0; k--, a += aStep, b += bStep) c0 = MultiplyAdd(Vector128.Create(*a), Vector128.Load(b), c0);
        c0.Store(c);
        if (two) c1.Store(c + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T>(Vector128<T> value, T* to, bool add) where T : unmanaged => (add ? Vector128.Load(to) + value : value).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<T> MultiplyAdd<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c) where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector128.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
