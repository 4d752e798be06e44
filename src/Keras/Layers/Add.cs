namespace Workbook.Keras;

/// <summary>The sum of the inputs. Keras: keras.layers.Add.</summary>
/// <param name="name">Default: add, numbered.</param>
public sealed class Add(string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => xs.Aggregate((a, b) => a + b);
}
