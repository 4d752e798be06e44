namespace Workbook.Keras;

/// <summary>Whether predictions match targets, per sample, as numbers 0 and 1.</summary>
static class Matching
{
    /// <summary>y = p, averaged over the last axis. Keras: accuracy.</summary>
    public static Tensor Equal(Tensor y_true, Tensor y_pred)
    {
        var (y, p) = Loss.Pair(y_true, y_pred);
        return tf.cast(tf.equal(y, p), DType.Float64);
    }

    /// <summary>y = (p &gt; threshold), averaged over the last axis; at the threshold itself it is 0.</summary>
    public static Tensor Binary(Tensor y_true, Tensor y_pred, double threshold)
    {
        var (y, p) = Loss.Pair(y_true, y_pred);
        return tf.cast(tf.equal(y, tf.cast(p > threshold, y.dtype)), DType.Float64);
    }

    /// <summary>argmax y = argmax p; the first at a tie.</summary>
    public static Tensor Categorical(Tensor y_true, Tensor y_pred) => Sparse(tf.argmax(y_true, -1), y_pred);

    /// <summary>label = argmax p; the first at a tie.</summary>
    public static Tensor Sparse(Tensor y_true, Tensor y_pred)
    {
        if (y_true.ndim == y_pred.ndim && y_true.shape[^1] == 1) y_true = tf.squeeze(y_true, -1);
        return tf.cast(tf.equal(tf.cast(y_true, DType.Int64), tf.argmax(y_pred, -1)), DType.Float64);
    }

    /// <summary>Whether the label is among the k largest predictions.</summary>
    public static Tensor Top(Tensor labels, Tensor y_pred, int k)
    {
        if (labels.ndim == y_pred.ndim && labels.shape[^1] == 1) labels = tf.squeeze(labels, -1);
        var best = tf.math.top_k(y_pred, Math.Min(k, y_pred.shape[^1])).indices;
        return tf.cast(tf.reduce_any(tf.equal(tf.expand_dims(tf.cast(labels, DType.Int32), -1), best), -1), DType.Float64);
    }
}
