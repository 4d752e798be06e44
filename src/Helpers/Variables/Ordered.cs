using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Numbers that stay in rising order: the first is free, each gap to the next is exp(raw). For knots, thresholds and bin edges.
/// </summary>
/// <remarks>
/// value₀ = raw₀, valueᵢ = valueᵢ₋₁ + exp(rawᵢ). Moving an early number moves all after it. A gap below the rounding of the numbers
/// themselves (6e-8 of them in float32) vanishes in the sum: centre large numbers, or use float64.
/// </remarks>
public sealed class Ordered : DomainVariable
{
    /// <summary>Numbers in rising order.</summary>
    /// <param name="initial">The first values, shape (n,), strictly rising.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value that is not above the one before it.</exception>
    /// <exception cref="ShapeException">Not a vector of at least one number.</exception>
    public Ordered(Operand initial, string name = "ordered", DType? dtype = null)
        : base(Vector(initial, name), values => Raws(values, name), name, dtype)
    {
    }

    private protected override Tensor Map(Tensor raw) => tf.cumsum(tf.concat([raw[..1], tf.exp(raw[1..])], 0));

    static double[] Raws(double[] values, string name)
    {
        var gaps = values.Zip(values.Skip(1), (a, b) => b - a).ToArray();
        return [Inside(values, _ => true, name, "finite values")[0],
            .. Array.ConvertAll(Inside(gaps, g => g > 0, name, "strictly rising values, with gaps above 0"), Math.Log)];
    }

    static Operand Vector(Operand initial, string name) => initial.shape is { Rank: 1, Size: > 0 } ? initial
        : throw new ShapeException($"'{name}': expected a vector of at least one number. Received: shape {initial.shape}.");
}
