using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Powers of a positive target or feature with a learned exponent: z = (x^λ − 1) / λ, and log x at λ = 0.</summary>
/// <remarks>
/// log(dz/dx) = (λ − 1)·log x. z lies above −1/λ for λ &gt; 0 and below −1/λ for λ &lt; 0; inverse: x = (1 + λz)^(1/λ).
/// Divide x by its geometric mean first, as <see cref="Unit"/> says: the best λ is the same, and its steps are as large for every unit.
/// Source: Box and Cox 1964. R: MASS::boxcox; scipy: stats.boxcox.
/// </remarks>
/// <param name="initial">The first λ; default 1. A variable gives its value of this moment. A tensor gives one λ for each column.</param>
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

    /// <inheritdoc/>
    public override (Tensor Low, Tensor High) Range => (End(Lambda.value(), positive: true), End(Lambda.value(), positive: false));

    /// <inheritdoc/>
    public override LearnedTransform At(double lambda) => new BoxCox(lambda, Lambda.name, DType.Float64);

    /// <summary>The unit in which x should be transformed: x divided by its geometric mean.</summary>
    /// <param name="x">Shape (rows, …), positive.</param>
    /// <exception cref="ArgumentException">A value is not above 0, or a column is constant.</exception>
    public override (Tensor Shift, Tensor Scale) Unit(Operand x)
    {
        var scale = tf.exp(tf.reduce_mean(Log(x), axis: 0));
        Column.Check(nameof(BoxCox), x);
        return (tf.zeros_like(scale), scale);
    }

    /// <inheritdoc/>
    protected internal override Tensor Back(Operand z) => tf.exp(Root(z.value(), Lambda.value()));

    static Tensor Log(Operand x)
    {
        if (!((double)tf.reduce_min(x) > 0))
        {
            Column.NoGaps(nameof(BoxCox), x);
            var at = Column.FirstRow(x <= 0.0)!.Value;
            throw new ArgumentException($"BoxCox: expected values above 0. Received: {Numbers.Show(at.Of(x))} in row {at.Row} "
                + "(counted from 0). Shift them, or take YeoJohnson, which knows zeros and both signs.");
        }
        return tf.log(x);
    }
}
