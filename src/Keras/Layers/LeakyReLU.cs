namespace Workbook.Keras;

/// <summary>x where x &gt; 0, else negative_slope · x. Keras: keras.layers.LeakyReLU.</summary>
/// <param name="negative_slope">Default 0.3; may be a variable, which then trains.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class LeakyReLU(Hyperparameter? negative_slope = null, string? name = null) : Layer(name)
{
    [Argument("negative_slope")]
    readonly Hyperparameter slope = (negative_slope ?? 0.3).Within("negative_slope", low: 0, broadcasts: true);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => tf.nn.leaky_relu(inputs, slope.value(inputs.dtype));
}
