namespace Workbook.Keras;

/// <summary>In training multiplies by normal numbers of mean 1 and variance rate / (1 − rate), which keeps the mean. Srivastava et al.
/// 2014.
/// Keras: keras.layers.GaussianDropout.</summary>
/// <param name="rate">From 0 to below 1; may be a variable, to which the noise carries a gradient.</param>
/// <param name="seed">Default: the global generator.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class GaussianDropout(Hyperparameter rate, long? seed = null, string? name = null) : Noise(rate, seed, name)
{
    private protected override Tensor Drawn(Tensor x, Tensor p) => x * (1 + tf.sqrt(p / (1 - p)) * Normal(x.shape, x.dtype));
}
