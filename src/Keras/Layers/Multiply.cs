namespace Workbook.Keras;

/// <summary>The product of the inputs. Keras: keras.layers.Multiply.</summary>
/// <param name="name">Default: multiply, numbered.</param>
public sealed class Multiply(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs.Aggregate((a, b) => a * b);
}
