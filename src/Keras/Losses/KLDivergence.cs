namespace Workbook.Keras;

/// <summary>Σ y · log(y / p) over the last axis, both clipped to [ε, 1]. Keras: keras.losses.KLDivergence.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("kl_divergence", "kullback_leibler_divergence", "kld", "KLD", "KLDivergence")]
public sealed class KLDivergence(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.kl_divergence(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>Σ y · log(y / p) over the last axis, both clipped to [ε, 1]. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor kl_divergence(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            (y, p) = (tf.clip_by_value(y, config.epsilon(), 1.0), tf.clip_by_value(p, config.epsilon(), 1.0));
            return tf.reduce_sum(y * tf.log(y / p), -1);
        }
    }
}
