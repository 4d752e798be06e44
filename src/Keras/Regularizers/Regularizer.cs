using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>
/// A penalty on a weight or an output, added to the loss of each step. Keras: keras.regularizers.Regularizer. A name such as "l2" converts
/// to one.
/// </summary>
/// <remarks>A module: strengths that are variables are owned through the layer that holds the regularizer, and train.</remarks>
public abstract class Regularizer : Module
{
    /// <summary>The penalty as a scalar.</summary>
    /// <param name="x">A weight, or an output.</param>
    public abstract Tensor Apply(Tensor x);

    /// <summary>The regularizer of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Regularizer?(string? name) => name is null ? null : Registry<Regularizer>.Get("regularizer", name);
}
