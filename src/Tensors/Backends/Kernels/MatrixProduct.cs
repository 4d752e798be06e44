using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>c = a · b for float and double: register tiles over the rows of b as they lie, so nothing is packed.</summary>
/// <remarks>
/// A tile keeps 8×2 (4×2 below 512 bits) vectors of c in registers and walks down the inner axis: two loads of b and one broadcast a row
/// feed 16 multiply-adds. a is read with two strides, so a transposed a costs nothing; a transposed b is turned first.
/// Tiles are generic methods over raw vectors, neither inlined nor profiled: behind a wrapper struct the JIT spills every accumulator (17
/// times slower).
/// </remarks>
static unsafe partial class MatrixProduct
{
    const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [ThreadStatic] static byte[]? scratch;

    /// <summary>c (m, n) = a (m, k) · b (k, n); each may be stored transposed.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool transposeA, bool transposeB)
        where T : unmanaged
    {
        if (k == 0)
        {
            c.Clear();
            return;
        }
        fixed (T* pa = a, pb = b, pc = c)
        {
            var (row, step) = transposeA ? ((nint)1, (nint)m) : (k, 1);
            if (!transposeB || k == 1 || n == 1) Multiply(pa, row, step, pb, n, pc, m, n, k);
            else
                fixed (byte* turned = Scratch((long)k * n * sizeof(T)))
                {
                    Transpose(pb, (T*)turned, n, k);
                    Multiply(pa, row, step, (T*)turned, n, pc, m, n, k);
                }
        }
    }

    static byte[] Scratch(long bytes) =>
        scratch?.Length >= bytes ? scratch : scratch = GC.AllocateUninitializedArray<byte>((int)bytes, pinned: false);

    /// <summary>c (m, columns) = a · b, or c + a · b; rows of b and c lie n apart.</summary>
    /// <param name="a">Element (i, p) stands at i·aRow + p·aStep.</param>
    /// <param name="aRow">See a.</param>
    /// <param name="aStep">See a.</param>
    /// <param name="b">k rows; nothing behind the last of their columns is read.</param>
    /// <param name="n">At least columns.</param>
    /// <param name="c">m rows.</param>
    /// <param name="m">The rows of a and c.</param>
    /// <param name="columns">The columns of b and c.</param>
    /// <param name="k">The inner length, at least 1.</param>
    /// <param name="add">Whether c is added to.</param>
    [MethodImpl(Hot)]
    public static void Multiply<T>(T* a, nint aRow, nint aStep, T* b, nint n, T* c, int m, int columns, int k, bool add = false)
        where T : unmanaged
    {
        var bits = VectorWidth.Bits;
        int width = bits / 8 / sizeof(T), height = bits == 512 ? 8 : 4;
        var j = 0;
        for (; j + 2 * width <= columns; j += 2 * width) Column(a, aRow, aStep, b + j, n, c + j, n, m, k, 2, bits, height, add);
        for (; j + width <= columns; j += width) Column(a, aRow, aStep, b + j, n, c + j, n, m, k, 1, bits, height, add);
        if (j < columns) Edge(a, aRow, aStep, b + j, n, c + j, m, k, columns - j, bits, width, height, add);
    }

    /// <summary>One or two vectors of columns, all rows.</summary>
    [MethodImpl(Hot)]
    static void Column<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int m, int k, int vectors, int bits, int height,
        bool add) where T : unmanaged
    {
        var i = 0;
        for (; i + height <= m; i += height) Tile(a + i * aRow, aRow, aStep, b, bStep, c + i * cRow, cRow, k, vectors, bits, false, add);
        for (; i < m; i++) Tile(a + i * aRow, aRow, aStep, b, bStep, c + i * cRow, cRow, k, vectors, bits, true, add);
    }

    static void Tile<T>(T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, int k, int vectors, int bits, bool single,
        bool add) where T : unmanaged
    {
        switch (bits)
        {
            case 512 when single: Row512(a, aStep, b, bStep, c, k, vectors == 2, add); break;
            case 512 when vectors == 2: Tile512x2(a, aRow, aStep, b, bStep, c, cRow, k, add); break;
            case 512: Tile512(a, aRow, aStep, b, bStep, c, cRow, k, add); break;
            case 256 when single: Row256(a, aStep, b, bStep, c, k, vectors == 2, add); break;
            case 256: Tile256(a, aRow, aStep, b, bStep, c, cRow, k, vectors == 2, add); break;
            default:
                if (single) Row128(a, aStep, b, bStep, c, k, vectors == 2, add);
                else Tile128(a, aRow, aStep, b, bStep, c, cRow, k, vectors == 2, add);
                break;
        }
    }

    /// <summary>
    /// The last columns, fewer than a vector has: whole vectors are loaded, what lies beyond is computed and dropped. Only the last rows
    /// of b, where that would leave the array, are copied first. A narrow product (n = 10) stays vectorised this way.
    /// </summary>
    [MethodImpl(Hot)]
    static void Edge<T>(T* a, nint aRow, nint aStep, T* b, nint n, T* c, int m, int k, int columns, int bits, int width, int height,
        bool add)
        where T : unmanaged
    {
        var inside = k;
        while (inside > 0 && (inside - 1) * n + width > (k - 1) * n + columns) inside--;
        var tail = stackalloc T[(k - inside) * width];
        for (var p = inside; p < k; p++)
            for (var q = 0; q < columns; q++) tail[(p - inside) * width + q] = b[p * n + q];
        var tile = stackalloc T[8 * width];
        for (var i = 0; i < m;)
        {
            var rows = m - i >= height ? height : 1;
            var from = a + i * aRow;
            if (add)
                for (var r = 0; r < rows; r++)
                    for (var q = 0; q < columns; q++) tile[r * width + q] = c[(i + r) * n + q];
            if (inside > 0) Tile(from, aRow, aStep, b, n, tile, width, inside, 1, bits, rows == 1, add);
            if (inside < k) Tile(from + inside * aStep, aRow, aStep, tail, width, tile, width, k - inside, 1, bits, rows == 1, add
                || inside > 0);
            for (var r = 0; r < rows; r++, i++)
                for (var q = 0; q < columns; q++) c[i * n + q] = tile[r * width + q];
        }
    }

    /// <summary>to (columns, rows) = from (rows, columns) transposed.</summary>
    [MethodImpl(Hot)]
    public static void Transpose<T>(T* from, T* to, int rows, int columns) where T : unmanaged
    {
        var i = 0;
        if (sizeof(T) == 4 && Sse.IsSupported)
            for (; i + 4 <= rows; i += 4)
            {
                var j = 0;
                for (; j + 4 <= columns; j += 4)
                {
                    // Four rows of four by unpacking: a third of the time of the scalar loop.
                    float* s = (float*)from + i * (nint)columns + j, t = (float*)to + j * (nint)rows + i;
                    Vector128<float> r0 = Vector128.Load(s), r1 = Vector128.Load(s + columns), r2 = Vector128.Load(s + 2 * (nint)columns),
                        r3 = Vector128.Load(s + 3 * (nint)columns);
                    Vector128<float> lo01 = Sse.UnpackLow(r0, r1), lo23 = Sse.UnpackLow(r2, r3), hi01 = Sse.UnpackHigh(r0, r1),
                        hi23 = Sse.UnpackHigh(r2, r3);
                    Sse.MoveLowToHigh(lo01, lo23).Store(t);
                    Sse.MoveHighToLow(lo23, lo01).Store(t + rows);
                    Sse.MoveLowToHigh(hi01, hi23).Store(t + 2 * (nint)rows);
                    Sse.MoveHighToLow(hi23, hi01).Store(t + 3 * (nint)rows);
                }
                for (; j < columns; j++)
                    for (var r = i; r < i + 4; r++) to[j * (nint)rows + r] = from[r * (nint)columns + j];
            }
        for (; i < rows; i++)
            for (var j = 0; j < columns; j++) to[j * (nint)rows + i] = from[i * (nint)columns + j];
    }
}
