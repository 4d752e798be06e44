namespace Workbook.Keras;

/// <summary>Joins several inputs, element by element with broadcasting, into one.</summary>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public abstract class Merge(string? name) : Layer(name)
{
    /// <inheritdoc/>
    /// <exception cref="ModelException">Fewer than two inputs.</exception>
    public override Tensor[] call(Tensor[] inputs, bool training) => inputs.Length >= 2 ? [Join(inputs)]
        : throw new ModelException($"Layer '{this.name}': expected at least two inputs. Received: {inputs.Length}. Write Apply([a, b]).");

    private protected abstract Tensor Join(Tensor[] xs);
}
