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
}
