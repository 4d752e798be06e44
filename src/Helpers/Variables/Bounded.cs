using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A variable between two bounds: value = low + (high − low) · sigmoid(raw).</summary>
/// <remarks>The gradient by raw is (value − low)·(high − value)/(high − low) · ∂loss/∂value. It fades towards both ends alike and is computed there without cancellation.</remarks>
public class Bounded : DomainVariable
{
    readonly double low, high;

    /// <summary>A bounded variable.</summary>
    /// <param name="initial">The first value, strictly between the bounds: a number or an array.</param>
    /// <param name="low">The lower bound, a finite number.</param>
    /// <param name="high">The upper bound, finite and above the lower one.</param>
    /// <param name="name">The name in records and charts.</param>
    /// <param name="dtype">Default: float64 for float64 arrays and tensors, otherwise float32.</param>
    /// <exception cref="ArgumentException">Bounds that are not finite, or not in this order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An initial value that is not strictly between the bounds; at a bound the gradient would be 0 for ever.</exception>
    public Bounded(Operand initial, double low, double high, string name = "bounded", DType? dtype = null)
        : base(initial, Inverse(low, high, name), name, dtype) =>
        (this.low, this.high) = (low, high);

    /// <summary>low + range · s(raw) below the middle and high − range · s(−raw) above: s and its derivative s·(1 − s) lose nothing where s is small.</summary>
    private protected override Tensor Map(Tensor raw) =>
        tf.where(raw < 0.0, low + (high - low) * tf.sigmoid(raw), high - (high - low) * tf.sigmoid(-raw));

    static Func<double[], double[]> Inverse(double low, double high, string name)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new ArgumentException($"'{name}': expected finite bounds, the lower one first. Received: {Numbers.Show(low)} and {Numbers.Show(high)}. Without an upper bound use Positive, without any bound tf.Variable.");
        return values => Array.ConvertAll(Inside(values, v => low < v && v < high, name, $"a value strictly between {Numbers.Show(low)} and {Numbers.Show(high)}"), v => Math.Log((v - low) / (high - v)));
    }
}
