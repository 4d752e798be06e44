namespace Workbook.Keras;

/// <summary>In training sets elements to the lowest value of selu with a probability, and scales and shifts so that mean 0 and variance 1
/// stay. Klambauer et al. 2017. Keras: keras.layers.AlphaDropout.</summary>
/// <param name="rate">From 0 to below 1; may be a variable, to which scale and shift carry a gradient.</param>
/// <param name="noise_shape">Where the length is 1, elements along the axis are dropped together; −1 as the input. Default: each by
/// itself.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class AlphaDropout(Hyperparameter rate, Shape? noise_shape = null, long? seed = null, string? name = null)
    : Noise(rate, seed, name)
{
    /// <summary>−λα of selu.</summary>
    const double Lowest = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;

    private protected override Tensor Drawn(Tensor x, Tensor p)
    {
        var shape = Shaped(this, x.shape, noise_shape);
        var scale = tf.rsqrt((1 - p) * (1 + p * (Lowest * Lowest)));
        return scale * tf.where(Uniform(shape, x.dtype) >= p, x, Lowest) - scale * Lowest * p;
    }
}
