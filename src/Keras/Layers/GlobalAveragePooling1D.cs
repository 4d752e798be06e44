using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>The mean of each channel over all steps of a sequence, or over those that a mask counts. Keras:
/// keras.layers.GlobalAveragePooling1D.</summary>
/// <remarks>Shapes: (batch, steps, channels) → (batch, channels).</remarks>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="keepdims">Whether axes are kept, with length 1; default false.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">channels_first.</exception>
public sealed class GlobalAveragePooling1D(string? data_format = null, bool keepdims = false, string? name = null)
    : GlobalPooling(1, data_format, keepdims, name)
{
    /// <inheritdoc/>
    /// <remarks>The mask ends here on purpose: it chose what is averaged.</remarks>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => null;

    private protected override Tensor Pool(Tensor x, int[] axes, bool keepdims) =>
        x.Mask is not { } mask ? tf.reduce_mean(x, axes, keepdims) : Counting(x, tf.expand_dims(mask, -1), axes, keepdims);

    static Tensor Counting(Tensor x, Tensor counts, int[] axes, bool keepdims) =>
        tf.reduce_sum(tf.where(counts, x, 0.0), axes, keepdims) / tf.reduce_sum(tf.cast(counts, x.dtype), axes, keepdims);
}
