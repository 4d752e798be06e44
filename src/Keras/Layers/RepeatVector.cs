namespace Workbook.Keras;

/// <summary>A vector as each step of a sequence. Shapes: (batch, features) → (batch, n, features). Keras:
/// keras.layers.RepeatVector.</summary>
/// <param name="n">How many steps; at least 1.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">n is below 1.</exception>
public sealed class RepeatVector(int n, string? name = null) : Layer(name)
{
    readonly int n = n >= 1 ? n : throw new ArgumentException($"RepeatVector: expected n of at least 1. Received: {n}.");

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not two axes.</exception>
    public override Tensor call(Tensor inputs, bool training) => inputs.ndim == 2 ? tf.tile(tf.expand_dims(inputs, 1), [1, n, 1])
        : throw new ShapeException($"Layer '{this.name}': expected an input (batch, features). Received: {inputs.shape}.");
}
