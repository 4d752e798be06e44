namespace Workbook.Keras;

/// <summary>The inputs one after another along an axis. Keras: keras.layers.Concatenate.</summary>
/// <param name="axis">Default: the last.</param>
/// <param name="name">Default: concatenate, numbered.</param>
public sealed class Concatenate(int axis = -1, string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => tf.concat(xs, axis);
}
