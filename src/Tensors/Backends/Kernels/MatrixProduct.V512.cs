using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Workbook.Tensors.Backends.Kernels;

static unsafe partial class MatrixProduct
{
    /// <summary>Eight rows of c, two vectors wide: 16 accumulators.</summary>
    [MethodImpl(Hot)]
    static void Tile512x2<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, bool add) where T : unmanaged
    {
        var n = Vector512<T>.Count;
        Vector512<T> c00 = default, c01 = default;
        Vector512<T> c10 = default, c11 = default;
        Vector512<T> c20 = default, c21 = default;
        Vector512<T> c30 = default, c31 = default;
        Vector512<T> c40 = default, c41 = default;
        Vector512<T> c50 = default, c51 = default;
        Vector512<T> c60 = default, c61 = default;
        Vector512<T> c70 = default, c71 = default;
        T* a3 = a + 3 * aRow, a6 = a + 6 * aRow;
        for (; k > 0; k--, a += aStep, a3 += aStep, a6 += aStep, b += bStep)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + n);
            var x = Vector512.Create(*a);
            c00 = MultiplyAdd(x, b0, c00);
            c01 = MultiplyAdd(x, b1, c01);
            x = Vector512.Create(*(a + aRow));
            c10 = MultiplyAdd(x, b0, c10);
            c11 = MultiplyAdd(x, b1, c11);
            x = Vector512.Create(*(a + 2 * aRow));
            c20 = MultiplyAdd(x, b0, c20);
            c21 = MultiplyAdd(x, b1, c21);
            x = Vector512.Create(*a3);
            c30 = MultiplyAdd(x, b0, c30);
            c31 = MultiplyAdd(x, b1, c31);
            x = Vector512.Create(*(a3 + aRow));
            c40 = MultiplyAdd(x, b0, c40);
            c41 = MultiplyAdd(x, b1, c41);
            x = Vector512.Create(*(a3 + 2 * aRow));
            c50 = MultiplyAdd(x, b0, c50);
            c51 = MultiplyAdd(x, b1, c51);
            x = Vector512.Create(*a6);
            c60 = MultiplyAdd(x, b0, c60);
            c61 = MultiplyAdd(x, b1, c61);
            x = Vector512.Create(*(a6 + aRow));
            c70 = MultiplyAdd(x, b0, c70);
            c71 = MultiplyAdd(x, b1, c71);
        }
        Put(c00, c, add);
        Put(c01, c + n, add);
        Put(c10, c + cRow, add);
        Put(c11, c + cRow + n, add);
        Put(c20, c + 2 * cRow, add);
        Put(c21, c + 2 * cRow + n, add);
        Put(c30, c + 3 * cRow, add);
        Put(c31, c + 3 * cRow + n, add);
        Put(c40, c + 4 * cRow, add);
        Put(c41, c + 4 * cRow + n, add);
        Put(c50, c + 5 * cRow, add);
        Put(c51, c + 5 * cRow + n, add);
        Put(c60, c + 6 * cRow, add);
        Put(c61, c + 6 * cRow + n, add);
        Put(c70, c + 7 * cRow, add);
        Put(c71, c + 7 * cRow + n, add);
    }

    /// <summary>Eight rows of c, one vector wide.</summary>
    [MethodImpl(Hot)]
    static void Tile512<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, bool add) where T : unmanaged
    {
        Vector512<T> c00 = default;
        Vector512<T> c10 = default;
        Vector512<T> c20 = default;
        Vector512<T> c30 = default;
        Vector512<T> c40 = default;
        Vector512<T> c50 = default;
        Vector512<T> c60 = default;
        Vector512<T> c70 = default;
        T* a3 = a + 3 * aRow, a6 = a + 6 * aRow;
        for (; k > 0; k--, a += aStep, a3 += aStep, a6 += aStep, b += bStep)
        {
            var b0 = Vector512.Load(b);
            c00 = MultiplyAdd(Vector512.Create(*a), b0, c00);
            c10 = MultiplyAdd(Vector512.Create(*(a + aRow)), b0, c10);
            c20 = MultiplyAdd(Vector512.Create(*(a + 2 * aRow)), b0, c20);
            c30 = MultiplyAdd(Vector512.Create(*a3), b0, c30);
            c40 = MultiplyAdd(Vector512.Create(*(a3 + aRow)), b0, c40);
            c50 = MultiplyAdd(Vector512.Create(*(a3 + 2 * aRow)), b0, c50);
            c60 = MultiplyAdd(Vector512.Create(*a6), b0, c60);
            c70 = MultiplyAdd(Vector512.Create(*(a6 + aRow)), b0, c70);
        }
        Put(c00, c, add);
        Put(c10, c + cRow, add);
        Put(c20, c + 2 * cRow, add);
        Put(c30, c + 3 * cRow, add);
        Put(c40, c + 4 * cRow, add);
        Put(c50, c + 5 * cRow, add);
        Put(c60, c + 6 * cRow, add);
        Put(c70, c + 7 * cRow, add);
    }

    /// <summary>One row of c, one or two vectors wide.</summary>
    [MethodImpl(Hot)]
    static void Row512<T>(T* a, nint aStep, T* b, nint bStep, T* c, int k, bool two, bool add) where T : unmanaged
    {
        var n = Vector512<T>.Count;
        Vector512<T> c0 = add ? Vector512.Load(c) : default, c1 = add && two ? Vector512.Load(c + n) : default;
        if (two)
            for (; k > 0; k--, a += aStep, b += bStep)
            {
                var x = Vector512.Create(*a);
                c0 = MultiplyAdd(x, Vector512.Load(b), c0);
                c1 = MultiplyAdd(x, Vector512.Load(b + n), c1);
            }
        else
            for (; k > 0; k--, a += aStep, b += bStep) c0 = MultiplyAdd(Vector512.Create(*a), Vector512.Load(b), c0);
        c0.Store(c);
        if (two) c1.Store(c + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T>(Vector512<T> value, T* to, bool add) where T : unmanaged => (add ? Vector512.Load(to) + value : value).Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
