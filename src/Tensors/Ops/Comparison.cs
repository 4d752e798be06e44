using System.Numerics;
using System.Numerics.Tensors;
using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class MathOps
{
    static readonly CompareKernel Equal = new("equal", Kernel.Compare<float>((a, b) => a == b), Kernel.Compare<double>((a, b) => a == b),
        Kernel.Compare<int>((a, b) => a == b), Kernel.Compare<long>((a, b) => a == b), Kernel.Compare<bool>((a, b) => a == b));

    /// <summary>a = b, elementwise; NaN equals nothing.</summary>
    public static Tensor equal(Operand a, Operand b) => Op.Compare(Equal, a, b);

    static readonly CompareKernel NotEqual = new("not_equal", Kernel.Compare<float>((a, b) => a != b),
        Kernel.Compare<double>((a, b) => a != b),
        Kernel.Compare<int>((a, b) => a != b), Kernel.Compare<long>((a, b) => a != b), Kernel.Compare<bool>((a, b) => a != b));

    /// <summary>a ≠ b, elementwise; NaN differs from everything.</summary>
    public static Tensor not_equal(Operand a, Operand b) => Op.Compare(NotEqual, a, b);

    static readonly CompareKernel Less = new("less", Kernel.Compare<float>((a, b) => a < b), Kernel.Compare<double>((a, b) => a < b),
        Kernel.Compare<int>((a, b) => a < b), Kernel.Compare<long>((a, b) => a < b));

    /// <summary>a &lt; b, elementwise.</summary>
    public static Tensor less(Operand a, Operand b) => Op.Compare(Less, a, b);

    static readonly CompareKernel LessEqual = new("less_equal", Kernel.Compare<float>((a, b) => a <= b),
        Kernel.Compare<double>((a, b) => a <= b),
        Kernel.Compare<int>((a, b) => a <= b), Kernel.Compare<long>((a, b) => a <= b));

    /// <summary>a ≤ b, elementwise.</summary>
    public static Tensor less_equal(Operand a, Operand b) => Op.Compare(LessEqual, a, b);

    /// <summary>a &gt; b, elementwise.</summary>
    public static Tensor greater(Operand a, Operand b) => less(b, a);

    /// <summary>a ≥ b, elementwise.</summary>
    public static Tensor greater_equal(Operand a, Operand b) => less_equal(b, a);

    static readonly ZipKernel And = new("logical_and", b: Kernel.Zip<bool>((a, b) => a && b));

    /// <summary>a and b, elementwise.</summary>
    public static Tensor logical_and(Operand a, Operand b) => Op.Zip(And, a, b, null, null);

    static readonly ZipKernel Or = new("logical_or", b: Kernel.Zip<bool>((a, b) => a || b));

    /// <summary>a or b, elementwise.</summary>
    public static Tensor logical_or(Operand a, Operand b) => Op.Zip(Or, a, b, null, null);

    /// <summary>Either a or b, elementwise.</summary>
    public static Tensor logical_xor(Operand a, Operand b) => not_equal(a, b);

    static readonly MapKernel Not = new("logical_not", b: Kernel.Map<bool>(x => !x));

    /// <summary>Not x, elementwise.</summary>
    public static Tensor logical_not(Operand x) => Op.Map(Not, x, null);

    /// <summary>Whether x is NaN, elementwise.</summary>
    public static Tensor is_nan(Operand x) => not_equal(x, x);

    /// <summary>Whether x is neither infinite nor NaN, elementwise.</summary>
    public static Tensor is_finite(Operand x) => less(abs(x), double.PositiveInfinity);

    /// <summary>Whether x is infinite, elementwise.</summary>
    public static Tensor is_inf(Operand x) => equal(abs(x), double.PositiveInfinity);

    static readonly MapKernel Floor = new("floor", TensorPrimitives.Floor, TensorPrimitives.Floor);

    /// <summary>The largest whole number that is not above x. It has no gradient.</summary>
    public static Tensor floor(Operand x) => Op.Map(Floor, x, null);

    static readonly MapKernel Ceil = new("ceil", TensorPrimitives.Ceiling, TensorPrimitives.Ceiling);

    /// <summary>The smallest whole number that is not below x. It has no gradient. TensorFlow: tf.math.ceil.</summary>
    public static Tensor ceil(Operand x) => Op.Map(Ceil, x, null);

    static readonly MapKernel Round = new("round", TensorPrimitives.Round, TensorPrimitives.Round, Kernel.Map<int>(x => x),
        Kernel.Map<long>(x => x));

    /// <summary>
    /// The nearest whole number, halves to the even one. It has no gradient; for one that passes straight through see
    /// <see cref="tf.straight_through"/>.
    /// </summary>
    public static Tensor round(Operand x) => Op.Map(Round, x, null);

    static readonly PositionsKernel ArgMax = new("argmax", Largest, Largest, Largest, Largest);

    /// <summary>
    /// The position of the largest element along an axis, as int64; the first at a tie, NaN only if there is nothing else.
    /// </summary>
    /// <remarks>It has no gradient.</remarks>
    /// <param name="input">At least one axis.</param>
    /// <param name="axis">Default 0, as in TensorFlow.</param>
    /// <exception cref="ShapeException">The axis is empty.</exception>
    public static Tensor argmax(Operand input, int axis = 0) => Positions("argmax", ArgMax, input.Read(), axis);

    static readonly PositionsKernel ArgMin = new("argmin", Smallest, Smallest, Smallest, Smallest);

    /// <summary>
    /// The position of the smallest element along an axis, as int64; the first at a tie, NaN only if there is nothing else.
    /// </summary>
    /// <inheritdoc cref="argmax"/>
    public static Tensor argmin(Operand input, int axis = 0) => Positions("argmin", ArgMin, input.Read(), axis);

    static Tensor Positions(string op, PositionsKernel kernel, Tensor x, int axis)
    {
        axis = x.shape.Axis(axis, op);
        if (x.shape[axis] == 0)
            throw new ShapeException($"{op}: expected at least one element along axis {axis}. Received: shape {x.shape}.");
        return tf.squeeze(Backend.Current.Positions(kernel, Layout.AxisLast(x, axis), 1), -1);
    }

    static void Largest<T>(ReadOnlySpan<T> row, Span<long> y) where T : INumber<T>
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
            if (row[i] > row[best] || (T.IsNaN(row[best]) && !T.IsNaN(row[i]))) best = i;
        y[0] = best;
    }

    static void Smallest<T>(ReadOnlySpan<T> row, Span<long> y) where T : INumber<T>
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
            if (row[i] < row[best] || (T.IsNaN(row[best]) && !T.IsNaN(row[i]))) best = i;
        y[0] = best;
    }

    static readonly PositionsKernel TopK = new("top_k", InOrder, InOrder, InOrder, InOrder);

    /// <summary>The k largest elements of each row along the last axis, and their positions; the lower position at a tie.</summary>
    /// <param name="input">At least one axis.</param>
    /// <param name="k">From 0 to the length of the last axis.</param>
    /// <param name="sorted">Ours are sorted in any case, the largest first.</param>
    /// <returns>Values, and positions as int32. The gradient goes to the chosen elements.</returns>
    /// <exception cref="ShapeException">k is larger than the last axis.</exception>
    public static (Tensor values, Tensor indices) top_k(Operand input, int k = 1, bool sorted = true)
    {
        var x = input.Read();
        if (x.ndim == 0 || k < 0 || k > x.shape[^1])
            throw new ShapeException($"top_k: expected k from 0 to the length of the last axis. Received: k = {k} for shape {x.shape}.");
        var indices = tf.cast(Backend.Current.Positions(TopK, x, k), DType.Int32);
        return (tf.gather(x, indices, axis: -1, batch_dims: x.ndim - 1), indices);
    }

    static void InOrder<T>(ReadOnlySpan<T> row, Span<long> y) where T : IComparable<T>
    {
        var keys = row.ToArray();
        var order = Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i]).Take(y.Length).ToArray();
        for (var i = 0; i < y.Length; i++) y[i] = order[i];
    }
}
