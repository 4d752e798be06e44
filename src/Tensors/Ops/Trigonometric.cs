using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class MathOps
{
    static readonly MapKernel Sin = Kernel.Precise("sin", Math.Sin);

    /// <summary>The sine of an angle in radians.</summary>
    public static Tensor sin(Operand x) => Op.Map(Sin, x, (g, x, _) => g * cos(x));

    static readonly MapKernel Cos = Kernel.Precise("cos", Math.Cos);

    /// <summary>The cosine of an angle in radians.</summary>
    public static Tensor cos(Operand x) => Op.Map(Cos, x, (g, x, _) => -(g * sin(x)));

    static readonly MapKernel Tan = Kernel.Precise("tan", Math.Tan);

    /// <summary>The tangent of an angle in radians.</summary>
    public static Tensor tan(Operand x) => Op.Map(Tan, x, (g, _, y) => g * (1 + square(y)));

    static readonly MapKernel Asin = Kernel.Precise("asin", Math.Asin);

    /// <summary>The angle in radians whose sine is x; NaN outside [−1, 1].</summary>
    public static Tensor asin(Operand x) => Op.Map(Asin, x, (g, x, _) => g * reciprocal(sqrt(1 - square(x))));

    static readonly MapKernel Acos = Kernel.Precise("acos", Math.Acos);

    /// <summary>The angle in radians whose cosine is x; NaN outside [−1, 1].</summary>
    public static Tensor acos(Operand x) => Op.Map(Acos, x, (g, x, _) => -(g * reciprocal(sqrt(1 - square(x)))));

    static readonly MapKernel Atan = Kernel.Precise("atan", Math.Atan);

    /// <summary>The angle in radians whose tangent is x.</summary>
    public static Tensor atan(Operand x) => Op.Map(Atan, x, (g, x, _) => g / (1 + square(x)));

    static readonly ZipKernel Atan2 = Kernel.Precise("atan2", Math.Atan2);

    /// <summary>The angle in radians of the point (x, y), from −π to π.</summary>
    public static Tensor atan2(Operand y, Operand x) => Op.Zip(Atan2, y, x,
        da: (g, y, x, _) => x * (g / (square(x) + square(y))),
        db: (g, y, x, _) => -y * (g / (square(x) + square(y))));

    static readonly MapKernel Sinh = Kernel.Precise("sinh", Math.Sinh);

    /// <summary>The hyperbolic sine.</summary>
    public static Tensor sinh(Operand x) => Op.Map(Sinh, x, (g, x, _) => g * cosh(x));

    static readonly MapKernel Cosh = Kernel.Precise("cosh", Math.Cosh);

    /// <summary>The hyperbolic cosine.</summary>
    public static Tensor cosh(Operand x) => Op.Map(Cosh, x, (g, x, _) => g * sinh(x));

    static readonly MapKernel Tanh = new("tanh", TanhOf, Kernel.Map<double>(Math.Tanh));

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor tanh(Operand x) => Op.Map(Tanh, x, (g, _, y) => TanhGradient(g, y));

    static readonly ZipKernel TanhBack = new("tanh_grad", Elementwise.Zip<float, Elementwise.TanhGradient<float>>,
        Elementwise.Zip<double, Elementwise.TanhGradient<double>>);

    /// <summary>g·(1 − y²) in one pass.</summary>
    static Tensor TanhGradient(Tensor g, Tensor y) => Op.Zip(TanhBack, g, y,
        da: (u, _, y, _) => TanhGradient(u, y),
        db: (u, g, y, _) => -2 * (u * g * y));

    static void TanhOf(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Tanh(x, y);
        // Its error is absolute, 5e-8, so that tanh(1e-8) would be 0. The series is exact to 3e-9 below 0.1.
        for (var i = 0; i < x.Length; i++)
            if (MathF.Abs(x[i]) < 0.1f && x[i] * x[i] is var s) y[i] = x[i] * (1 - s * (1 / 3f - s * (2 / 15f - s * (17 / 315f))));
    }

    static readonly MapKernel Asinh = Kernel.Precise("asinh", Math.Asinh);

    /// <summary>The inverse of <see cref="sinh"/>.</summary>
    public static Tensor asinh(Operand x) => Op.Map(Asinh, x, (g, _, y) => g / cosh(y));

    static readonly MapKernel Acosh = Kernel.Precise("acosh", Math.Acosh);

    /// <summary>The inverse of <see cref="cosh"/> for x ≥ 1; NaN below.</summary>
    public static Tensor acosh(Operand x) => Op.Map(Acosh, x, (g, _, y) => g / sinh(y));

    static readonly MapKernel Atanh = Kernel.Precise("atanh", Math.Atanh);

    /// <summary>The inverse of <see cref="tanh"/>; NaN outside [−1, 1].</summary>
    public static Tensor atanh(Operand x) => Op.Map(Atanh, x, (g, x, _) => g / (1 - square(x)));
}
