using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A variable above 0: value = exp(raw). For strengths, scales, rates and temperatures.</summary>
/// <remarks>
/// The gradient by raw is value · ∂loss/∂value: equal steps are equal factors, near 0 as far from it. Use <see cref="Log"/> where a
/// logarithm is needed: it is exact where the value itself would be 0 or infinite. 1 / value is tf.exp(−v.Log), whose gradient is finite
/// there too.
/// </remarks>
public sealed class Positive : DomainVariable
{
    /// <summary>A positive variable.</summary>
    /// <param name="initial">The first value, above 0: a number or an array.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentOutOfRangeException">An initial value that is not above 0 or not finite.</exception>
    public Positive(Operand initial, string name = "positive", DType? dtype = null)
        : base(initial, values => Array.ConvertAll(Inside(values, v => v > 0, name, "a value above 0"), Math.Log), name, dtype)
    {
    }

    /// <summary>log(value), which is the raw value.</summary>
    public Tensor Log => Raw.value();

    private protected override Tensor Map(Tensor raw) => tf.exp(raw);
}
