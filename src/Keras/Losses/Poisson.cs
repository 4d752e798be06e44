namespace Workbook.Keras;

/// <summary>mean(p − y · log(p + ε)) over the last axis. Keras: keras.losses.Poisson.</summary>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("poisson", "Poisson")]
public sealed class Poisson(string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.poisson(y_true, y_pred);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>mean(p − y · log(p + ε)) over the last axis. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        public static Tensor poisson(Operand y_true, Operand y_pred)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            return tf.reduce_mean(p - y * tf.log(p + config.epsilon()), -1);
        }
    }
}
