namespace Workbook.Keras;

/// <summary>−Σ y · log p over the classes, for one-hot or soft targets. Keras: keras.losses.CategoricalCrossentropy.</summary>
/// <remarks>
/// Probabilities are divided by their sum, then clipped to [ε, 1 − ε]; for those that keras.activations.softmax made, the scores behind
/// them are used. Smoothing s: y(1 − s) + s/K.
/// </remarks>
/// <param name="from_logits">Whether predictions are scores before the softmax; default false.</param>
/// <param name="label_smoothing">From 0 to 1; default 0; may be a variable.</param>
/// <param name="axis">The axis of the classes; default the last.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("categorical_crossentropy", "cce", "CCE", "CategoricalCrossentropy")]
public sealed class CategoricalCrossentropy(bool from_logits = false, Hyperparameter? label_smoothing = null, int axis = -1,
    string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    [Argument("label_smoothing")]
    readonly Hyperparameter smoothing = (label_smoothing ?? 0).Within("label_smoothing", low: 0, high: 1);

    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) =>
        keras.losses.categorical_crossentropy(y_true, y_pred, from_logits, smoothing.Number == 0 ? null : smoothing.value(), axis);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>−Σ y · log p over the classes, for one-hot or soft targets. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="from_logits">Whether predictions are scores; default false.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        /// <param name="axis">The axis of the classes; default the last.</param>
        /// <exception cref="ShapeException">Targets and predictions have different shapes.</exception>
        public static Tensor categorical_crossentropy(Operand y_true, Operand y_pred, bool from_logits = false,
            Operand? label_smoothing = null, int axis = -1)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            RequireShape("categorical_crossentropy", y, p);
            if (label_smoothing is not null) y = Smooth(y, label_smoothing, p.shape[p.shape.Axis(axis, "categorical_crossentropy")]);
            if ((axis == -1 ? Logits.Scores("categorical_crossentropy", p, from_logits) : from_logits ? p : null) is { } scores)
                return tf.nn.softmax_cross_entropy_with_logits(y, scores, axis);
            p /= tf.reduce_sum(p, axis, keepdims: true);
            return -tf.reduce_sum(y * tf.log(tf.clip_by_value(p, config.epsilon(), 1 - config.epsilon())), axis);
        }

        internal static void RequireShape(string loss, Tensor y, Tensor p)
        {
            if (y.shape != p.shape)
                throw new ShapeException(
                    $"{loss}: expected targets of the shape of the predictions, {p.shape}. Received: {y.shape}. "
                        + "For whole-number labels use sparse_categorical_crossentropy.");
        }
    }
}
