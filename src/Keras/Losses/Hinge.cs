namespace Workbook.Keras;

/// <summary>mean(max(1 − y · p, 0)) over the last axis; labels 0 and 1 become −1 and 1. Keras: keras.losses.Hinge.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("hinge", "Hinge")]
public sealed class Hinge(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.hinge(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean(max(1 − y · p, 0)) over the last axis; labels 0 and 1 become −1 and 1. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor hinge(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            return tf.reduce_mean(tf.maximum(1.0 - Signed(y) * p, 0.0), -1);
        }

        /// <summary>Labels 0 and 1 as −1 and 1; other labels as they are.</summary>
        internal static Tensor Signed(Tensor y) =>
            (bool)tf.reduce_all(tf.logical_or(tf.equal(y, 0.0), tf.equal(y, 1.0))) ? 2.0 * y - 1.0 : y;
    }
}
