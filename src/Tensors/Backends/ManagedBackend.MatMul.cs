using System.Numerics;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.Backends;

partial class ManagedBackend
{
    /// <inheritdoc/>
    public override Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Shape shape) => a.dtype switch
    {
        DType.Float32 => MatMul<float>(a, b, transposeA, transposeB, shape),
        DType.Float64 => MatMul<double>(a, b, transposeA, transposeB, shape),
        DType.Int32 => MatMul<int>(a, b, transposeA, transposeB, shape),
        DType.Int64 => MatMul<long>(a, b, transposeA, transposeB, shape),
        _ => throw new DTypeException("matmul: expected numbers. Received: bool. Cast it: tf.cast(x, tf.float32)."),
    };

    static Tensor MatMul<T>(Tensor a, Tensor b, bool transposeA, bool transposeB, Shape shape) where T : unmanaged, INumber<T>
    {
        var y = New<T>(shape.Size);
        int m = shape[^2], n = shape[^1], k = a.shape[transposeA ? ^2 : ^1];
        if (shape.Rank == 2)
        {
            Product(a.AsSpan<T>(), b.AsSpan<T>(), y, m, n, k, transposeA, transposeB);
            return new(y, shape, a.dtype);
        }
        var batch = new Shape(shape.Dims[..^2]);
        var walk = new Walk(batch.Dims, Walk.Stretched(new(a.shape.Dims[..^2]), batch), Walk.Stretched(new(b.shape.Dims[..^2]), batch));
        if (walk.IsEmpty || y.Length == 0) return new(y, shape, a.dtype);
        var at = 0;
        do
            for (var r = 0; r < walk.Run; r++, at++)
                Product(a.AsSpan<T>().Slice((walk.Offset(0) + r * walk.Step(0)) * m * k, m * k),
                    b.AsSpan<T>().Slice((walk.Offset(1) + r * walk.Step(1)) * k * n, k * n),
                    y.AsSpan(at * m * n, m * n), m, n, k, transposeA, transposeB);
        while (walk.Next());
        return new(y, shape, a.dtype);
    }

    /// <summary>float and double by tiles; integers, which no gradient needs, by the definition.</summary>
    static void Product<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, int m, int n, int k, bool transposeA, bool transposeB)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            MatrixProduct.Multiply(a, b, y, m, n, k, transposeA, transposeB);
            return;
        }
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = T.Zero;
                for (var p = 0; p < k; p++) sum += (transposeA ? a[p * m + i] : a[i * k + p]) * (transposeB ? b[j * k + p] : b[p * n + j]);
                y[i * n + j] = sum;
            }
    }
}
