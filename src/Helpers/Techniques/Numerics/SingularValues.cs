using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Workbook.Helpers;

/// <summary>
/// X = Σ sⱼ·uⱼ·vⱼ' by rotations that make the columns of X orthogonal. Source: Hestenes 1958 (one-sided Jacobi).
/// </summary>
/// <remarks>
/// Small singular values keep their digits beside large ones, so features may have any scales, which the eigenvalues of X'X do not allow.
/// Each round costs about 3·d²·n operations, for up to some hundred columns.
/// </remarks>
sealed class SingularValues
{
    const double Epsilon = 2.220446049250313e-16;
    const int MaxRounds = 60;

    readonly double[][] columns, turns;
    readonly double[] noise;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="columns">The columns of X, each of n numbers; they are overwritten.</param>
    /// <param name="sizes">
    /// How large each column was before it was centred: what is below their rounding counts as zero.
    /// </param>
    public SingularValues(double[][] columns, double[] sizes)
    {
        this.columns = columns;
        turns = [.. columns.Select((_, j) => Unit(columns.Length, j))];
        noise = Array.ConvertAll(sizes, s => 64 * Epsilon * s);
        for (var round = 0; round < MaxRounds && Turn(); round++)
        {
        }
        var lengths = Array.ConvertAll(columns, c => TensorPrimitives.Norm<double>(c));
        int[] kept = [.. Enumerable.Range(0, columns.Length).Where(j => lengths[j] > noise[j])];
        Values = Array.ConvertAll(kept, j => lengths[j]);
        Left = Array.ConvertAll(kept, j => Array.ConvertAll(columns[j], v => v / lengths[j]));
        Right = Array.ConvertAll(kept, j => turns[j]);
    }

    /// <summary>sⱼ above rounding, in no order.</summary>
    public double[] Values { get; }

    /// <summary>uⱼ, each of n numbers.</summary>
    public double[][] Left { get; }

    /// <summary>vⱼ, each of d numbers.</summary>
    public double[][] Right { get; }

    /// <summary>One round over all pairs; whether any was not yet orthogonal.</summary>
    bool Turn()
    {
        var turned = false;
        for (var p = 0; p < columns.Length; p++)
            for (var q = p + 1; q < columns.Length; q++)
            {
                double[] a = columns[p], b = columns[q];
                double aa = TensorPrimitives.Dot<double>(a, a), bb = TensorPrimitives.Dot<double>(b, b),
                    ab = TensorPrimitives.Dot<double>(a, b);
                if (aa <= noise[p] * noise[p] || bb <= noise[q] * noise[q]
                    || Math.Abs(ab) <= 8 * Epsilon * Math.Sqrt(aa) * Math.Sqrt(bb)) continue;
                var zeta = (bb - aa) / (2 * ab);
                var tan = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
                var cos = 1 / Math.Sqrt(1 + tan * tan);
                Rotate(a, b, cos, cos * tan);
                Rotate(turns[p], turns[q], cos, cos * tan);
                (noise[p], noise[q]) = (Math.Sqrt(Square(cos * noise[p]) + Square(cos * tan * noise[q])),
                    Math.Sqrt(Square(cos * tan * noise[p]) + Square(cos * noise[q])));
                turned = true;
            }
        return turned;
    }

    static void Rotate(double[] a, double[] b, double cos, double sin)
    {
        for (var i = 0; i < a.Length; i++) (a[i], b[i]) = (cos * a[i] - sin * b[i], sin * a[i] + cos * b[i]);
    }

    static double Square(double x) => x * x;

    static double[] Unit(int size, int at)
    {
        var unit = new double[size];
        unit[at] = 1;
        return unit;
    }
}
