namespace Workbook.Keras;

/// <summary>max(1 + max((1 − y) · p) − Σ y · p, 0) over the last axis. Keras: keras.losses.CategoricalHinge.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("categorical_hinge", "CategoricalHinge")]
public sealed class CategoricalHinge(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.categorical_hinge(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>max(1 + max((1 − y) · p) − Σ y · p, 0) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor categorical_hinge(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            var right = tf.reduce_sum(y * p, -1);
            var wrong = tf.reduce_max((1.0 - y) * p, -1);
            return tf.maximum(1.0 + wrong - right, 0.0);
        }
    }
}
