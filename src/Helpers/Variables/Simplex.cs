using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Weights that are positive and sum to 1: value = softmax(raw). For mixtures and loss weights.</summary>
/// <remarks>
/// Descent on a weighted sum of losses gives all weight to the smallest; ascent gives it to the greatest until they are equal. Use
/// <see cref="Log"/> where a logarithm is needed.
/// </remarks>
public sealed class Simplex : DomainVariable
{
    /// <summary>Weights that sum to 1.</summary>
    /// <param name="initial">The first weights, shape (n,): each above 0, together 1.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight that is not above 0, or a sum that is not 1.</exception>
    /// <exception cref="ShapeException">Not a vector.</exception>
    public Simplex(Operand initial, string name = "simplex", DType? dtype = null)
        : base(Vector(initial, name), values => Raws(values, name), name, dtype)
    {
    }

    /// <summary>Equal weights.</summary>
    /// <param name="n">How many.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default float32.</param>
    public static Simplex Uniform(int n, string name = "simplex", DType dtype = DType.Float32) =>
        new(Enumerable.Repeat(1.0 / n, n).ToArray(), name, dtype);

    /// <summary>log(value), exact and with a gradient where a weight itself would be 0.</summary>
    public Tensor Log => tf.nn.log_softmax(Raw.value());

    private protected override Tensor Map(Tensor raw) => tf.nn.softmax(raw);

    static double[] Raws(double[] weights, string name)
    {
        Inside(weights, w => w > 0, name, "weights above 0");
        // Wide enough for weights that were rounded to float32 or typed with six digits.
        if (Math.Abs(weights.Sum() - 1) > 1e-5)
            throw new ArgumentOutOfRangeException(nameof(weights),
                $"'{name}': expected weights that sum to 1. Received: a sum of {Numbers.Show(weights.Sum())}. Divide them by it.");
        // Centred: only differences count, and equal weights start at 0.
        var mean = weights.Average(Math.Log);
        return Array.ConvertAll(weights, w => Math.Log(w) - mean);
    }

    static Operand Vector(Operand initial, string name) => initial.shape.Rank == 1 ? initial
        : throw new ShapeException($"'{name}': expected a vector of weights. Received: shape {initial.shape}.");
}
