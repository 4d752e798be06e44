using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The L2 strength of a linear model, judged by the evidence: the likelihood of the data with the weights integrated out.
/// </summary>
/// <remarks>
/// Model: y = X·w + noise of precision α, and w of precision λ. With A = λI + αX'X and m = αA⁻¹X'y,
/// log p(y | α, λ) = ½(d·log λ + n·log α − α‖y − Xm‖² − λ‖m‖² − log|A| − n·log 2π).
/// The terms d·log λ and −log|A| charge for λ; without them λ runs away. The L2 strength of the loss 1/(2n)·‖y − Xw‖² + ½·strength·‖w‖² is
/// λ/(αn).
/// Judge: a normalised likelihood. Sources: MacKay 1992; scikit-learn's BayesianRidge without priors.
/// </remarks>
public static class Evidence
{
    /// <summary>The log evidence, differentiable in both precisions and in the data.</summary>
    /// <param name="X">Features, shape (n, d); centre them, or add a column of ones.</param>
    /// <param name="y">Target, shape (n,), or (n, k) for k outputs with the same precisions; centred.</param>
    /// <param name="noise">Precision of the noise α, a positive scalar.</param>
    /// <param name="weights">Precision of the weights λ: a positive scalar, or shape (d,) with one for each weight, then log|Λ| stands for
    /// d·log λ.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Log(Operand X, Operand y, Operand noise, Operand weights)
    {
        var (n, d) = (X.shape[0], X.shape[1]);
        // A C# number takes its dtype from what it meets; the logarithms below meet it alone.
        Tensor alpha = tf.constant(noise, X.dtype), lambda = tf.broadcast_to(tf.constant(weights, X.dtype), d);
        var target = y.shape.Rank == 1 ? tf.expand_dims(y, 1) : tf.constant(y);
        var outputs = target.shape[1];
        var chol = tf.linalg.cholesky(tf.linalg.diag(lambda) + alpha * tf.matmul(X, X, transpose_a: true));
        var m = tf.linalg.cholesky_solve(chol, alpha * tf.matmul(X, target, transpose_a: true));
        var residual = tf.reduce_sum(tf.square(target - tf.matmul(X, m)));
        var logdet = 2 * tf.reduce_sum(tf.log(tf.linalg.diag_part(chol)));
        return 0.5
            * (outputs * (tf.reduce_sum(tf.log(lambda)) - logdet + n * tf.log(alpha) - n * Math.Log(2 * Math.PI))
                - alpha * residual - tf.reduce_sum(tf.expand_dims(lambda, 1) * tf.square(m)));
    }

    /// <summary>The precisions of the largest evidence, for any table of data.</summary>
    /// <remarks>
    /// Features and target are centred here, which takes out a free intercept. With γ = Σ s/(s + ρ) over the squared singular values s of
    /// X, the evidence is stationary in both precisions where γ·(‖y − Xm‖² + ρ‖m‖²) = n·ρ‖m‖² at ρ = λ/α; then λ = γ/‖m‖² and
    /// α = (n − γ)/‖y − Xm‖², MacKay's rules. Of several such maxima, which columns in different units can have, it is the largest. Where
    /// the features hold less than noise would, the evidence grows with λ without end, and the answer is that end: λ = ∞, weights of 0.
    /// </remarks>
    /// <param name="X">Features, shape (n, d), in any unit; more columns than rows, and columns that do not vary, may be among
    /// them.</param>
    /// <param name="y">Target, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">There is nothing to judge by: too few rows, a value that is not finite, a target or features that
    /// do not vary; or no noise is left, as the features give the target exactly.</exception>
    public static EvidenceFit Maximize(Operand X, Operand y)
    {
        var data = CentredData.Of("Evidence", X, y);
        var path = new RidgePath(data);
        if (path.Rest == 0 && path.Directions < data.Rows - 1) throw Exact(data);
        var fits = path.Crossings(Slope, falls: true).Select(r => Fit(data, path, r)).ToList();
        if (fits.Count > 0) return fits.MaxBy(f => f.LogEvidence)!;
        // At ρ → ∞ the slope of the log evidence by 1/ρ has this sign.
        if (data.Rows * path.Moment > data.Rows * data.Variance * path.Trace)
            throw Exact(data);
        // The sign of the slope of the log evidence by ρ, with α at its best.
        double Slope(double r) => path.Gamma(r) * path.Residual(r) - (path.Rows - path.Gamma(r)) * r * path.SquaredLength(r);
        var alpha = 1 / data.Variance;
        var zeros = tf.zeros(data.Columns, tf.float64);
        return new(alpha, double.PositiveInfinity, 0, -0.5 * data.Rows * (1 + Math.Log(2 * Math.PI / alpha)), zeros, data.MeanY);
    }

    static JudgeException Exact(CentredData data) => new(
        $"Evidence: expected noise that the features do not explain. Received: {data.Columns} columns that give the {data.Rows} targets "
            + "exactly, so that the precision of the noise grows without end. Take the weights of tf.linalg.lstsq, or fewer columns.");

    static EvidenceFit Fit(CentredData data, RidgePath path, double ratio)
    {
        var gamma = path.Gamma(ratio);
        var (lambda, alpha) = (gamma / path.SquaredLength(ratio), (path.Rows - gamma) / path.Residual(ratio));
        var weights = path.Weights(ratio);
        return new(alpha, lambda, gamma, path.LogEvidence(alpha, ratio), weights, data.Intercept(weights));
    }
}
