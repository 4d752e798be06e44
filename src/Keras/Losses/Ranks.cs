namespace Workbook.Keras;

/// <summary>Keras' rule for two batches whose ranks differ by one: a last axis of length 1 is added or dropped.</summary>
static class Ranks
{
    /// <summary>Both with one rank, where a last axis of length 1 is all that differs; otherwise as they are.</summary>
    public static (Tensor, Tensor) Align(Tensor a, Tensor b)
    {
        if (a.ndim == b.ndim) return (a, b);
        if (a.ndim == b.ndim + 1 && a.shape[^1] == 1) return b.ndim == 1 ? (a, tf.expand_dims(b, -1)) : (tf.squeeze(a, -1), b);
        if (b.ndim == a.ndim + 1 && b.shape[^1] == 1) return a.ndim == 1 ? (tf.expand_dims(a, -1), b) : (a, tf.squeeze(b, -1));
        return (a, b);
    }
}
