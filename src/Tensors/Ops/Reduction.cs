using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class MathOps
{
    /// <summary>The sum over axes; 0 where there is nothing to add.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="axis">One or several axes; null: all; empty: none.</param>
    /// <param name="keepdims">Whether reduced axes stay with length 1.</param>
    public static Tensor reduce_sum(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(Basic.Sum, input.Read(), axis, keepdims, (g, x, _) => tf.broadcast_to(g, x.shape));

    /// <summary>The mean over axes; NaN where there is nothing. Integers: truncated toward zero.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_mean(Operand input, Axes? axis = null, bool keepdims = false)
    {
        var x = input.Read();
        long count = 1;
        foreach (var a in x.shape.Axes(axis, "reduce_mean")) count *= x.shape[a];
        var sum = reduce_sum(x, axis, keepdims);
        if (x.dtype.IsFloating()) return sum / (double)count;
        if (count == 0)
            throw new ShapeException(
                $"reduce_mean: the mean of no integers is not a number. Received: shape {x.shape}. Cast it: tf.cast(x, tf.float32).");
        // Not by way of float64, which is not exact above 2⁵³.
        var n = tf.cast(tf.constant(count), x.dtype);
        return floordiv(sum - truncatemod(sum, n), n);
    }

    static readonly ReduceKernel Max = new("reduce_max", Maximum,
        r => r.IsEmpty ? float.NegativeInfinity : TensorPrimitives.Max(r),
            r => r.IsEmpty ? double.NegativeInfinity : TensorPrimitives.Max(r),
        r => r.IsEmpty ? int.MinValue : TensorPrimitives.Max(r), r => r.IsEmpty ? long.MinValue : TensorPrimitives.Max(r));

    /// <summary>The largest element over axes; −∞ of nothing. Elements that tie share the gradient equally.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_max(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(Max, input.Read(), axis, keepdims, (g, x, y) => Shared(g, x, y, axis));

    static readonly ReduceKernel Min = new("reduce_min", Minimum,
        r => r.IsEmpty ? float.PositiveInfinity : TensorPrimitives.Min(r),
            r => r.IsEmpty ? double.PositiveInfinity : TensorPrimitives.Min(r),
        r => r.IsEmpty ? int.MaxValue : TensorPrimitives.Min(r), r => r.IsEmpty ? long.MaxValue : TensorPrimitives.Min(r));

    /// <summary>The smallest element over axes; ∞ of nothing. Elements that tie share the gradient equally.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_min(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(Min, input.Read(), axis, keepdims, (g, x, y) => Shared(g, x, y, axis));

    static Tensor Shared(Tensor g, Tensor x, Tensor y, Axes? axis)
    {
        var chosen = tf.cast(equal(x, y), x.dtype);
        return g * (chosen / reduce_sum(chosen, axis, keepdims: true));
    }

    static readonly ReduceKernel Prod = new("reduce_prod", Basic.Multiply,
        r => r.IsEmpty ? 1 : TensorPrimitives.Product(r), r => r.IsEmpty ? 1 : TensorPrimitives.Product(r),
        r => r.IsEmpty ? 1 : TensorPrimitives.Product(r), r => r.IsEmpty ? 1 : TensorPrimitives.Product(r));

    /// <summary>The product over axes; 1 of nothing. Its gradients are right at zeros too, to any order.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_prod(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(Prod, input.Read(), axis, keepdims, (g, x, y) => g * ProductOfOthers(x, y, axis));

    /// <summary>
    /// For each element the product of the others: y / x, or, where there are zeros, products in which the element is replaced by 1.
    /// </summary>
    static Tensor ProductOfOthers(Tensor x, Tensor y, Axes? axis)
    {
        if (!(bool)reduce_any(equal(x, 0))) return y / x;
        var axes = x.shape.Axes(axis, "reduce_prod");
        int[] order = [.. Enumerable.Range(0, x.ndim).Except(axes), .. axes];
        var turned = tf.transpose(x, order);
        var n = axes.Aggregate(1, (p, a) => p * x.shape[a]);
        var rows = tf.reshape(turned, (-1, 1, n));
        var others = reduce_prod(tf.where(tf.eye(n, dtype: DType.Bool), 1.0, rows), -1);
        return tf.transpose(tf.reshape(others, turned.shape), Layout.Inverse(order));
    }

    static readonly ReduceKernel Any = new("reduce_any", Or, b: r => r.Contains(true));

    /// <summary>Whether any element is true over axes; false of nothing.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_any(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(Any, input.Read(), axis, keepdims, null);

    static readonly ReduceKernel All = new("reduce_all", And, b: r => !r.Contains(false));

    /// <summary>Whether all elements are true over axes; true of nothing.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_all(Operand input, Axes? axis = null, bool keepdims = false) =>
        Reduce(All, input.Read(), axis, keepdims, null);

    /// <summary>log Σ eˣ over axes without overflow; −∞ of nothing.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_logsumexp(Operand input, Axes? axis = null, bool keepdims = false)
    {
        var x = Op.Floating("reduce_logsumexp", input);
        var max = tf.stop_gradient(reduce_max(x, axis, keepdims: true));
        max = tf.where(is_finite(max), max, 0.0);
        var result = log(reduce_sum(exp(x - max), axis, keepdims: true)) + max;
        return keepdims ? result : Squeezed(result, x.shape.Axes(axis, "reduce_logsumexp"));
    }

    /// <summary>The mean squared distance from the mean over axes (divided by n, not n − 1).</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_variance(Operand input, Axes? axis = null, bool keepdims = false)
    {
        var x = Op.Floating("reduce_variance", input);
        return reduce_mean(square(x - reduce_mean(x, axis, keepdims: true)), axis, keepdims);
    }

    /// <summary>The square root of <see cref="reduce_variance"/>; its gradient is NaN where all elements are equal.</summary>
    /// <inheritdoc cref="reduce_sum"/>
    public static Tensor reduce_std(Operand input, Axes? axis = null, bool keepdims = false) =>
        sqrt(reduce_variance(input, axis, keepdims));

    /// <summary>A reduction; its rule is stated for kept axes, where everything broadcasts.</summary>
    static Tensor Reduce(ReduceKernel kernel, Tensor x, Axes? axis, bool keepdims, Vjp? vjp)
    {
        var axes = x.shape.Axes(axis, kernel.Op);
        var kept = Backend.Current.Reduce(kernel, x, axes);
        if (keepdims || axes.Length == 0) return Op.Made(kernel.Op, kept, x, vjp);
        var y = kept.View(kept.shape.Without(axes));
        return Op.Made(kernel.Op, y, x, vjp is null ? null : (g, x, y) => vjp(tf.reshape(g, kept.shape), x, tf.reshape(y, kept.shape)));
    }

    static Tensor Squeezed(Tensor y, int[] axes) =>
        axes.Length == 0 ? y : tf.reshape(y, y.shape.Without(axes));

    static readonly CumulateKernel[] Cumulative = [new(false, false), new(false, true), new(true, false), new(true, true)];

    /// <summary>The running sum along an axis.</summary>
    /// <param name="x">At least one axis.</param>
    /// <param name="axis">Default 0.</param>
    /// <param name="exclusive">Whether an element is left out of its own sum: the first is then 0.</param>
    /// <param name="reverse">Whether it runs from the last element to the first.</param>
    public static Tensor cumsum(Operand x, int axis = 0, bool exclusive = false, bool reverse = false)
    {
        var v = x.Read();
        var last = v.shape.Axis(axis, "cumsum");
        var kernel = Cumulative[(exclusive ? 2 : 0) + (reverse ? 1 : 0)];
        var rows = Layout.AxisLast(v, last);
        var y = rows.size == 0 ? tf.identity(rows)
            : Op.Made("cumsum", Backend.Current.Rows(kernel, rows), rows, (g, _, _) => cumsum(g, -1, exclusive, !reverse));
        return Layout.AxisBack(y, last);
    }
}
