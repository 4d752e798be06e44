namespace Workbook.Keras;

/// <summary>x · scale + offset. Keras: keras.layers.Rescaling.</summary>
/// <param name="scale">May be a variable, which then trains.</param>
/// <param name="offset">Default 0; may be a variable, which then trains.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Rescaling(Hyperparameter scale, Hyperparameter? offset = null, string? name = null) : Layer(name)
{
    [Argument("scale")]
    readonly Hyperparameter factor = scale;
    [Argument("offset")]
    readonly Hyperparameter shift = offset ?? 0;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = inputs.dtype.IsFloating() ? inputs : tf.cast(inputs, dtype);
        var y = x * factor.value(x.dtype);
        return shift.Number == 0 ? y : y + shift.value(x.dtype);
    }
}
