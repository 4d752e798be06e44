using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A variable between 0 and 1: value = sigmoid(raw). For probabilities, rates and mixing weights.</summary>
/// <remarks>log(value) and log(1 − value) are tf.log_sigmoid(v.Logit) and tf.log_sigmoid(−v.Logit), exact at both ends.</remarks>
public sealed class UnitInterval : Bounded
{
    /// <summary>A variable between 0 and 1.</summary>
    /// <param name="initial">The first value, strictly between 0 and 1: a number or an array.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentOutOfRangeException">An initial value that is not strictly between 0 and 1.</exception>
    public UnitInterval(Operand initial, string name = "unit", DType? dtype = null) : base(initial, 0, 1, name, dtype)
    {
    }

    /// <summary>log(value / (1 − value)), which is the raw value.</summary>
    public Tensor Logit => Raw.value();
}
