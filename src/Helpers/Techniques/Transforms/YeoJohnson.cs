using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Powers of values of both signs with a learned exponent: ((1 + x)^λ − 1) / λ for x ≥ 0, −((1 − x)^(2 − λ) − 1) / (2 − λ) for x &lt; 0.
/// </summary>
/// <remarks>
/// log(dz/dx) = (λ − 1)·sign(x)·log(1 + |x|). z lies below −1/λ for λ &lt; 0 and above 1/(2 − λ) for λ &gt; 2; between
/// them it has every value.
/// The unit of x matters, and the best λ is another in each: far below 1 it is nearly straight, so standardise first.
/// Source: Yeo and Johnson 2000. scikit-learn: PowerTransformer; scipy: stats.yeojohnson.
/// </remarks>
/// <param name="initial">The first λ; default 1. A variable gives its value of this moment. A tensor gives one λ for each column.</param>
/// <param name="name">The name of the variable.</param>
/// <param name="dtype">The element type of the variable; that of the target.</param>
public sealed class YeoJohnson(Hyperparameter? initial = null, string name = "lambda", DType dtype = DType.Float32)
    : LearnedTransform(initial, name, dtype)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value of x is not finite.</exception>
    public override Tensor Apply(Operand x)
    {
        Column.NoGaps(nameof(YeoJohnson), x);
        // Each branch sees 0 in place of the values of the other, where its power is 0. At 0 itself maximum passes the slope on and relu
        // does not, so it counts once.
        Tensor above = tf.math.log1p(tf.maximum(x, 0.0)), below = tf.math.log1p(tf.nn.relu(-x));
        return Power(above, Lambda.value()) - Power(below, 2 - Lambda);
    }

    /// <inheritdoc/>
    public override Tensor LogSlope(Operand x) => (Lambda - 1) * tf.sign(x) * tf.math.log1p(tf.abs(x));

    /// <inheritdoc/>
    public override (Tensor Low, Tensor High) Range => (-End(2 - Lambda, positive: false), End(Lambda.value(), positive: false));

    /// <inheritdoc/>
    public override LearnedTransform At(double lambda) => new YeoJohnson(lambda, Lambda.name, DType.Float64);

    /// <inheritdoc/>
    protected internal override Tensor Back(Operand z) =>
        tf.expm1(Root(tf.maximum(z, 0.0), Lambda.value())) - tf.expm1(Root(tf.nn.relu(-z), 2 - Lambda));
}
