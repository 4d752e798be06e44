namespace Workbook.Keras;

/// <summary>A layer of several inputs and one output: what <see cref="Merge"/> needs below it, since a method cannot be overridden with
/// another type of result.</summary>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public abstract class Joining(string? name) : Layer(name)
{
    /// <inheritdoc/>
    /// <exception cref="ModelException">Fewer than two inputs.</exception>
    public sealed override Tensor[] call(Tensor[] inputs, bool training) => inputs.Length >= 2 ? [Join(inputs, training)]
        : throw new ModelException($"Layer '{this.name}': expected at least two inputs. Received: {inputs.Length}. Write Apply([a, b]).");

    private protected abstract Tensor Join(Tensor[] inputs, bool training);
}
