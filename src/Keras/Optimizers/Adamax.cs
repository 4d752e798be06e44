namespace Workbook.Keras;

/// <summary>
/// Adam with the largest gradient so far in place of the root mean square. Kingma and Ba 2014. Keras: keras.optimizers.Adamax.
/// </summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
/// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
[Names("adamax")]
public sealed class Adamax(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null,
    Hyperparameter? epsilon = null) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("beta_1")]
    readonly Hyperparameter beta1 = (beta_1 ?? 0.9).Within("beta_1", low: 0, high: 1, open: true);
    [Argument("beta_2")]
    readonly Hyperparameter beta2 = (beta_2 ?? 0.999).Within("beta_2", low: 0, high: 1, open: true);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["momentum", "norm"];

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double b1 = (double)beta1, b2 = (double)beta2;
        var m = s[0] = s[0] + (g - s[0]) * (1 - b1);
        var u = s[1] = tf.maximum(b2 * s[1], tf.abs(g));
        return w - lr * m / ((1 - Math.Pow(b1, t)) * (u + (double)small));
    }
}
