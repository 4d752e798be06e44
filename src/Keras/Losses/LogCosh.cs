namespace Workbook.Keras;

/// <summary>mean(log cosh(p − y)) over the last axis: e + softplus(−2e) − log 2. Keras: keras.losses.LogCosh.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("log_cosh", "logcosh", "LogCosh")]
public sealed class LogCosh(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.log_cosh(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean(log cosh(p − y)) over the last axis: e + softplus(−2e) − log 2. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor log_cosh(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            var e = p - y;
            return tf.reduce_mean(e + tf.softplus(-2.0 * e) - Math.Log(2), -1);
        }
    }
}
