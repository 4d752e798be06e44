namespace Workbook.Keras;

/// <summary>x where x &gt; 0, else alpha · (eˣ − 1). Clevert et al. 2015. Keras: keras.layers.ELU.</summary>
/// <param name="alpha">Default 1; may be a variable, which then trains.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class ELU(Hyperparameter? alpha = null, string? name = null) : Layer(name)
{
    [Argument("alpha")]
    readonly Hyperparameter depth = (alpha ?? 1).Within("alpha", broadcasts: true);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => tf.nn.elu(inputs, depth.Number == 1 ? null : depth.value(inputs.dtype));
}
