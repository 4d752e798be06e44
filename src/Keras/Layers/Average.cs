namespace Workbook.Keras;

/// <summary>The mean of the inputs. Keras: keras.layers.Average.</summary>
/// <param name="name">Default: average, numbered.</param>
public sealed class Average(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs.Aggregate((a, b) => a + b) / (double)inputs.Length;
}
