namespace Workbook.Keras;

/// <summary>−Σ ŷ · p̂ along an axis, with vectors of length 1: −1 for equal directions. Keras: keras.losses.CosineSimilarity.</summary>
/// <param name="axis">The axis of the vectors; default the last.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
[Names("cosine_similarity", "CosineSimilarity")]
public sealed class CosineSimilarity(int axis = -1, string? reduction = "sum_over_batch_size") : Loss(reduction)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred) => keras.losses.cosine_similarity(y_true, y_pred, axis);
}

public static partial class keras
{
    public static partial class losses
    {
        /// <summary>−Σ ŷ · p̂ along an axis, with vectors of length 1: −1 for equal directions. One value per sample.</summary>
        /// <param name="y_true">The targets.</param>
        /// <param name="y_pred">The predictions.</param>
        /// <param name="axis">The axis of the vectors; default the last.</param>
        public static Tensor cosine_similarity(Operand y_true, Operand y_pred, int axis = -1)
        {
            var (y, p) = Loss.Pair(y_true, y_pred);
            return -tf.reduce_sum(Unit(y, axis) * Unit(p, axis), axis);
        }

        static Tensor Unit(Tensor x, int axis) => tf.nn.l2_normalize(x, axis, config.epsilon() * config.epsilon());
    }
}
