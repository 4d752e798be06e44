namespace Workbook.Keras;

/// <summary>−Σ α(1 − p)^γ · y · log p over the classes. Lin et al. 2017. Keras: keras.losses.CategoricalFocalCrossentropy.</summary>
/// <param name="alpha">A weight, or one per class; default 0.25; may be a variable.</param>
/// <param name="gamma">How much easy samples are discounted; default 2; may be a variable.</param>
/// <param name="from_logits">Whether predictions are scores before the softmax; default false.</param>
/// <param name="label_smoothing">From 0 to 1; default 0; may be a variable.</param>
/// <param name="axis">The axis of the classes; default the last.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("categorical_focal_crossentropy", "CategoricalFocalCrossentropy")]
public sealed class CategoricalFocalCrossentropy(Hyperparameter? alpha = null, Hyperparameter? gamma = null, bool from_logits = false,
    Hyperparameter? label_smoothing = null, int axis = -1, string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    readonly Hyperparameter alpha = (alpha ?? 0.25).Within("alpha", low: 0, broadcasts: true);
    readonly Hyperparameter gamma = (gamma ?? 2.0).Within("gamma", low: 0);
    [Argument("label_smoothing")]
    readonly Hyperparameter smoothing = (label_smoothing ?? 0).Within("label_smoothing", low: 0, high: 1);

    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) =>
        keras.losses.categorical_focal_crossentropy(y_true, y_pred, alpha.value(), gamma.value(), from_logits,
            smoothing.Number == 0 ? null : smoothing.value(), axis);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>−Σ α(1 − p)^γ · y · log p over the classes. Lin et al. 2017. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="alpha">A weight, or one per class; default 0.25.</param>
        /// <param name="gamma">How much easy samples are discounted; default 2.</param>
        /// <param name="from_logits">Whether predictions are scores; default false.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        /// <param name="axis">The axis of the classes; default the last.</param>
        public static Tensor categorical_focal_crossentropy(Operand y_true, Operand y_pred, Operand? alpha = null, Operand? gamma = null,
            bool from_logits = false, Operand? label_smoothing = null, int axis = -1)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            RequireShape("categorical_focal_crossentropy", y, p);
            if (label_smoothing is not null) y = Smooth(y, label_smoothing, p.shape[p.shape.Axis(axis, "categorical_focal_crossentropy")]);
            if (from_logits)
            {
                if (Logits.Of(p) is not null)
                    Logits.SayProbabilities("categorical_focal_crossentropy", "A softmax is taken once more, as in Keras.");
                p = tf.nn.softmax(p, axis);
            }
            p /= tf.reduce_sum(p, axis, keepdims: true);
            p = tf.clip_by_value(p, config.epsilon(), 1 - config.epsilon());
            var factor = tf.pow(1.0 - p, tf.cast(gamma ?? 2.0, p.dtype)) * tf.cast(alpha ?? 0.25, p.dtype);
            return -tf.reduce_sum(factor * (y * tf.log(p)), axis);
        }
    }
}
