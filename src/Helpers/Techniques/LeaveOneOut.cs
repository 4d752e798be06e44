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
    /// <summary>The squared error on each row, predicted by a model that has seen all others.</summary>
    /// <remarks>The errors share all data but two rows, so they are not independent: an error of their mean is a guide, no test.</remarks>
    /// <param name="X">Features, shape (n, …).</param>
    /// <param name="y">Target, shape (n,).</param>
    /// <param name="predict">
    /// Fits a model of the other rows (features, target) and predicts the row left out: a tensor of one number.
    /// </param>
    /// <returns>n numbers, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">There are not as many rows in both, or fewer than two.</exception>
    public static double[] SquaredErrors(Tensor X, Tensor y, Func<Tensor, Tensor, Tensor, Operand> predict)
    {
        var n = X.shape[0];
        if (n < 2 || y.size != n)
            throw new ArgumentException(
                $"LeaveOneOut: expected at least two rows, and one target for each. Received: {n} rows and {y.size} targets.");
        return [.. Enumerable.Range(0, n).Select(i =>
        {
            int[] others = [.. Enumerable.Range(0, n).Where(j => j != i)];
            var predicted = tf.constant(predict(tf.gather(X, others), tf.gather(y, others), X[i..(i + 1)]), y.dtype);
            return Math.Pow(y[i].Item<double>() - tf.reduce_sum(predicted).Item<double>(), 2);
        })];
    }

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
