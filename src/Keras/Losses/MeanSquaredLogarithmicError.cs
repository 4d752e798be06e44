namespace Workbook.Keras;

/// <summary>mean((log(max(p, ε) + 1) − log(max(y, ε) + 1))²) over the last axis. Keras: keras.losses.MeanSquaredLogarithmicError.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("mean_squared_logarithmic_error", "msle", "MSLE", "MeanSquaredLogarithmicError")]
public sealed class MeanSquaredLogarithmicError(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.mean_squared_logarithmic_error(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean((log(max(p, ε) + 1) − log(max(y, ε) + 1))²) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor mean_squared_logarithmic_error(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            var first = tf.log(tf.maximum(p, config.epsilon()) + 1.0);
            var second = tf.log(tf.maximum(y, config.epsilon()) + 1.0);
            return tf.reduce_mean(tf.squared_difference(first, second), -1);
        }
    }
}
