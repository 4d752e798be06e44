using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The L2 strength of a linear model, judged by leaving out each sample in turn, without refitting.</summary>
/// <remarks>
/// With A = X'X + λI, w = A⁻¹X'y, residuals e = y − Xw and leverages h_i = x_i'A⁻¹x_i, the error on sample i of the model trained without
/// it is e_i/(1 − h_i), exactly.
/// Judge: other data. Sources: Allen 1974 (PRESS); scikit-learn's RidgeCV.
/// </remarks>
public static class LeaveOneOut
{
    /// <summary>The mean squared error on the samples left out (PRESS / n), differentiable in the strength and in the data.</summary>
    /// <param name="X">Features, shape (n, d).</param>
    /// <param name="y">Target, shape (n,).</param>
    /// <param name="strength">λ in ‖y − Xw‖² + λ‖w‖², at least 0; shape () or (d,), one for each weight.</param>
    /// <param name="centred">Whether X and y were centred, so that there is a free intercept: it adds 1/n to each leverage.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Error(Operand X, Operand y, Operand strength, bool centred = true)
    {
        var (n, d) = (X.shape[0], X.shape[1]);
        var lambda = tf.broadcast_to(tf.constant(strength, X.dtype), d);
        var chol = tf.linalg.cholesky(tf.linalg.diag(lambda) + tf.matmul(X, X, transpose_a: true));
        var w = tf.linalg.cholesky_solve(chol, tf.matmul(X, tf.expand_dims(y, 1), transpose_a: true));
        var hat = tf.linalg.cholesky_solve(chol, tf.transpose(X));
        var leverage = tf.reduce_sum(X * tf.transpose(hat), 1) + (centred ? 1.0 / n : 0.0);
        var residual = y - tf.squeeze(tf.matmul(X, w), 1);
        return tf.reduce_mean(tf.square(residual / (1.0 - leverage)));
    }
}
