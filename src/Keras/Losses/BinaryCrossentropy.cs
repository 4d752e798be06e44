namespace Workbook.Keras;

/// <summary>−mean(y · log p + (1 − y) · log(1 − p)) over the last axis. Keras: keras.losses.BinaryCrossentropy.</summary>
/// <remarks>
/// Probabilities are clipped to [ε, 1 − ε]; those that keras.activations.sigmoid made are not needed, the scores behind them are used.
/// Smoothing s: y(1 − s) + s/2.
/// </remarks>
/// <param name="from_logits">Whether predictions are scores before the sigmoid; default false.</param>
/// <param name="label_smoothing">From 0 to 1; default 0; may be a variable.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("binary_crossentropy", "bce", "BCE", "BinaryCrossentropy")]
[OnlyAs("axis", "-1")]
public sealed class BinaryCrossentropy(bool from_logits = false, Hyperparameter? label_smoothing = null,
    string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    [Argument("label_smoothing")]
    readonly Hyperparameter smoothing = (label_smoothing ?? 0).Within("label_smoothing", low: 0, high: 1);

    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) =>
        keras.losses.binary_crossentropy(y_true, y_pred, from_logits, smoothing.Number == 0 ? null : smoothing.value());
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>−mean(y · log p + (1 − y) · log(1 − p)) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="from_logits">Whether predictions are scores; default false.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        public static Tensor binary_crossentropy(Operand y_true, Operand y_pred, bool from_logits = false, Operand? label_smoothing = null)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            if (label_smoothing is not null) y = Smooth(y, label_smoothing, 2);
            return tf.reduce_mean(BinaryTerm(y, p, Logits.Scores("binary_crossentropy", p, from_logits)), -1);
        }

        /// <summary>y(1 − s) + s/k.</summary>
        internal static Tensor Smooth(Tensor y, Operand smoothing, int k)
        {
            var s = tf.cast(smoothing, y.dtype);
            return y * (1.0 - s) + s / (double)k;
        }

        /// <summary>−(y · log p + (1 − y) · log(1 − p)), elementwise, on scores where they are known.</summary>
        internal static Tensor BinaryTerm(Tensor y, Tensor p, Tensor? scores)
        {
            if (scores is not null)
                return tf.nn.sigmoid_cross_entropy_with_logits(tf.broadcast_to(y, scores.shape), scores);
            p = tf.clip_by_value(p, config.epsilon(), 1 - config.epsilon());
            return -(y * tf.log(p) + (1.0 - y) * tf.log(1.0 - p));
        }
    }
}
