namespace Workbook.Keras;

/// <summary>
/// Steps whose size follows from the sizes of earlier steps and gradients. Zeiler 2012. Keras: keras.optimizers.Adadelta.
/// </summary>
/// <remarks>Gₜ = ρG + (1−ρ)g²; Δ = −g·√(D + ε)/√(Gₜ + ε); D = ρD + (1−ρ)Δ²; w += rate·Δ.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="rho">The share of the averages that is kept; default 0.95.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
[Names("adadelta")]
public sealed class Adadelta(LearningRate? learning_rate = null, Hyperparameter? rho = null, Hyperparameter? epsilon = null)
    : Optimizer(learning_rate ?? 0.001)
{
    [Argument("rho")]
    readonly Hyperparameter kept = (rho ?? 0.95).Within("rho", low: 0, high: 1);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["accumulated_grad", "accumulated_delta_var"];

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double r = (double)kept, e = (double)small;
        var gradients = s[0] = r * s[0] + (1 - r) * tf.square(g);
        var step = -(g * tf.sqrt(s[1] + e) / tf.sqrt(gradients + e));
        s[1] = r * s[1] + (1 - r) * tf.square(step);
        return w + lr * step;
    }
}
