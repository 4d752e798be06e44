namespace Workbook.Keras;

/// <summary>eˣ / Σ eˣ along an axis. Keras: keras.layers.Softmax.</summary>
/// <param name="axis">Default: the last.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Softmax(int axis = -1, string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => keras.activations.softmax(inputs, axis);
}
