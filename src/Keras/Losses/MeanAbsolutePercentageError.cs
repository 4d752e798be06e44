namespace Workbook.Keras;

/// <summary>100 · mean(|y − p| / max(|y|, ε)) over the last axis. Keras: keras.losses.MeanAbsolutePercentageError.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("mean_absolute_percentage_error", "mape", "MAPE", "MeanAbsolutePercentageError")]
public sealed class MeanAbsolutePercentageError(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.mean_absolute_percentage_error(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>100 · mean(|y − p| / max(|y|, ε)) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor mean_absolute_percentage_error(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            return 100.0 * tf.reduce_mean(tf.abs((y - p) / tf.maximum(tf.abs(y), config.epsilon())), -1);
        }
    }
}
