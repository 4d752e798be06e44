using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Gradient descent whose learning rate is learned from successive gradients: where they agree it grows, where they oppose each other it
/// shrinks.
/// </summary>
/// <remarks>
/// The derivative of L(w − rate·g₋₁) by the rate is −g·g₋₁. Additive: rate += β·g·g₋₁, in units of the loss, so β depends on its scale.
/// Multiplicative:
/// rate *= 1 + β·cos(g, g₋₁), which does not. At rest successive gradients are orthogonal: the rate of an exact line search. Good for
/// rescuing a rate
/// that is far off; the signal dies with the gradient.
/// Judge: the training loss, one step later. Sources: Almeida et al. 1999; Baydin et al. 2018.
/// </remarks>
public sealed class LearnedRate
{
    readonly Hyperparameter beta;
    readonly bool multiplicative;
    Tensor? previous;

    /// <summary>Descent that starts with a given rate.</summary>
    /// <param name="initial">The first learning rate, above 0.</param>
    /// <param name="beta">How fast the rate is learned, above 0; below 1 for the multiplicative form.</param>
    /// <param name="multiplicative">Whether the rate changes by factors.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable; that of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public LearnedRate(Hyperparameter initial, Hyperparameter beta, bool multiplicative = false, string name = "rate",
        DType dtype = DType.Float32)
    {
        var first = initial.Fixed("LearnedRate initial");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first, nameof(initial));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)beta, nameof(beta));
        if (multiplicative && (double)beta >= 1)
            throw new ArgumentOutOfRangeException(nameof(beta), $"LearnedRate: expected a beta below 1 for factors. Received: "
                + $"{Numbers.Show((double)beta)}. Where slopes oppose each other the rate would fall to 0 or below in one step.");
        (this.beta, this.multiplicative) = (beta, multiplicative);
        // Not trainable: no gradient of a loss reaches it, its own rule moves it.
        Rate = tf.Variable(first, trainable: false, name: name, dtype: dtype);
        Judged.By(Judge.Train, this, Rate);
    }

    /// <summary>The learning rate: a scalar that is not trainable, so that no optimizer of the model moves it.</summary>
    public Variable Rate { get; }

    /// <summary>One step: the rate learns from this gradient and the last, then the weights move by it.</summary>
    /// <param name="loss">A scalar; called once.</param>
    /// <param name="weights">What to move.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">There is nothing to move.</exception>
    /// <exception cref="JudgeException">A gradient that is not finite.</exception>
    public double Step(Func<Tensor> loss, IReadOnlyList<Variable> weights)
    {
        if (weights.Count == 0)
            throw new ArgumentException($"LearnedRate '{Rate.name}': expected variables to move. Received: none. Give those that the loss "
                + "reads.", nameof(weights));
        var (value, found) = Derivatives.Of(loss, [.. weights]);
        var gradients = Derivatives.OrZeros(found, weights);
        var gradient = Derivatives.Join(gradients);
        if (!double.IsFinite((double)tf.reduce_sum(tf.abs(gradient))))
            throw new JudgeException($"LearnedRate '{Rate.name}': expected a finite gradient. Received: NaN or infinity, where the loss "
                + $"is {Numbers.Show(value)}. A step with it would make the weights and the rate NaN: a smaller first rate or beta helps where "
                + "training has diverged; a root, a norm or a power at 0 has no finite slope, tf.sqrt(x + 1e-12) has.");
        if (previous is not null)
        {
            var speed = beta.Fixed("LearnedRate beta");
            var agreement = tf.reduce_sum(gradient * previous);
            if (Judged.Of(Rate) is { } judged) judged.Gradient = -agreement;
            // Beside a gradient of 0 there is no angle: the rate stays.
            Rate.assign(multiplicative
                ? Rate * (1.0 + speed * tf.math.divide_no_nan(agreement, tf.norm(gradient) * tf.norm(previous)))
                : Rate + speed * agreement);
        }
        if ((double)Rate <= 0)
            Warnings.Once("uphill", $"LearnedRate '{Rate.name}': expected a rate above 0. Received: {Numbers.Show((double)Rate, 3)}, learned "
                + "from slopes that oppose each other; steps now go uphill. Take a smaller beta, or multiplicative: true.", this);
        previous = gradient;
        foreach (var (weight, g) in weights.Zip(gradients)) weight.assign_sub(Rate * g);
        return value;
    }
}
