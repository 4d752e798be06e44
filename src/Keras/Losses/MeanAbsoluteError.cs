namespace Workbook.Keras;

/// <summary>mean(|y − p|) over the last axis. Keras: keras.losses.MeanAbsoluteError.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("mean_absolute_error", "mae", "MAE", "MeanAbsoluteError")]
public sealed class MeanAbsoluteError(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.mean_absolute_error(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean(|y − p|) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor mean_absolute_error(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            return tf.reduce_mean(tf.abs(y - p), -1);
        }
    }
}
