namespace Workbook.Keras;

/// <summary>The smallest of the inputs. Keras: keras.layers.Minimum.</summary>
/// <param name="name">Default: minimum, numbered.</param>
public sealed class Minimum(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs.Aggregate((a, b) => tf.minimum(a, b));
}
