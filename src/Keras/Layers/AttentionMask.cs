namespace Workbook.Keras;

/// <summary>Which query may look at which value.</summary>
static class AttentionMask
{
    /// <summary>(1, q, v): each query sees the values up to its own place.</summary>
    public static Tensor Causal(int queries, int values) =>
        tf.expand_dims(tf.greater_equal(tf.expand_dims(tf.range(queries), 1), tf.expand_dims(tf.range(values), 0)), 0);

    /// <summary>Where both hold; null: everywhere.</summary>
    public static Tensor? Joined(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : tf.logical_and(a, b);

    /// <summary>The softmax along the last axis over what counts; where nothing does, all weigh the same, as in Keras.</summary>
    public static Tensor Softmax(Tensor scores, Tensor? counts) =>
        tf.nn.softmax(counts is null ? scores : tf.where(counts, scores, -1e30));
}
