using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The steps that count, where a mask says which.</summary>
static class MaskWeights
{
    /// <summary>1 for each element of a step that counts, else 0; null without a mask.</summary>
    /// <param name="x">What the mask belongs to.</param>
    /// <param name="mask">Its first axes.</param>
    public static Tensor? Of(Tensor x, Tensor? mask)
    {
        if (mask is null) return null;
        while (mask.ndim < x.ndim) mask = tf.expand_dims(mask, -1);
        return tf.cast(tf.broadcast_to(mask, x.shape), x.dtype);
    }

    /// <summary>The mean over all elements that count; 0 where none does.</summary>
    /// <param name="values">Of the shape of the weights.</param>
    /// <param name="counts">As of <see cref="Of"/>.</param>
    public static Tensor Mean(Tensor values, Tensor? counts) => values.size == 0 ? tf.reduce_sum(values)
        : counts is null ? tf.reduce_mean(values)
        : tf.math.divide_no_nan(tf.reduce_sum(values * counts), tf.reduce_sum(counts));
}
