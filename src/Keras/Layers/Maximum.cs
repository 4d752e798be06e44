namespace Workbook.Keras;

/// <summary>The largest of the inputs. Keras: keras.layers.Maximum.</summary>
/// <param name="name">Default: maximum, numbered.</param>
public sealed class Maximum(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs.Aggregate((a, b) => tf.maximum(a, b));
}
