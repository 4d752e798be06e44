using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class MathOps
{
    static readonly MapKernel Erf = Kernel.Precise("erf", Special.Erf);

    /// <summary>The error function 2/√π ∫₀ˣ e^−t² dt.</summary>
    public static Tensor erf(Operand x) => Op.Map(Erf, x, (g, x, _) => g * (2 / Math.Sqrt(Math.PI) * exp(-square(x))));

    static readonly MapKernel Erfc = Kernel.Precise("erfc", Special.Erfc);

    /// <summary>1 − erf(x), exact in the right tail.</summary>
    public static Tensor erfc(Operand x) => Op.Map(Erfc, x, (g, x, _) => -(g * (2 / Math.Sqrt(Math.PI) * exp(-square(x)))));

    static readonly MapKernel Lgamma = Kernel.Precise("lgamma", Special.Lgamma);

    /// <summary>log |Γ(x)|; ∞ at the poles 0, −1, −2, …, where its gradient is NaN.</summary>
    public static Tensor lgamma(Operand x) => Op.Map(Lgamma, x, (g, x, _) => g * digamma(x));

    static readonly MapKernel Digamma = Kernel.Precise("digamma", Special.Digamma);

    /// <summary>ψ(x), the derivative of log |Γ(x)|; NaN at the poles 0, −1, −2, …</summary>
    public static Tensor digamma(Operand x) => Op.Map(Digamma, x, (g, x, _) => g * polygamma(1, x));

    static readonly ZipKernel Polygamma = Kernel.Precise("polygamma", Special.Polygamma);

    /// <summary>ψ⁽ᵃ⁾(x), the a-th derivative of <see cref="digamma"/>. No gradient flows to the order a.</summary>
    /// <param name="a">The order, as floating-point whole numbers from 0 to 170; any other gives NaN. Broadcasts to x.</param>
    /// <param name="x">Any shape. At the poles 0, −1, −2, … the value is ∞ for odd orders and NaN for even ones.</param>
    public static Tensor polygamma(Operand a, Operand x) => Op.Zip(Polygamma, a, x,
        da: null,
        db: (g, a, x, _) => g * polygamma(a + 1, x));
}
