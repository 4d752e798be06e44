namespace Workbook.Keras;

/// <summary>The inputs one after another along an axis. Keras: keras.layers.Concatenate.</summary>
/// <param name="axis">Default: the last.</param>
/// <param name="name">Default: concatenate, numbered.</param>
public sealed class Concatenate(int axis = -1, string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => tf.concat(inputs, axis);
}
