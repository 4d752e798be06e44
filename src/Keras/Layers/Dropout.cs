namespace Workbook.Keras;

/// <summary>
/// In training drops each element with a probability, and scales the rest by 1 / (1 − rate). Srivastava et al. 2014. Keras:
/// keras.layers.Dropout.
/// </summary>
/// <remarks>Outside of training it does nothing. A rate of 1 gives zeros.</remarks>
/// <param name="rate">From 0 to 1; may be a variable. The scale carries a gradient to it, which on a training loss turns the dropout
/// off.</param>
/// <param name="noise_shape">Where the length is 1, elements along the axis are dropped together; −1 as the input. Default: each by
/// itself.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Dropout(Hyperparameter rate, Shape? noise_shape = null, long? seed = null, string? name = null) : Layer(name)
{
    [Argument("rate")]
    readonly Hyperparameter share = rate.Within("rate", low: 0, high: 1);
    [Argument("seed")]
    readonly long? stated = seed;
    readonly SplitMix64? own = seed is { } s ? new((ulong)s) : null;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        if (!training || share.Number == 0) return inputs;
        var p = share.value(inputs.dtype);
        if ((double)p >= 1) return tf.zeros_like(inputs);
        var kept = tf.random.uniform(Noise.Shaped(this, inputs.shape, noise_shape), dtype: inputs.dtype,
            seed: (long?)own?.NextUInt64()) < 1 - p;
        return tf.where(kept, inputs / (1 - p), 0.0);
    }
}
