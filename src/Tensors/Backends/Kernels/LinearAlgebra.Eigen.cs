using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends;

static partial class LinearAlgebra
{
    /// <summary>
    /// The eigenvalues of a symmetric matrix, ascending, as the first row of y, and below them the eigenvectors as columns. Only the lower
    /// triangle of a is read.
    /// </summary>
    /// <remarks>
    /// Reflections to tridiagonal form, then shifted QR steps (Golub and Van Loan, Matrix Computations, 8.3): a few n³ operations, where
    /// Jacobi's rotations take tens.
    /// </remarks>
    /// <exception cref="NumericException">An element is not finite.</exception>
    public static void SymmetricEigen<T>(Matrix<T> a, Matrix<T> none, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = a.Rows;
        if (n == 0) return;
        var s = Empty<T>(n, n);
        if (NotFinite("eigh", a, lower: true) is { } error) throw error;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++) s[i, j] = s[j, i] = a[i, j];
        var vectors = Identity<T>(n);
        T[] diagonal = new T[n], beside = new T[n];
        Tridiagonalize(s, vectors, diagonal, beside);
        Diagonalize(diagonal, beside, vectors);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => diagonal[i])];
        for (var j = 0; j < n; j++)
        {
            y[0, j] = diagonal[order[j]];
            for (var i = 0; i < n; i++) y[i + 1, j] = vectors[order[j], i];
        }
    }

    /// <summary>
    /// Reflects s on both sides until only the diagonal and its neighbours are left; the same reflections act on the rows of z.
    /// </summary>
    static void Tridiagonalize<T>(Matrix<T> s, Matrix<T> z, T[] diagonal, T[] beside) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = s.Rows;
        T[] w = new T[n], u = new T[n];
        for (var k = 0; k < n; k++)
        {
            diagonal[k] = s[k, k];
            if (k == n - 1) break;
            var v = s.Row(k)[(k + 1)..];
            (var scale, beside[k]) = Reflector(v);
            if (scale == T.Zero) continue;
            // H s H = s − v wᵀ − w vᵀ, where w = p − ½ scale (p·v) v and p = scale s v.
            var half = w.AsSpan(k + 1);
            for (var i = 0; i < v.Length; i++) half[i] = scale * TensorPrimitives.Dot<T>(s.Row(k + 1 + i)[(k + 1)..], v);
            TensorPrimitives.MultiplyAdd(v, -scale * TensorPrimitives.Dot<T>(half, v) / T.CreateChecked(2), half, half);
            Array.Clear(u);
            for (var i = 0; i < v.Length; i++)
            {
                var row = s.Row(k + 1 + i)[(k + 1)..];
                TensorPrimitives.MultiplyAdd(half, -v[i], row, row);
                TensorPrimitives.MultiplyAdd(v, -half[i], row, row);
                TensorPrimitives.MultiplyAdd(z.Row(k + 1 + i), v[i], u, u);
            }
            for (var i = 0; i < v.Length; i++) TensorPrimitives.MultiplyAdd(u, -scale * v[i], z.Row(k + 1 + i), z.Row(k + 1 + i));
        }
    }

    /// <summary>
    /// Rotates neighbours until the elements beside the diagonal vanish; the same rotations act on the rows of z, which become the
    /// eigenvectors.
    /// </summary>
    static void Diagonalize<T>(T[] d, T[] e, Matrix<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool Vanishes(int i) => T.Abs(e[i]) <= T.Epsilon + Rounding<T>() * (T.Abs(d[i]) + T.Abs(d[i + 1]));
        var left = 60 * d.Length;
        for (var last = d.Length - 1; last > 0;)
        {
            if (Vanishes(last - 1))
            {
                last--;
                continue;
            }
            if (left-- == 0)
                throw new NumericException(
                    $"eigh: expected to converge. Received: a ({d.Length}, {d.Length}) matrix that did not. "
                        + "Scale it so that its elements are near 1.");
            var first = last - 1;
            while (first > 0 && !Vanishes(first - 1)) first--;
            Step(d, e, z, first, last);
        }
    }

    /// <summary>
    /// One QR step on an unbroken block, with Wilkinson's shift: the eigenvalue of its last 2 × 2 block that is nearer to the last
    /// element.
    /// </summary>
    static void Step<T>(T[] d, T[] e, Matrix<T> z, int first, int last) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var two = T.CreateChecked(2);
        var apart = (d[last - 1] - d[last]) / two;
        var below = e[last - 1];
        var shift = d[last] - below * (below / (apart + T.CopySign(T.Hypot(apart, below), apart)));
        // (x, bulge): what the next rotation turns into (r, 0).
        var (x, bulge) = (d[first] - shift, e[first]);
        for (var k = first; k < last; k++)
        {
            var r = T.Hypot(x, bulge);
            var (c, s) = r == T.Zero ? (T.One, T.Zero) : (x / r, bulge / r);
            if (k > first) e[k - 1] = r;
            var (p, q, b) = (d[k], d[k + 1], e[k]);
            d[k] = c * c * p + two * c * s * b + s * s * q;
            d[k + 1] = s * s * p - two * c * s * b + c * c * q;
            e[k] = c * s * (q - p) + (c * c - s * s) * b;
            if (k < last - 1) (x, bulge, e[k + 1]) = (e[k], s * e[k + 1], c * e[k + 1]);
            Rotate(z.Row(k), z.Row(k + 1), c, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rotate<T>(Span<T> a, Span<T> b, T c, T s) where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < a.Length; i++) (a[i], b[i]) = (c * a[i] + s * b[i], c * b[i] - s * a[i]);
    }

    /// <summary>The distance from 1 to the next number.</summary>
    static T Rounding<T>() where T : unmanaged, IFloatingPointIeee754<T> => T.BitIncrement(T.One) - T.One;
}
