namespace Workbook.Keras;

/// <summary>The product of the inputs. Keras: keras.layers.Multiply.</summary>
/// <param name="name">Default: multiply, numbered.</param>
public sealed class Multiply(string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => xs.Aggregate((a, b) => a * b);
}
