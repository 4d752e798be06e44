using System.Numerics;
using System.Numerics.Tensors;

namespace Workbook.Tensors.Backends;

/// <summary>
/// What the matrix ops of the default backend do with one matrix or two. Inner loops run along rows, whose elements lie side by side.
/// </summary>
static partial class LinearAlgebra
{
    /// <summary>y = L with a = L Lᵀ, row by row. Only the lower triangle of a is read.</summary>
    /// <exception cref="NumericException">A pivot is not positive.</exception>
    public static void Cholesky<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < a.Rows; i++)
        {
            var row = y.Row(i);
            for (var j = 0; j < i; j++) row[j] = (a[i, j] - TensorPrimitives.Dot<T>(row[..j], y.Row(j)[..j])) / y[j, j];
            var pivot = a[i, i] - TensorPrimitives.SumOfSquares<T>(row[..i]);
            if (!(pivot > T.Zero))
                throw NotFinite("cholesky", a, lower: true) ?? new NumericException(FormattableString.Invariant(
                    $"cholesky: expected a positive definite matrix. Received: a ({a.Rows}, {a.Rows}) matrix whose pivot {i} is {pivot}. Check that it is symmetric, or add a small number to its diagonal."));
            row[i] = T.Sqrt(pivot);
            row[(i + 1)..].Clear();
        }
    }

    /// <summary>
    /// y with a y = b, or aᵀ y = b, where a is triangular. The other triangle is not read; a zero on the diagonal gives infinities.
    /// </summary>
    public static MatrixFunction<T> TriangularSolve<T>(bool lower, bool adjoint) where T : unmanaged, IFloatingPointIeee754<T> =>
        (a, b, y) =>
    {
        b.Elements.CopyTo(y.Elements);
        Substitute(a, y, lower, adjoint, unit: false);
    };

    /// <summary>Replaces y by the solution of a triangular system whose right-hand side it holds.</summary>
    static void Substitute<T>(Matrix<T> a, Matrix<T> y, bool lower, bool adjoint, bool unit) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (n, forward) = (a.Rows, lower != adjoint);
        for (var step = 0; step < n; step++)
        {
            var i = forward ? step : n - 1 - step;
            var row = y.Row(i);
            for (var j = forward ? 0 : i + 1; j < (forward ? i : n); j++)
                TensorPrimitives.MultiplyAdd(y.Row(j), -(adjoint ? a[j, i] : a[i, j]), row, row);
            if (!unit) TensorPrimitives.Divide(row, a[i, i], row);
        }
    }
}
