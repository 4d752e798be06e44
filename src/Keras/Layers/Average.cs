namespace Workbook.Keras;

/// <summary>The mean of the inputs. Keras: keras.layers.Average.</summary>
/// <param name="name">Default: average, numbered.</param>
public sealed class Average(string? name = null) : Merge(name)
{
    private protected override Tensor Join(Tensor[] xs) => xs.Aggregate((a, b) => a + b) / (double)xs.Length;
}
