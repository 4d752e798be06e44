using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>Makes the first value of a weight. Keras: keras.initializers.Initializer. A name such as "he_normal" converts to one.</summary>
/// <remarks>Numbers of an initializer may be variables; the weight takes the value of the moment when it is made, and a warning says that
/// it does not follow.</remarks>
[OnlyAs("input_axes", "null")]
[OnlyAs("output_axes", "null")]
public abstract class Initializer
{
    /// <summary>The first value of a weight.</summary>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="dtype">float32 or float64.</param>
    public abstract Tensor Apply(Shape shape, DType dtype);

    /// <summary>The initializer of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Initializer?(string? name) => name is null ? null : Registry<Initializer>.Get("initializer", name);

    /// <summary>A number as it is when the weight is made; a variable behind it is named in a warning.</summary>
    private protected double Once(Hyperparameter number, string name) => number.Fixed($"{GetType().Name} {name}");

    /// <summary>How many inputs and outputs a weight connects: (n) is n and n; (…, i, o) is i·r and o·r with r the product of the leading
    /// lengths.</summary>
    internal static (double In, double Out) Fans(Shape shape)
    {
        if (shape.Rank < 2) return (shape.Size, shape.Size);
        var field = (double)shape.Size / Math.Max(1, shape[^1] * shape[^2]);
        return (shape[^2] * field, shape[^1] * field);
    }
}
