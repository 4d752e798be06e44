using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A variable between two bounds: value = low + (high − low) · sigmoid(raw).</summary>
/// <remarks>
/// The gradient by raw is (value − low)·(high − value)/(high − low) · ∂loss/∂value. It fades towards both ends alike and is computed there
/// without cancellation.
/// </remarks>
public class Bounded : DomainVariable
{
    readonly Hyperparameter low, high;

    /// <summary>A bounded variable.</summary>
    /// <param name="initial">The first value, strictly between the bounds: a number or an array.</param>
    /// <param name="low">The lower bound, a finite number; may be a variable, which then trains too.</param>
    /// <param name="high">The upper bound, finite and above the lower one; may be a variable.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentException">Bounds that are not finite, or not in this order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An initial value that is not strictly between the bounds; at a bound the gradient
    /// would be 0 for ever.</exception>
    public Bounded(Operand initial, Hyperparameter low, Hyperparameter high, string name = "bounded", DType? dtype = null)
        : base(initial, Inverse(low, high, name), name, dtype) =>
        (this.low, this.high) = (low, high);

    /// <summary>
    /// low + range · s(raw) below the middle and high − range · s(−raw) above: s and its derivative s·(1 − s) lose nothing where s is
    /// small.
    /// </summary>
    private protected override Tensor Map(Tensor raw)
    {
        Operand lo = low.Number ?? (Operand)low.value(raw.dtype), hi = high.Number ?? (Operand)high.value(raw.dtype);
        // Two numbers are subtracted as such, in double.
        Operand range = low.Number is { } a && high.Number is { } b ? b - a : hi - lo;
        return tf.where(raw < 0.0, lo + range * tf.sigmoid(raw), hi - range * tf.sigmoid(-raw));
    }

    static Func<double[], double[]> Inverse(Hyperparameter lower, Hyperparameter upper, string name)
    {
        double low = (double)lower, high = (double)upper;
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new ArgumentException(
                $"'{name}': expected finite bounds, the lower one first. Received: {Numbers.Show(low)} and {Numbers.Show(high)}. "
                    + "Without an upper bound use Positive, without any bound tf.Variable.");
        return values =>
        {
            var (lo, hi) = ((double)lower, (double)upper);
            return Array.ConvertAll(
                Inside(values, v => lo < v && v < hi, name, $"a value strictly between {Numbers.Show(lo)} and {Numbers.Show(hi)}"),
                    v => Math.Log((v - lo) / (hi - v)));
        };
    }
}
