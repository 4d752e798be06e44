namespace Workbook.Keras;

/// <summary>The first of two inputs minus the second. Keras: keras.layers.Subtract.</summary>
/// <param name="name">Default: subtract, numbered.</param>
public sealed class Subtract(string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => xs is [var a, var b] ? a - b
        : throw new ModelException($"Layer '{this.name}': expected two inputs. Received: {xs.Length}.");
}
