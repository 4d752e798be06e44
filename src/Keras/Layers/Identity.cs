namespace Workbook.Keras;

/// <summary>The input itself. Keras: keras.layers.Identity.</summary>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Identity(string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => inputs;
}
