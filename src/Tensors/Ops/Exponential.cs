using System.Numerics.Tensors;
using Workbook.Tensors.Autodiff;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class MathOps
{
    static readonly MapKernel Exp = new("exp", TensorPrimitives.Exp, TensorPrimitives.Exp);

    /// <summary>eˣ.</summary>
    public static Tensor exp(Operand x) => Op.Map(Exp, x, (g, _, y) => g * y);

    static readonly MapKernel Log = new("log", TensorPrimitives.Log, TensorPrimitives.Log);

    /// <summary>The natural logarithm; −∞ at 0, NaN below. TensorFlow: tf.math.log.</summary>
    public static Tensor log(Operand x) => Op.Map(Log, x, (g, x, _) => g * reciprocal(x));

    static readonly MapKernel Expm1 = Kernel.Precise("expm1", Special.Expm1);

    /// <summary>eˣ − 1, exact for small x.</summary>
    public static Tensor expm1(Operand x) => Op.Map(Expm1, x, (g, x, _) => g * exp(x));

    static readonly MapKernel Log1p = Kernel.Precise("log1p", Special.Log1p);

    /// <summary>log(1 + x), exact for small x; −∞ at −1, NaN below.</summary>
    public static Tensor log1p(Operand x) => Op.Map(Log1p, x, (g, x, _) => g / (1 + x));

    static readonly MapKernel Sigmoid = new("sigmoid", TensorPrimitives.Sigmoid, Kernel.Map<double>(Special.Sigmoid));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Tensor sigmoid(Operand x) => Op.Map(Sigmoid, x, (g, _, y) => SigmoidGradient(g, y));

    static readonly ZipKernel SigmoidBack = new("sigmoid_grad", Elementwise.Zip<float, Elementwise.SigmoidGradient<float>>,
        Elementwise.Zip<double, Elementwise.SigmoidGradient<double>>);

    /// <summary>g·y·(1 − y) in one pass.</summary>
    static Tensor SigmoidGradient(Tensor g, Tensor y) => Op.Zip(SigmoidBack, g, y,
        da: (u, _, y, _) => SigmoidGradient(u, y),
        db: (u, g, y, _) => u * g * (1 - 2 * y));

    static readonly MapKernel Softplus = Kernel.Precise("softplus", Special.Softplus);

    /// <summary>log(1 + eˣ) without overflow: positive for every x, about x for large x.</summary>
    public static Tensor softplus(Operand x) => Op.Map(Softplus, x, (g, x, _) => g * sigmoid(x));

    /// <summary>log(1 / (1 + e⁻ˣ)) without overflow.</summary>
    public static Tensor log_sigmoid(Operand x) => -softplus(-x);

    /// <summary>x / (1 + |x|).</summary>
    public static Tensor softsign(Operand x)
    {
        var v = x.Read();
        return v / (1 + abs(v));
    }

    static readonly ZipKernel Pow = new("pow", TensorPrimitives.Pow, Kernel.Zip<double>(Math.Pow),
        Kernel.Zip<int>((a, b) => (int)IntegerPower(a, b)), Kernel.Zip<long>(IntegerPower));

    /// <summary>aᵇ. NaN for a negative base and a fractional exponent.</summary>
    /// <remarks>
    /// The gradient by the base is b·aᵇ⁻¹; a factor of exactly 0 wins over an infinite one, so that whole powers have the derivatives of
    /// their
    /// monomial at 0, in every order. The gradient by the exponent is aᵇ·log a, and 0 for a ≤ 0 as in TensorFlow. When a followed exponent
    /// meets
    /// a negative base and the result is NaN, a warning says so once and names the variable.
    /// </remarks>
    /// <exception cref="NumericException">A negative power of an integer.</exception>
    public static Tensor pow(Operand a, Operand b)
    {
        var y = Op.Zip(Pow, a, b,
            da: (g, a, b, _) => g * PowerSlope(a, b, 1),
            db: (g, a, _, y) => g * (y * LogOrZero(a)));
        if (y.Node is not null && b.Read() is { Tapes: not null } exponent) WarnOfNegativeBase(a.Read(), exponent, y);
        return y;
    }

    /// <summary>Speaks up when a followed exponent has met a negative base and made NaN.</summary>
    static void WarnOfNegativeBase(Tensor @base, Tensor exponent, Tensor result)
    {
        var nan = result.dtype == DType.Float64 ? TensorPrimitives.IsNaNAny(result.AsSpan<double>())
            : TensorPrimitives.IsNaNAny(result.AsSpan<float>());
        if (!nan) return;
        var lowest = @base.dtype == DType.Float64 ? TensorPrimitives.Min(@base.AsSpan<double>())
            : TensorPrimitives.Min(@base.AsSpan<float>());
        if (!(lowest < 0)) return;
        var origins = exponent.Origins().Distinct().ToList();
        var names = string.Join(", ", origins.Select(v => $"'{v.name}'").Distinct());
        Warnings.Once("pow:" + names,
            $"pow: a negative base ({lowest:G4}) under the fractional exponent{(names.Length > 0 ? " " + names : "")} gives NaN, "
            + "and its gradient will make the exponent NaN too. "
            + "Use tf.signed_pow(x, p), or shift the inputs above 0.", origins.FirstOrDefault());
    }

    /// <summary>
    /// The k-th derivative of aᵇ by a: b(b − 1)…(b − k + 1)·aᵇ⁻ᵏ, and 0 where that product is 0, even if the power is infinite.
    /// </summary>
    static Tensor PowerSlope(Tensor a, Tensor b, int k)
    {
        Tensor y;
        using (Autodiff.TapeSet.Suspend()) y = multiply_no_nan(pow(a, b - k), Falling(b, k));
        return Op.Made("pow", y, a, b,
            da: (g, a, b, _) => g * PowerSlope(a, b, k + 1),
            db: (g, a, b, y) =>
            {
                var byFactor = Enumerable.Range(0, k).Select(i => Falling(b, k, without: i)).Aggregate((s, f) => s + f);
                return g * (multiply_no_nan(pow(a, b - k), byFactor) + y * LogOrZero(a));
            });
    }

    /// <summary>b(b − 1)…(b − k + 1), without one of the factors.</summary>
    static Tensor Falling(Tensor b, int k, int without = -1)
    {
        Tensor? product = null;
        for (var i = 0; i < k; i++)
        {
            if (i == without) continue;
            var factor = i == 0 ? b : b - i;
            product = product is null ? factor : product * factor;
        }
        return product ?? tf.ones_like(b);
    }

    static Tensor LogOrZero(Tensor a) => tf.where(a > 0, log(tf.where(a > 0, a, 1.0)), 0.0);

    static long IntegerPower(long a, long b)
    {
        if (b < 0)
            throw new NumericException(
                "pow: expected exponents of at least 0 for integers. Received: a negative one. "
                    + "Cast to a floating type: tf.cast(x, tf.float32).");
        long result = 1;
        for (; b > 0; b >>= 1, a = unchecked(a * a))
            if ((b & 1) == 1) result = unchecked(result * a);
        return result;
    }

    /// <summary>|x|ᵖ with the sign of x: defined and smooth in p for every x. Ours; the sign-safe form of a learned power.</summary>
    /// <remarks>
    /// The slope is p·|x|ᵖ⁻¹; at 0 that is 1 for p = 1, and counts as 0 for p &lt; 1, where it is infinite. So do those of higher orders.
    /// </remarks>
    /// <param name="x">Any real numbers.</param>
    /// <param name="p">The exponent; broadcasts to x.</param>
    /// <param name="epsilon">Above 0: x·(x² + ε)^((p − 1)/2), which is smooth at 0 too, and x itself at p = 1. Default 0: exact.</param>
    public static Tensor signed_pow(Operand x, Operand p, Operand? epsilon = null)
    {
        var (v, power) = Op.Match("signed_pow", x, p);
        if (epsilon is not (null or Tensor { IsWeak: true, Number: <= 0 })) return v * pow(square(v) + epsilon, (power - 1) * 0.5);
        return PowerOfSize(v, power, signed: true);
    }

    /// <summary>|x|ᵖ, with the sign of x or without; 0 at x = 0 where a power would be infinite. Each is the other's slope.</summary>
    static Tensor PowerOfSize(Tensor x, Tensor p, bool signed)
    {
        Tensor y;
        using (Autodiff.TapeSet.Suspend())
        {
            var power = pow(abs(x), p);
            y = signed ? tf.where(equal(x, 0), 0.0, sign(x) * power) : tf.where(logical_and(equal(x, 0), p < 0), 0.0, power);
        }
        return Op.Made("signed_pow", y, x, p,
            da: (g, x, p, _) => g * (p * PowerOfSize(x, p - 1, !signed)),
            db: (g, x, _, y) => g * (y * log(tf.where(equal(x, 0), 1.0, abs(x)))));
    }
}
