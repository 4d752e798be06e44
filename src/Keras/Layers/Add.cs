namespace Workbook.Keras;

/// <summary>The sum of the inputs. Keras: keras.layers.Add.</summary>
/// <param name="name">Default: add, numbered.</param>
public sealed class Add(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs.Aggregate((a, b) => a + b);
}
