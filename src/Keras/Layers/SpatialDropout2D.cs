namespace Workbook.Keras;

/// <summary>In training drops whole channels of a sample with a probability, and scales the rest by 1 / (1 − rate). Tompson et al. 2014.
/// Keras: keras.layers.SpatialDropout2D.</summary>
/// <remarks>Shapes: (batch, height, width, channels) → the same. Outside of training it does nothing.</remarks>
/// <param name="rate">From 0 to below 1; may be a variable, to which the scale carries a gradient.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class SpatialDropout2D(Hyperparameter rate, string? data_format = null, long? seed = null, string? name = null)
    : Noise(rate, seed, name)
{
    readonly string? data_format = data_format is null or "channels_last" ? data_format
        : throw new ArgumentException($"SpatialDropout2D: expected data_format channels_last. Received: {data_format}. "
            + "Here channels stand last: turn the data by layers.Permute((2, 3, 1)).");

    private protected override Tensor Drawn(Tensor x, Tensor p)
    {
        ImageAxes.Channels(this, x.shape, 2);
        return tf.where(Uniform([x.shape[0], 1, 1, x.shape[3]], x.dtype) < 1 - p, x / (1 - p), 0.0);
    }
}
