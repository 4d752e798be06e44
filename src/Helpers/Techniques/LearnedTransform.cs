using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A transformation of the target with a learned shape λ, and the term that charges for it: the logarithm of its slope.</summary>
/// <remarks>
/// Loss: ½·log(mean of squared residuals of z) − mean log(dz/dx), the negative log-likelihood of normal residuals, up to a constant.
/// Without its second
/// term the loss is monotone in λ: squeezing all values together is the cheapest fit.
/// Judge: a normalised likelihood. Source: Box and Cox 1964.
/// </remarks>
public abstract class LearnedTransform : Module
{
    private protected LearnedTransform(Hyperparameter? initial, string name, DType dtype) =>
        Lambda = tf.Variable((initial ?? 1).Fixed($"{GetType().Name} initial"), name: name, dtype: dtype);

    /// <summary>λ, a scalar: trains with the weights of the model. At 1 the shape is unchanged.</summary>
    public Variable Lambda { get; }

    /// <summary>z, of the shape of x. Differentiable by x and by λ.</summary>
    /// <param name="x">The values to transform.</param>
    public abstract Tensor Apply(Operand x);

    /// <summary>log(dz/dx), of the shape of x.</summary>
    /// <param name="x">The values to transform.</param>
    public abstract Tensor LogSlope(Operand x);

    /// <summary>The negative log-likelihood of a target whose transform is normal around one mean, a scalar.</summary>
    /// <param name="x">The target.</param>
    public Tensor Loss(Operand x) => Loss(x, z => z - tf.reduce_mean(z));

    /// <summary>The negative log-likelihood of a target whose transform is normal around the predictions of a model, a scalar.</summary>
    /// <param name="x">The target.</param>
    /// <param name="residuals">What is left of the transformed target: z minus its predictions.</param>
    public Tensor Loss(Operand x, Func<Tensor, Tensor> residuals) =>
        0.5 * tf.log(tf.reduce_mean(tf.square(residuals(Apply(x))))) - tf.reduce_mean(LogSlope(x));

    /// <summary>(exp(p·t) − 1) / p, which is t at p = 0: the power of a value whose logarithm is t.</summary>
    private protected static Tensor Power(Tensor t, Tensor p)
    {
        var u = p * t;
        var near = tf.abs(u) < Near;
        // Both branches are differentiated, so the quotient must not meet its 0/0.
        var divisor = tf.where(near, tf.ones_like(u), p);
        return tf.where(near, t * (1 + u * (1.0 / 2 + u * (1.0 / 6 + u * (1.0 / 24 + u / 120)))), tf.expm1(u) / divisor);
    }

    // The series is then good to 1e-14 with its gradient, and the quotient beyond to 1e-12 in float64, 1e-4 in float32.
    const double Near = 1e-3;
}
