using System.Numerics;
using System.Numerics.Tensors;

namespace Workbook.Tensors.Backends;

static partial class LinearAlgebra
{
    /// <summary>
    /// y = Q of a = Q R, with as many columns as a, by Householder's reflections: orthogonal to rounding even where columns of a depend on
    /// each other.
    /// </summary>
    public static void OrthogonalFactor<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Columns are kept as rows, so that a reflection works on neighbours. Row k becomes the k-th reflector.
        var columns = Transposed(a);
        var (m, n) = (a.Rows, a.Columns);
        var scales = new T[n];
        for (var k = 0; k < n; k++)
        {
            var v = columns.Row(k)[k..];
            (scales[k], _) = Reflector(v);
            for (var j = k + 1; j < n; j++) Reflect(v, scales[k], columns.Row(j)[k..]);
        }
        var q = Empty<T>(n, m);
        for (var j = 0; j < n; j++)
        {
            q[j, j] = T.One;
            for (var k = j; k >= 0; k--) Reflect(columns.Row(k)[k..], scales[k], q.Row(j)[k..]);
        }
        Transposed(q).Elements.CopyTo(y.Elements);
    }

    /// <summary>
    /// Turns x into a vector v such that x − s v (v·x) keeps the first element only; gives s and that element. s is 0 where there is
    /// nothing to do.
    /// </summary>
    static (T Scale, T First) Reflector<T>(Span<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!x[1..].ContainsAnyExcept(T.Zero)) return (T.Zero, x[0]);
        // Divided by the largest element first, so that no square overflows or vanishes.
        var largest = T.Abs(TensorPrimitives.MaxMagnitude<T>(x));
        TensorPrimitives.Divide(x, largest, x);
        var length = T.CopySign(T.Sqrt(TensorPrimitives.SumOfSquares<T>(x)), x[0]);
        x[0] += length;
        return (T.CreateChecked(2) / TensorPrimitives.SumOfSquares<T>(x), -length * largest);
    }

    static void Reflect<T>(ReadOnlySpan<T> v, T scale, Span<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.MultiplyAdd(v, -scale * TensorPrimitives.Dot(v, x), x, x);
}
