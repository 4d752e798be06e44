namespace Workbook.Keras;

/// <summary>mean of ½e² where |e| ≤ δ, else δ|e| − ½δ², over the last axis. Huber 1964. Keras: keras.losses.Huber.</summary>
/// <param name="delta">Where the square becomes a line; default 1; may be a variable, which without a judge of its own shrinks to where
/// nothing costs anything.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("huber", "Huber")]
public sealed class Huber(Hyperparameter? delta = null, string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    readonly Hyperparameter delta = (delta ?? 1.0).Within("delta", low: 0);

    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.huber(y_true, y_pred, delta.value());
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean of ½e² where |e| ≤ δ, else δ|e| − ½δ², over the last axis. Huber 1964. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="delta">Where the square becomes a line; default 1.</param>
        public static Tensor huber(Operand y_true, Operand y_pred, Operand? delta = null)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            var error = tf.abs(p - y);
            var d = tf.cast(delta ?? 1.0, p.dtype);
            return tf.reduce_mean(tf.where(error <= d, 0.5 * tf.square(error), d * error - 0.5 * tf.square(d)), -1);
        }
    }
}
