namespace Workbook.Keras;

/// <summary>The axes of each sample in another order. Keras: keras.layers.Permute.</summary>
/// <param name="dims">Which axis each one was, counted from 1: <c>Permute((2, 1))</c> turns steps and features.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">Not each axis once, from 1.</exception>
public sealed class Permute(Shape dims, string? name = null) : Layer(name)
{
    readonly Shape dims = dims.Order().SequenceEqual(Enumerable.Range(1, dims.Rank)) ? dims
        : throw new ArgumentException($"Permute: expected each axis once, counted from 1. Received: {dims}.");

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public override Tensor call(Tensor inputs, bool training) => inputs.ndim == dims.Rank + 1 ? tf.transpose(inputs, [0, .. dims])
        : throw new ShapeException($"Layer '{this.name}': expected {dims.Rank} axes besides the batch. Received: shape {inputs.shape}.");
}
