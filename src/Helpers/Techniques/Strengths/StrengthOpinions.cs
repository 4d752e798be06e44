using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// What three judges think of one L2 strength λ of a linear model, each with the weights at their optimum:
/// L(w, λ) = 1/(2n)·‖y − Xw‖² + ½λ‖w‖².
/// </summary>
/// <remarks>
/// All opinions are for one row and fall where the judge is happier. The training loss has no minimum in λ; leaving out each row in turn
/// and the evidence have one. Judges: <see cref="LeaveOneOut"/>, <see cref="Evidence"/>.
/// </remarks>
public sealed class StrengthOpinions
{
    readonly Tensor x, y, gram, projection;

    /// <summary>The judges of one table of data.</summary>
    /// <param name="x">Features, shape (n, d), float64, centred.</param>
    /// <param name="y">Target, shape (n,) or (n, 1), float64, centred.</param>
    public StrengthOpinions(Tensor x, Tensor y)
    {
        (this.x, this.y) = (x, tf.reshape(y, y.size));
        gram = tf.matmul(x, x, transpose_a: true) / Rows;
        projection = tf.matmul(x, tf.expand_dims(this.y, 1), transpose_a: true) / Rows;
    }

    double Rows => x.shape[0];

    /// <summary>w at its optimum: (X'X/n + λI)⁻¹·X'y/n, shape (d, 1).</summary>
    /// <param name="strength">λ, above minus the smallest eigenvalue of X'X/n.</param>
    public Tensor Weights(double strength) => tf.linalg.solve(gram + strength * tf.eye(x.shape[1], dtype: x.dtype), projection);

    /// <summary>The training loss at its optimum. Grows with λ: its slope is ½‖w‖².</summary>
    /// <param name="strength">λ.</param>
    public double Training(double strength)
    {
        var w = Weights(strength);
        var residual = tf.expand_dims(y, 1) - tf.matmul(x, w);
        return (double)tf.reduce_sum(tf.square(residual)) / (2 * Rows) + strength / 2 * (double)tf.reduce_sum(tf.square(w));
    }

    /// <summary>Half the mean squared error on each row, predicted by the model of all others.</summary>
    /// <param name="strength">λ, at least 0.</param>
    public double LeftOut(double strength) => (double)LeaveOneOut.Error(x, y, strength * Rows) / 2;

    /// <summary>−log evidence / n, with the precision of the noise at its best.</summary>
    /// <param name="strength">λ, above 0.</param>
    public double NoEvidence(double strength)
    {
        // The best precision of the noise is n / (2n · training loss).
        var noise = 1 / (2 * Training(strength));
        return -(double)Evidence.Log(x, y, noise, strength * noise * Rows) / Rows;
    }

    /// <summary>The strength of the lowest opinion, by a search that keeps two thirds of an interval in each of 60 rounds.</summary>
    /// <param name="judge">An opinion with one minimum, such as <see cref="LeftOut"/>.</param>
    /// <param name="low">The smallest strength, above 0: the answer where the judge only wants less.</param>
    /// <param name="high">The largest.</param>
    public static double Best(Func<double, double> judge, double low = 1e-4, double high = 1)
    {
        for (var round = 0; round < 60; round++)
        {
            var (left, right) = (Math.Cbrt(low * low * high), Math.Cbrt(low * high * high));
            (low, high) = judge(left) < judge(right) ? (low, right) : (left, high);
        }
        return low;
    }
}
