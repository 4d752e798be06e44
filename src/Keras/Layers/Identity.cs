namespace Workbook.Keras.Layers;

/// <summary>Gives what it gets. Keras: keras.layers.Identity.</summary>
/// <remarks>It stands in a namespace of its own, since the initializer has its name: write <c>keras.layers.Identity()</c>.</remarks>
/// <param name="name">Default: identity, numbered.</param>
public sealed class Identity(string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => inputs;
}
