using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Powers of a positive target with a learned exponent: z = (x^λ − 1) / λ, and log x at λ = 0.</summary>
/// <remarks>
/// log(dz/dx) = (λ − 1)·log x. Divide x by its geometric mean first: the best λ is the same, and its steps are as large for every unit.
/// Source: Box and Cox 1964. R: MASS::boxcox; scipy: stats.boxcox.
/// </remarks>
/// <param name="initial">The first λ; default 1. A variable gives its value of this moment.</param>
/// <param name="name">The name of the variable.</param>
/// <param name="dtype">The element type of the variable; that of the target.</param>
public sealed class BoxCox(Hyperparameter? initial = null, string name = "lambda", DType dtype = DType.Float32)
    : LearnedTransform(initial, name, dtype)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value of x is not above 0.</exception>
    public override Tensor Apply(Operand x) => Power(Log(x), Lambda.value());

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value of x is not above 0.</exception>
    public override Tensor LogSlope(Operand x) => (Lambda - 1) * Log(x);

    static Tensor Log(Operand x)
    {
        var least = (double)tf.reduce_min(x);
        return least > 0 ? tf.log(x)
            : throw new ArgumentException(
                $"BoxCox: expected values above 0. Received: {Numbers.Show(least)} among them. "
                    + "Shift them, or take YeoJohnson, which knows both signs.");
    }
}
