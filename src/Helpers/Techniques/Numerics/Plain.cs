using System.Numerics;
using System.Runtime.InteropServices;

namespace Workbook.Helpers;

/// <summary>Linear algebra on plain arrays, for loops that are too small for tensors. Matrices are square, row by row.</summary>
static class Plain
{
    /// <summary>to += factor·of.</summary>
    public static void Add(Span<double> to, double factor, ReadOnlySpan<double> of)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(to);
        var other = MemoryMarshal.Cast<double, Vector<double>>(of);
        var f = new Vector<double>(factor);
        for (var k = 0; k < wide.Length; k++) wide[k] += f * other[k];
        for (var k = wide.Length * Vector<double>.Count; k < to.Length; k++) to[k] += factor * of[k];
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(a);
        var other = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (var k = 0; k < wide.Length; k++) sum += wide[k] * other[k];
        var total = Vector.Sum(sum);
        for (var k = wide.Length * Vector<double>.Count; k < a.Length; k++) total += a[k] * b[k];
        return total;
    }

    /// <summary>The lower Cholesky factor of a positive definite matrix, in its place.</summary>
    public static void Cholesky(double[] a, int d)
    {
        for (var j = 0; j < d; j++)
        {
            var rowJ = a.AsSpan(j * d, j);
            var pivot = a[j * d + j] - Dot(rowJ, rowJ);
            if (!(pivot > 0)) throw new JudgeException(
                $"Expected features whose products can be inverted. Received: a pivot of {Numbers.Show(pivot)} in column {j}. "
                    + "Leave out features of very different sizes or copies of one, or raise the smallest strength.");
            a[j * d + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < d; i++) a[i * d + j] = (a[i * d + j] - Dot(a.AsSpan(i * d, j), rowJ)) / a[j * d + j];
        }
    }

    /// <summary>log|L·L'| from L.</summary>
    public static double LogDeterminant(double[] lower, int d) => 2 * Enumerable.Range(0, d).Sum(j => Math.Log(lower[j * d + j]));

    /// <summary>The solution of L·L'·x = b from L.</summary>
    public static double[] Solve(double[] lower, double[] b)
    {
        var (d, x) = (b.Length, (double[])b.Clone());
        for (var i = 0; i < d; i++) x[i] = (x[i] - Dot(lower.AsSpan(i * d, i), x.AsSpan(0, i))) / lower[i * d + i];
        for (var i = d - 1; i >= 0; i--)
        {
            x[i] /= lower[i * d + i];
            Add(x.AsSpan(0, i), -x[i], lower.AsSpan(i * d, i));
        }
        return x;
    }

    /// <summary>The inverse of L·L' from L.</summary>
    public static double[] Inverse(double[] lower, int d)
    {
        // Row i of M = L⁻¹, then M'M.
        var m = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            var row = m.AsSpan(i * d, d);
            row[i] = 1;
            for (var k = 0; k < i; k++) Add(row[..(k + 1)], -lower[i * d + k], m.AsSpan(k * d, k + 1));
            for (var k = 0; k <= i; k++) row[k] /= lower[i * d + i];
        }
        var inverse = new double[d * d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j <= i; j++) Add(inverse.AsSpan(j * d, d)[..(i + 1)], m[i * d + j], m.AsSpan(i * d, i + 1));
        return inverse;
    }

    /// <summary>matrix·vector.</summary>
    public static double[] Times(double[] matrix, double[] vector)
    {
        var product = new double[matrix.Length / vector.Length];
        for (var i = 0; i < product.Length; i++) product[i] = Dot(matrix.AsSpan(i * vector.Length, vector.Length), vector);
        return product;
    }
}
