namespace Workbook.Keras;

/// <summary>
/// (1 − pₜ)^γ times the binary cross-entropy, mean over the last axis; pₜ is the probability of the true label. Lin et al. 2017. Keras:
/// keras.losses.BinaryFocalCrossentropy.
/// </summary>
/// <param name="apply_class_balancing">Whether ones are weighted by alpha and zeros by 1 − alpha.</param>
/// <param name="alpha">The weight of ones; default 0.25; may be a variable.</param>
/// <param name="gamma">How much easy samples are discounted; default 2; may be a variable.</param>
/// <param name="from_logits">Whether predictions are scores before the sigmoid; default false.</param>
/// <param name="label_smoothing">From 0 to 1; default 0; may be a variable.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("binary_focal_crossentropy", "BinaryFocalCrossentropy")]
[OnlyAs("axis", "-1")]
public sealed class BinaryFocalCrossentropy(bool apply_class_balancing = false, Hyperparameter? alpha = null, Hyperparameter? gamma = null,
    bool from_logits = false, Hyperparameter? label_smoothing = null, string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    readonly Hyperparameter alpha = (alpha ?? 0.25).Within("alpha", low: 0, high: 1);
    readonly Hyperparameter gamma = (gamma ?? 2.0).Within("gamma", low: 0);
    [Argument("label_smoothing")]
    readonly Hyperparameter smoothing = (label_smoothing ?? 0).Within("label_smoothing", low: 0, high: 1);

    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) =>
        keras.losses.binary_focal_crossentropy(y_true, y_pred, apply_class_balancing, alpha.value(), gamma.value(), from_logits,
            smoothing.Number == 0 ? null : smoothing.value());
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>
        /// (1 − pₜ)^γ times the binary cross-entropy, mean over the last axis; pₜ is the probability of the true label. Lin et al. 2017.
        /// One value per sample.
        /// </summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="apply_class_balancing">Whether ones are weighted by alpha and zeros by 1 − alpha.</param>
        /// <param name="alpha">The weight of ones; default 0.25.</param>
        /// <param name="gamma">How much easy samples are discounted; default 2.</param>
        /// <param name="from_logits">Whether predictions are scores; default false.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        public static Tensor binary_focal_crossentropy(Operand y_true, Operand y_pred, bool apply_class_balancing = false,
            Operand? alpha = null, Operand? gamma = null, bool from_logits = false, Operand? label_smoothing = null)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            if (label_smoothing is not null) y = Smooth(y, label_smoothing, 2);
            var entropy = BinaryTerm(y, p, from_logits ? p : Logits.Of(p));
            if (from_logits)
            {
                if (Logits.Of(p) is not null)
                    Logits.SayProbabilities("binary_focal_crossentropy", "A sigmoid is taken once more, as in Keras.");
                p = tf.sigmoid(p);
            }
            var right = y * p + (1.0 - y) * (1.0 - p);
            var values = tf.pow(1.0 - right, tf.cast(gamma ?? 2.0, p.dtype)) * entropy;
            if (apply_class_balancing)
            {
                var a = tf.cast(alpha ?? 0.25, p.dtype);
                values *= y * a + (1.0 - y) * (1.0 - a);
            }
            return tf.reduce_mean(values, -1);
        }
    }
}
