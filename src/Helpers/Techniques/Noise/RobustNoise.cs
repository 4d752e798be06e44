using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A loss between that of Cauchy (α = 0) and the squared error (α = 2), with α and the scale learned.</summary>
/// <remarks>
/// ρ(z, α) = (2 − α)/α · ((z²/(2 − α) + 1)^(α/2) − 1): log(z²/2 + 1) at 0, √(z² + 1) − 1 at 1, z²/2 at 2. ρ alone is smaller the smaller α
/// is, whatever the data: without log Z(α) = log ∫ exp(−ρ(z, α)) dz nothing keeps α from its lower end. Below 0 there is no density.
/// Judge: a normalised likelihood. Source: Barron 2019.
/// </remarks>
public sealed class RobustNoise : LearnedNoise
{
    // z = sinh t: the tails, which fall as 1/z² at the slowest, become exponential, and equal steps of t converge fast.
    const double Reach = 40, Step = 1.0 / 32;
    static readonly double[] Times = [.. Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(i => i * Step - Reach)];
    static readonly Tensor Places = tf.constant(Array.ConvertAll(Times, Math.Sinh));
    static readonly Tensor LogWeights = tf.constant(Array.ConvertAll(Times, t => Math.Log(Math.Cosh(t) * Step)));

    /// <summary>Noise whose tails are learned.</summary>
    /// <param name="alpha">The first α, between 0 and 2; default 1.</param>
    /// <param name="scales">How many scales: 1 (default), or as many as outputs. There is one α.</param>
    /// <param name="scale">The first scale, above 0; default 1.</param>
    /// <param name="name">The name in messages, and before that of the variables.</param>
    public RobustNoise(Hyperparameter? alpha = null, int scales = 1, Hyperparameter? scale = null, string name = "robust_noise")
        : base(scales, scale, name) =>
        Alpha = new(tf.constant((alpha ?? 1).Fixed("RobustNoise alpha"), keras.config.floatx()), 0, 2, name + "_alpha",
            keras.config.floatx());

    /// <summary>α, a scalar between 0 and 2.</summary>
    public Bounded Alpha { get; }

    // An end to which α was rounded is none to begin at.
    [Argument("alpha")]
    double NowAlpha => Math.Clamp((double)Alpha.Value, 1e-6, 2 - 1e-6);

    /// <inheritdoc/>
    public override Tensor Cost(Tensor residual)
    {
        // The square of a large residual has no place in float32, where its cost has.
        var alpha = tf.cast(Alpha.Value, tf.float64);
        return tf.cast(Rho(tf.cast(residual, tf.float64), alpha) + LogPartition(alpha), residual.dtype);
    }

    /// <summary>ρ(z, α), element by element.</summary>
    /// <param name="z">Residuals in units of the scale.</param>
    /// <param name="alpha">α from 0 to 2, a scalar.</param>
    public static Tensor Rho(Operand z, Operand alpha)
    {
        var a = alpha.value();
        // At the ends themselves the formula is 0/0; so near to them it is right to twelve digits.
        var b = tf.maximum(2 - a, 1e-12);
        var log = tf.math.log1p(tf.square(z) / b);
        return b / 2 * log * ExpRatio(a / 2 * log);
    }

    /// <summary>log Z(α) = log ∫ exp(−ρ(z, α)) dz: log π√2 at 0, log 2eK₁(1) at 1, log √(2π) at 2; in float64.</summary>
    /// <param name="alpha">α from 0 to 2, a scalar.</param>
    public static Tensor LogPartition(Operand alpha) =>
        tf.reduce_logsumexp(LogWeights - Rho(Places, tf.cast(alpha, tf.float64)));

    /// <summary>(eᵘ − 1)/u for u from 0 on.</summary>
    static Tensor ExpRatio(Tensor u)
    {
        var small = tf.less(u, 1e-4);
        var safe = tf.where(small, tf.ones_like(u), u);
        return tf.where(small, 1 + u / 2 + tf.square(u) / 6, tf.math.expm1(safe) / safe);
    }
}
