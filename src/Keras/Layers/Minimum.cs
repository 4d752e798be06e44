namespace Workbook.Keras;

/// <summary>The smallest of the inputs. Keras: keras.layers.Minimum.</summary>
/// <param name="name">Default: minimum, numbered.</param>
public sealed class Minimum(string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => xs.Aggregate((a, b) => tf.minimum(a, b));
}
