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
    /// <param name="y">Target, shape (n,); centred.</param>
    /// <param name="noise">Precision of the noise α, a positive scalar.</param>
    /// <param name="weights">Precision of the weights λ: a positive scalar, or shape (d,) with one for each weight, then log|Λ| stands for
    /// d·log λ.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Log(Operand X, Operand y, Operand noise, Operand weights)
    {
        var (n, d) = (X.shape[0], X.shape[1]);
        // A C# number takes its dtype from what it meets; the logarithms below meet it alone.
        Tensor alpha = tf.constant(noise, X.dtype), lambda = tf.broadcast_to(tf.constant(weights, X.dtype), d);
        var chol = tf.linalg.cholesky(Posterior(X, alpha, lambda));
        var m = tf.linalg.cholesky_solve(chol, alpha * Projection(X, y));
        var residual = tf.reduce_sum(tf.square(tf.expand_dims(y, 1) - tf.matmul(X, m)));
        var logdet = 2 * tf.reduce_sum(tf.log(tf.linalg.diag_part(chol)));
        return 0.5
            * (tf.reduce_sum(tf.log(lambda)) + n * tf.log(alpha) - alpha * residual - tf.reduce_sum(lambda * tf.square(tf.squeeze(m, 1)))
                - logdet - n * Math.Log(2 * Math.PI));
    }

    /// <summary>
    /// The precisions of the largest evidence, by MacKay's fixed point: γ = d − λ·tr A⁻¹, λ = γ/‖m‖², α = (n − γ)/‖y − Xm‖².
    /// </summary>
    /// <param name="X">Features, shape (n, d), float64; centred.</param>
    /// <param name="y">Target, shape (n,), float64; centred.</param>
    /// <param name="tolerance">The change of both logarithms at which it has converged.</param>
    /// <exception cref="NumericException">It has not converged after 10000 rounds: the data hold no signal, and λ grows without
    /// end.</exception>
    public static EvidenceFit Maximize(Operand X, Operand y, double tolerance = 1e-13)
    {
        const int MaxRounds = 10_000;
        var (n, d) = (X.shape[0], X.shape[1]);
        double alpha = 1 / tf.math.reduce_variance(y).Item<double>(), lambda = 1;
        for (var round = 1; round <= MaxRounds; round++)
        {
            var inverse = tf.linalg.inv(Posterior(X, alpha, lambda));
            var m = alpha * tf.matmul(inverse, Projection(X, y));
            var gamma = d - lambda * tf.linalg.trace(inverse).Item<double>();
            var nextLambda = gamma / tf.reduce_sum(tf.square(m)).Item<double>();
            var nextAlpha = (n - gamma) / tf.reduce_sum(tf.square(tf.expand_dims(y, 1) - tf.matmul(X, m))).Item<double>();
            var change = Math.Abs(Math.Log(nextLambda / lambda)) + Math.Abs(Math.Log(nextAlpha / alpha));
            (alpha, lambda) = (nextAlpha, nextLambda);
            if (change < tolerance) return new(alpha, lambda, gamma, Log(X, y, alpha, lambda).Item<double>(), tf.squeeze(m, 1), round);
        }
        throw new NumericException(
            $"Evidence: expected convergence within {MaxRounds} rounds. Received: λ = {Numbers.Show(lambda)}, still changing. "
                + "The features may hold no signal about the target.");
    }

    static Tensor Posterior(Operand X, Operand alpha, Operand lambda) =>
        lambda * tf.eye(X.shape[1], dtype: X.dtype) + alpha * tf.matmul(X, X, transpose_a: true);

    static Tensor Projection(Operand X, Operand y) => tf.matmul(X, tf.expand_dims(y, 1), transpose_a: true);
}
