namespace Workbook.Keras;

/// <summary>The gradient divided by the root of a moving average of its square. Hinton 2012. Keras: keras.optimizers.RMSprop.</summary>
/// <remarks>ε is inside the root.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="rho">The share of the average that is kept; default 0.9.</param>
/// <param name="momentum">Default 0.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
/// <param name="centered">Whether the variance is used in place of the mean square.</param>
[Names("rmsprop")]
public sealed class RMSprop(LearningRate? learning_rate = null, Hyperparameter? rho = null, Hyperparameter? momentum = null,
    Hyperparameter? epsilon = null, bool centered = false) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("rho")]
    readonly Hyperparameter kept = (rho ?? 0.9).Within("rho", low: 0, high: 1);
    readonly Hyperparameter momentum = (momentum ?? 0).Within("momentum", low: 0, high: 1);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["velocity", "momentum", "average_gradient"];

    private protected override int[][] SlotGroups => [[0], .. (double)momentum > 0 ? new[] { new[] { 1 } } : [],
        .. centered ? new[] { new[] { 2 } } : []];

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double r = (double)kept, mu = (double)momentum;
        var v = s[0] = r * s[0] + (1 - r) * tf.square(g);
        if (centered)
        {
            var mean = s[2] = r * s[2] + (1 - r) * g;
            v -= tf.square(mean);
        }
        var step = lr * g / tf.sqrt(v + (double)small);
        if (mu > 0) step = s[1] = mu * s[1] + step;
        return w - step;
    }
}
