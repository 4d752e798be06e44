namespace Workbook.Keras;

/// <summary>The first of two inputs minus the second. Keras: keras.layers.Subtract.</summary>
/// <param name="name">Default: subtract, numbered.</param>
public sealed class Subtract(string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => inputs is [var a, var b] ? a - b
        : throw new ModelException($"Layer '{this.name}': expected two inputs. Received: {inputs.Length}.");
}
