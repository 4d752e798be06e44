namespace Workbook.Keras;

/// <summary>−log p[label] for whole-number labels. Keras: keras.losses.SparseCategoricalCrossentropy.</summary>
/// <remarks>
/// Probabilities are clipped to [ε, 1 − ε] and then divided by their sum, as on TensorFlow; for those that keras.activations.softmax made,
/// the scores behind them are used.
/// </remarks>
/// <param name="from_logits">Whether predictions are scores before the softmax; default false.</param>
/// <param name="ignore_class">A label that counts nothing; the mean is over the others.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("sparse_categorical_crossentropy", "scce", "SparseCategoricalCrossentropy")]
public sealed class SparseCategoricalCrossentropy(bool from_logits = false, int? ignore_class = null,
    string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) =>
        keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits, ignore_class);

    private protected override Tensor? Mask(Tensor y_true)
    {
        if (ignore_class is not { } ignored) return null;
        var labels = tf.cast(y_true, DType.Int64);
        return tf.not_equal(labels.ndim > 1 && labels.shape[^1] == 1 ? tf.squeeze(labels, -1) : labels, ignored);
    }
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>−log p[label] for whole-number labels. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="from_logits">Whether predictions are scores; default false.</param>
        /// <param name="ignore_class">A label that counts nothing.</param>
        /// <exception cref="ShapeException">Labels do not fit the predictions, or are out of range.</exception>
        public static Tensor sparse_categorical_crossentropy(Operand y_true, Operand y_pred, bool from_logits = false,
            int? ignore_class = null)
        {
            var p = y_pred.value();
            if (!p.dtype.IsFloating()) p = tf.cast(p, config.floatx());
            var labels = Labels(y_true.value(), p, ignore_class);
            var scores = Logits.Scores("sparse_categorical_crossentropy", p, from_logits)
                ?? tf.log(tf.clip_by_value(p, config.epsilon(), 1 - config.epsilon()));
            var values = tf.nn.softmax_cross_entropy_with_logits(tf.one_hot(labels, p.shape[^1], dtype: p.dtype), scores);
            return ignore_class is { } ignored ? tf.where(tf.equal(labels, ignored), 0.0, values) : values;
        }

        static Tensor Labels(Tensor y, Tensor p, int? ignored)
        {
            var labels = tf.cast(y, DType.Int64);
            if (labels.ndim == p.ndim && labels.shape[^1] == 1) labels = tf.squeeze(labels, -1);
            if (labels.ndim != p.ndim - 1)
                throw new ShapeException(
                    $"sparse_categorical_crossentropy: expected labels of shape {new Shape(p.shape.Dims[..^1])} for predictions of "
                        + $"shape {p.shape}. Received: {y.shape}. For one-hot targets use categorical_crossentropy.");
            foreach (var label in labels.AsSpan<long>())
                if ((label < 0 || label >= p.shape[^1]) && label != ignored)
                    throw new ShapeException(
                        $"sparse_categorical_crossentropy: expected labels from 0 to {p.shape[^1] - 1}. Received: {label}.");
            return labels;
        }
    }
}
