using System.Numerics;
using System.Numerics.Tensors;

namespace Workbook.Tensors.Backends;

static partial class LinearAlgebra
{
    /// <summary>y with a y = b, or aᵀ y = b: Gaussian elimination with row exchanges.</summary>
    /// <exception cref="NumericException">A pivot is zero or NaN.</exception>
    public static MatrixFunction<T> Solve<T>(bool adjoint) where T : unmanaged, IFloatingPointIeee754<T> =>
        (a, b, y) => Solve("solve", a, b, y, adjoint);

    /// <summary>y = a⁻¹.</summary>
    /// <exception cref="NumericException">A pivot is zero or NaN.</exception>
    public static void Inverse<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        Solve("inv", a, Identity<T>(a.Rows), y, false);

    static void Solve<T>(string op, Matrix<T> a, Matrix<T> b, Matrix<T> y, bool adjoint) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lu = adjoint ? Transposed(a) : Copied(a);
        var (order, _) = Factorize(lu);
        for (var i = 0; i < lu.Rows; i++)
            if (!(T.Abs(lu[i, i]) > T.Zero))
                throw NotFinite(op, a) ?? new NumericException(FormattableString.Invariant(
                    $"{op}: expected an invertible matrix. Received: a ({lu.Rows}, {lu.Rows}) matrix whose pivot {i} is {lu[i, i]}. Remove dependent rows, or add a small number to its diagonal."));
        for (var i = 0; i < order.Length; i++) b.Row(order[i]).CopyTo(y.Row(i));
        Substitute(lu, y, lower: true, adjoint: false, unit: true);
        Substitute(lu, y, lower: false, adjoint: false, unit: false);
    }

    /// <summary>
    /// What to say of a matrix that holds NaN or infinities, which no small number on its diagonal mends; null for one that does not.
    /// </summary>
    /// <param name="op">The op to name.</param>
    /// <param name="a">The matrix.</param>
    /// <param name="lower">Whether only the lower triangle counts.</param>
    static NumericException? NotFinite<T>(string op, Matrix<T> a, bool lower = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < a.Rows; i++)
            for (var j = 0; j < (lower ? i + 1 : a.Columns); j++)
                if (!T.IsFinite(a[i, j]))
                    return new(
                        FormattableString.Invariant(
                            $"{op}: expected finite numbers. Received: {a[i, j]} at row {i}, column {j}. Find the step that made it: a division by 0, a power or logarithm at 0, an overflow."));
        return null;
    }

    /// <summary>y = [det a]: the product of the pivots.</summary>
    public static void Determinant<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lu = Copied(a);
        var det = T.CreateChecked(Factorize(lu).Sign);
        for (var i = 0; i < lu.Rows; i++) det *= lu[i, i];
        y[0, 0] = det;
    }

    /// <summary>y = [sign of det a, log |det a|], which neither overflows nor underflows.</summary>
    public static void SignAndLogDeterminant<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lu = Copied(a);
        var (sign, log) = (T.CreateChecked(Factorize(lu).Sign), T.Zero);
        for (var i = 0; i < lu.Rows; i++)
        {
            var size = T.Abs(lu[i, i]);
            sign *= size == T.Zero ? T.Zero : lu[i, i] / size;
            log += T.Log(size);
        }
        (y[0, 0], y[0, 1]) = (sign, log);
    }

    /// <summary>
    /// Replaces a by L (below the diagonal, with ones on it) and U, where L U is a with its rows in the order that is returned; the sign
    /// is
    /// that of the order.
    /// </summary>
    static (int[] Order, int Sign) Factorize<T>(Matrix<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] order = [.. Enumerable.Range(0, a.Rows)];
        var sign = 1;
        for (var k = 0; k < a.Rows; k++)
        {
            // The largest of the column; a NaN counts as larger still, so that it is not lost.
            var pivot = k;
            for (var i = k + 1; i < a.Rows; i++)
                if (T.Abs(a[i, k]) > T.Abs(a[pivot, k]) || T.IsNaN(a[i, k])) pivot = i;
            if (pivot != k)
            {
                (order[k], order[pivot], sign) = (order[pivot], order[k], -sign);
                for (var j = 0; j < a.Columns; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }
            if (a[k, k] == T.Zero) continue;
            for (var i = k + 1; i < a.Rows; i++)
            {
                var factor = a[i, k] /= a[k, k];
                var row = a.Row(i)[(k + 1)..];
                TensorPrimitives.MultiplyAdd(a.Row(k)[(k + 1)..], -factor, row, row);
            }
        }
        return (order, sign);
    }

    static Matrix<T> Empty<T>(int rows, int columns) where T : unmanaged => new(new T[rows * columns], rows, columns);

    static Matrix<T> Copied<T>(Matrix<T> a) where T : unmanaged => new(a.Elements.ToArray(), a.Rows, a.Columns);

    static Matrix<T> Transposed<T>(Matrix<T> a) where T : unmanaged
    {
        var t = Empty<T>(a.Columns, a.Rows);
        for (var i = 0; i < a.Rows; i++)
            for (var j = 0; j < a.Columns; j++) t[j, i] = a[i, j];
        return t;
    }

    static Matrix<T> Identity<T>(int n) where T : unmanaged, INumber<T>
    {
        var identity = Empty<T>(n, n);
        for (var i = 0; i < n; i++) identity[i, i] = T.One;
        return identity;
    }
}
