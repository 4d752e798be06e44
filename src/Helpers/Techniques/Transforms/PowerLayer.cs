using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// A power whose exponent may be learned, defined for every x: |x|ᵖ with the sign of x. In a model: <c>new PowerLayer(p).Apply(x)</c>.
/// </summary>
/// <remarks>
/// x ↦ x · (x² + blur²)^((p − 1)/2). The base is positive, so no exponent gives NaN, and the value and both gradients are continuous
/// everywhere: at 0
/// the slope is blur^(p − 1), where |x|ᵖ itself has 0 or no end. For p = 1 it is x, exactly. Away from 0 it is the power up to a
/// factor of about 1 + (p − 1)/2 · (blur/x)². It takes −x for the mirror image of x; where a sign means something else, shift the inputs
/// above 0.
/// Judge: the loss of the model. An exponent is sound there as long as |x| varies: at |x| = 1 no exponent can be told from another.
/// </remarks>
/// <param name="exponent">
/// p: a number, a variable, which the model owns and trains, or a function of variables such as <c>Hyperparameter.Of(() =&gt;
/// tf.nn.softplus(raw))</c>.
/// A scalar, or one number for each feature: <c>tf.Variable(tf.ones(3))</c>.
/// </param>
/// <param name="blur">The distance from 0, in the unit of x, below which the power turns into a straight line; default 0.001, for inputs of
/// about 1. May be a variable, which the model owns and trains.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentOutOfRangeException">The blur is not positive.</exception>
public sealed class PowerLayer(Hyperparameter exponent, Hyperparameter? blur = null, string? name = null) : Layer(name)
{
    readonly Hyperparameter exponent = exponent;
    readonly Hyperparameter blur = Sharp(blur) is { } zero ? throw new ArgumentOutOfRangeException(nameof(blur), zero,
        "PowerLayer: expected a positive blur, such as 0.001. The gradient has no end at 0 without one.")
            : (blur ?? 1e-3).Within("PowerLayer blur", low: 0, broadcasts: true);

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) =>
        inputs * tf.pow(tf.square(inputs) + tf.square(blur.value(inputs.dtype)), (exponent.value(inputs.dtype) - 1) / 2);

    /// <summary>The first blur that is not positive.</summary>
    static double? Sharp(Hyperparameter? blur) =>
        blur is null ? null : blur.Number is { } n ? n > 0 ? null : n
            : blur.value().ToArray<double>().Cast<double?>().FirstOrDefault(b => !(b > 0));
}
