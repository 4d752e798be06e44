using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

/// <summary>Mathematical ops: the same under <c>tf</c> and <c>tf.math</c>.</summary>
/// <remarks>
/// Elementwise ops of two inputs broadcast as NumPy does. Where a gradient rule says <c>g</c>, it is the gradient that reached the
/// result; rules are written in ops, so they can be differentiated again.
/// </remarks>
public abstract partial class MathOps
{
    private protected MathOps()
    {
    }

    /// <summary>a + b.</summary>
    public static Tensor add(Operand a, Operand b) => Op.Zip(Basic.Add, a, b,
        da: (g, _, _, _) => g,
        db: (g, _, _, _) => g);

    /// <summary>a − b.</summary>
    public static Tensor subtract(Operand a, Operand b) => Op.Zip(Basic.Subtract, a, b,
        da: (g, _, _, _) => g,
        db: (g, _, _, _) => -g);

    /// <summary>a · b.</summary>
    public static Tensor multiply(Operand a, Operand b) => Op.Zip(Basic.Multiply, a, b,
        da: (g, _, b, _) => g * b,
        db: (g, a, _, _) => g * a);

    /// <summary>a / b. Two integer tensors give float64.</summary>
    public static Tensor divide(Operand a, Operand b)
    {
        var (x, y) = Op.Match("divide", a, b);
        if (x.dtype.IsInteger()) (x, y) = (tf.cast(x, DType.Float64), tf.cast(y, DType.Float64));
        return Op.Zip(Basic.Divide, x, y,
            da: (g, _, b, _) => g / b,
            db: (g, _, b, y) => -(g * (y / b)));
    }

    /// <summary>a / b; the same as <see cref="divide"/>.</summary>
    public static Tensor truediv(Operand a, Operand b) => divide(a, b);

    /// <summary>a / b, and 0 where b is 0.</summary>
    public static Tensor divide_no_nan(Operand a, Operand b)
    {
        var (x, y) = Op.Match("divide_no_nan", a, b);
        var zero = equal(y, 0);
        return tf.where(zero, 0.0, x / tf.where(zero, 1.0, y));
    }

    static readonly ZipKernel MultiplyNoNan = new("multiply_no_nan",
        Elementwise.Zip<float, Elementwise.MultiplyNoNan<float>>, Elementwise.Zip<double, Elementwise.MultiplyNoNan<double>>);

    /// <summary>a · b, and 0 where b is 0, even if a is infinite or NaN.</summary>
    public static Tensor multiply_no_nan(Operand a, Operand b) => Op.Zip(MultiplyNoNan, a, b,
        da: (g, _, b, _) => multiply_no_nan(g, b),
        db: (g, a, _, _) => multiply_no_nan(a, g));

    static readonly ZipKernel FloorDiv = new("floordiv",
        Kernel.Zip<float>((a, b) => MathF.Floor(a / b)), Kernel.Zip<double>((a, b) => Math.Floor(a / b)),
        Kernel.Zip<int>((a, b) => (int)FloorDivided(a, b)), Kernel.Zip<long>(FloorDivided));

    /// <summary>⌊a / b⌋. It has no gradient.</summary>
    /// <exception cref="NumericException">An integer divided by zero.</exception>
    public static Tensor floordiv(Operand a, Operand b) => Op.Zip(FloorDiv, a, b, null, null);

    static long FloorDivided(long a, long b)
    {
        if (b == 0)
            throw new NumericException(
                "floordiv: integer division by zero. Cast to a floating type for infinities: tf.cast(x, tf.float32).");
        if (b == -1) return unchecked(-a);
        return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
    }

    static readonly ZipKernel FloorMod = new("floormod",
        Kernel.Zip<float>(FloorRemainder), Kernel.Zip<double>(FloorRemainder),
        Kernel.Zip<int>((a, b) => (int)(a - b * FloorDivided(a, b))), Kernel.Zip<long>((a, b) => a - b * FloorDivided(a, b)));

    static float FloorRemainder(float a, float b) => a % b is var r && r != 0 && (r < 0) != (b < 0) ? r + b : a % b;

    static double FloorRemainder(double a, double b) => a % b is var r && r != 0 && (r < 0) != (b < 0) ? r + b : a % b;

    /// <summary>a − b·⌊a / b⌋: the remainder has the sign of b.</summary>
    /// <exception cref="NumericException">An integer divided by zero.</exception>
    public static Tensor floormod(Operand a, Operand b) => Op.Zip(FloorMod, a, b,
        da: (g, _, _, _) => g,
        db: (g, a, b, _) => -(g * floordiv(a, b)));

    static readonly ZipKernel TruncateMod = new("truncatemod",
        Kernel.Zip<float>((a, b) => a % b), Kernel.Zip<double>((a, b) => a % b),
        Kernel.Zip<int>((a, b) => (int)(a - b * TruncateDivided(a, b))), Kernel.Zip<long>((a, b) => a - b * TruncateDivided(a, b)));

    static long TruncateDivided(long a, long b) =>
        b == 0 ? throw new NumericException("truncatemod: integer division by zero. Cast to a floating type first: tf.cast(x, tf.float32).")
        : b == -1 ? unchecked(-a) : a / b;

    /// <summary>The remainder with the sign of a, as C#'s % has it.</summary>
    /// <exception cref="NumericException">An integer divided by zero.</exception>
    public static Tensor truncatemod(Operand a, Operand b) => Op.Zip(TruncateMod, a, b,
        da: (g, _, _, _) => g,
        db: (g, a, b, _) => -(g * tf.stop_gradient((a - truncatemod(a, b)) / b)));

    /// <summary>−x.</summary>
    public static Tensor negative(Operand x) => Op.Map(Basic.Negative, x, (g, _, _) => -g);

    static readonly MapKernel Abs = new("abs", TensorPrimitives.Abs, TensorPrimitives.Abs, Kernel.Map<int>(x => x < 0 ? unchecked(-x) : x),
        Kernel.Map<long>(x => x < 0 ? unchecked(-x) : x));

    /// <summary>|x|; the gradient at 0 is 0.</summary>
    public static Tensor abs(Operand x) => Op.Map(Abs, x, (g, x, _) => g * sign(x));

    static readonly MapKernel Sign = new("sign",
        Kernel.Map<float>(x => x > 0 ? 1 : x < 0 ? -1 : x), Kernel.Map<double>(x => x > 0 ? 1 : x < 0 ? -1 : x),
        Kernel.Map<int>(Math.Sign), Kernel.Map<long>(x => Math.Sign(x)));

    /// <summary>−1, 0 or 1; NaN stays NaN. The gradient is 0.</summary>
    public static Tensor sign(Operand x) => Op.Map(Sign, x, (_, x, _) => tf.zeros_like(x));

    /// <summary>x².</summary>
    public static Tensor square(Operand x) => Op.Map(Basic.Square, x, (g, x, _) => g * (2 * x));

    /// <summary>(a − b)².</summary>
    public static Tensor squared_difference(Operand a, Operand b) => square(subtract(a, b));

    static readonly MapKernel Reciprocal = new("reciprocal", TensorPrimitives.Reciprocal, TensorPrimitives.Reciprocal);

    /// <summary>1 / x. A gradient of 0 from above stays 0, also where x is 0.</summary>
    public static Tensor reciprocal(Operand x) => Op.Map(Reciprocal, x,
        (g, x, y) => RootGradient(g, x, -1, -2) ?? -multiply_no_nan(square(y), g));

    /// <summary>√x; NaN for x &lt; 0. A gradient of 0 from above stays 0 even there.</summary>
    public static Tensor sqrt(Operand x) => Op.Map(Basic.Sqrt, x,
        (g, x, y) => RootGradient(g, x, 0.5, -0.5) ?? multiply_no_nan(0.5 / y, g));

    static readonly MapKernel Rsqrt = new("rsqrt", Kernel.Map<float>(x => (float)(1 / Math.Sqrt(x))),
        Kernel.Map<double>(x => 1 / Math.Sqrt(x)));

    /// <summary>1 / √x; NaN for x &lt; 0. A gradient of 0 from above stays 0 even there.</summary>
    public static Tensor rsqrt(Operand x) => Op.Map(Rsqrt, x,
        (g, x, y) => RootGradient(g, x, -0.5, -1.5) ?? multiply_no_nan(-0.5 * (y * square(y)), g));

    /// <summary>
    /// factor·xᵖ·g, in a form whose gradients of every order are 0 where g is 0; null while no tape records, when a shorter form will do.
    /// </summary>
    static Tensor? RootGradient(Tensor g, Tensor x, double factor, double p) =>
        Autodiff.TapeSet.Recording(g.Tapes, x.Tapes) is null ? null : multiply_no_nan(Root(x, factor, p), g);

    static Tensor Root(Tensor x, double factor, double p)
    {
        Tensor y;
        using (Autodiff.TapeSet.Suspend()) y = factor * pow(x, p);
        return Op.Made("pow", y, x, (g, x, _) => multiply_no_nan(Root(x, factor * p, p - 1), g));
    }

    static readonly ZipKernel Maximum = new("maximum", TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max,
        TensorPrimitives.Max);

    /// <summary>The larger of a and b; NaN if one is. At a tie the whole gradient goes to a, at a NaN to b.</summary>
    public static Tensor maximum(Operand a, Operand b) => Op.Zip(Maximum, a, b,
        da: (g, a, b, _) => tf.where(a >= b, g, 0.0),
        db: (g, a, b, _) => tf.where(a >= b, 0.0, g));

    static readonly ZipKernel Minimum = new("minimum", TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min,
        TensorPrimitives.Min);

    /// <summary>The smaller of a and b; NaN if one is. At a tie the whole gradient goes to a, at a NaN to b.</summary>
    public static Tensor minimum(Operand a, Operand b) => Op.Zip(Minimum, a, b,
        da: (g, a, b, _) => tf.where(a <= b, g, 0.0),
        db: (g, a, b, _) => tf.where(a <= b, 0.0, g));

    static readonly ZipKernel ClipLow = new("maximum_keeping_nan", TensorPrimitives.Max, TensorPrimitives.Max, TensorPrimitives.Max,
        TensorPrimitives.Max);
    static readonly ZipKernel ClipHigh = new("minimum_keeping_nan", TensorPrimitives.Min, TensorPrimitives.Min, TensorPrimitives.Min,
        TensorPrimitives.Min);

    /// <summary>
    /// x limited to [min, max]. The gradient passes at the bounds and inside; NaN stays NaN with gradient 0. The bounds may be variables.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="clip_value_min">The lower bound; broadcasts to x.</param>
    /// <param name="clip_value_max">The upper bound; broadcasts to x.</param>
    public static Tensor clip_by_value(Operand x, Operand clip_value_min, Operand clip_value_max)
    {
        var low = Op.Zip(ClipHigh, x, clip_value_max,
            da: (g, x, max, _) => tf.where(x <= max, g, 0.0),
            db: (g, x, max, _) => tf.where(x > max, g, 0.0));
        return Op.Zip(ClipLow, low, clip_value_min,
            da: (g, x, min, _) => tf.where(x >= min, g, 0.0),
            db: (g, x, min, _) => tf.where(x < min, g, 0.0));
    }

    /// <summary>The sum of several tensors of one shape. TensorFlow: tf.add_n.</summary>
    /// <exception cref="ArgumentException">No tensor.</exception>
    /// <exception cref="ShapeException">Shapes differ.</exception>
    public static Tensor add_n(IEnumerable<Operand> inputs)
    {
        var xs = Op.Match("add_n", inputs);
        if (xs.Length == 0) throw new ArgumentException("add_n: expected at least one tensor. Received: none.");
        var different = Array.Find(xs, x => x.shape != xs[0].shape);
        if (different is not null)
            throw new ShapeException($"add_n: expected tensors of one shape. Received: {xs[0].shape} and {different.shape}.");
        return xs.Length == 1 ? tf.identity(xs[0]) : xs.Aggregate((a, b) => add(a, b));
    }
}
