namespace Workbook.Keras;

/// <summary>In training drops whole channels of a sample with a probability, and scales the rest by 1 / (1 − rate). Tompson et al. 2014.
/// Keras: keras.layers.SpatialDropout1D.</summary>
/// <remarks>Shapes: (batch, steps, channels) → the same. Outside of training it does nothing.</remarks>
/// <param name="rate">From 0 to below 1; may be a variable, to which the scale carries a gradient.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class SpatialDropout1D(Hyperparameter rate, long? seed = null, string? name = null)
    : Noise(rate, seed, name)
{
    private protected override Tensor Drawn(Tensor x, Tensor p)
    {
        ImageAxes.Channels(this, x.shape, 1);
        return tf.where(Uniform([x.shape[0], 1, x.shape[2]], x.dtype) < 1 - p, x / (1 - p), 0.0);
    }
}
