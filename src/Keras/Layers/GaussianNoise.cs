namespace Workbook.Keras;

/// <summary>In training adds normal noise. Outside of training it does nothing. Keras: keras.layers.GaussianNoise.</summary>
/// <param name="stddev">At least 0; may be a variable, to which the noise carries a gradient.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class GaussianNoise(Hyperparameter stddev, long? seed = null, string? name = null) : Layer(name)
{
    [Argument("stddev")]
    readonly Hyperparameter deviation = stddev.Within("stddev", low: 0, broadcasts: true);
    [Argument("seed")]
    readonly long? stated = seed;
    readonly SplitMix64? own = seed is { } s ? new((ulong)s) : null;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => !training || deviation.Number == 0 ? inputs
        : inputs + deviation.value(inputs.dtype) * tf.random.normal(inputs.shape, dtype: inputs.dtype, seed: (long?)own?.NextUInt64());
}
