using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>X = L·diag(σ)·Rᵀ with the directions that X has: no σ is 0.</summary>
/// <remarks>
/// QR, then rotations of pairs of columns until all are at right angles (one-sided Jacobi). Small values keep their digits beside large
/// ones, which those of XᵀX do not: columns may have units that are far apart. Source: Demmel and Veselić 1992.
/// </remarks>
sealed class SingularValues
{
    const double Epsilon = 2.2e-16;

    SingularValues(double[] values, Tensor left, Tensor right) => (Values, Left, Right) = (values, left, right);

    /// <summary>σ, above 0.</summary>
    public double[] Values { get; }

    /// <summary>Shape (n, r), with columns of length 1 at right angles.</summary>
    public Tensor Left { get; }

    /// <summary>Shape (d, r), likewise.</summary>
    public Tensor Right { get; }

    /// <param name="x">Shape (n, d), float64, finite.</param>
    public static SingularValues Of(Tensor x)
    {
        var (n, d) = (x.shape[0], x.shape[1]);
        var (q, r) = tf.linalg.qr(n < d ? tf.transpose(x) : x);
        var (values, unit, turned) = Rotated(r);
        var turnedBack = tf.matmul(q, unit);
        return n < d ? new(values, turned, turnedBack) : new(values, turnedBack, turned);
    }

    /// <summary>A square matrix U·diag(σ)·Vᵀ.</summary>
    static (double[] Values, Tensor Unit, Tensor Turned) Rotated(Tensor square)
    {
        var k = square.shape[0];
        var columns = Enumerable.Range(0, k).Select(j => square[.., j].ToArray<double>()).ToArray();
        var turns = Enumerable.Range(0, k).Select(j => { var e = new double[k]; e[j] = 1; return e; }).ToArray();
        for (var (sweep, again) = (0, true); again && sweep < 60; sweep++)
        {
            again = false;
            for (var i = 0; i < k; i++)
                for (var j = i + 1; j < k; j++)
                {
                    double a = Dot(columns[i], columns[i]), b = Dot(columns[j], columns[j]), both = Dot(columns[i], columns[j]);
                    if (Math.Abs(both) <= Epsilon * Math.Sqrt(a) * Math.Sqrt(b) || both == 0) continue;
                    again = true;
                    var zeta = (b - a) / (2 * both);
                    var tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
                    var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
                    Turn(columns[i], columns[j], cosine, cosine * tangent);
                    Turn(turns[i], turns[j], cosine, cosine * tangent);
                }
        }
        var lengths = Array.ConvertAll(columns, c => Math.Sqrt(Dot(c, c)));
        var rounding = 8 * k * Epsilon * lengths.Max();
        int[] kept = [.. Enumerable.Range(0, k).Where(j => lengths[j] > rounding).OrderByDescending(j => lengths[j])];
        return ([.. kept.Select(j => lengths[j])],
            tf.stack([.. kept.Select(j => tf.constant(Array.ConvertAll(columns[j], v => v / lengths[j])))], 1),
            tf.stack([.. kept.Select(j => tf.constant(turns[j]))], 1));
    }

    static void Turn(double[] a, double[] b, double cosine, double sine)
    {
        for (var i = 0; i < a.Length; i++) (a[i], b[i]) = (cosine * a[i] - sine * b[i], sine * a[i] + cosine * b[i]);
    }

    static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
