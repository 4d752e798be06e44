namespace Workbook.Keras;

/// <summary>w −= rate · sign(β₁m + (1 − β₁)g), then m = β₂m + (1 − β₂)g. Chen et al. 2023. Keras: keras.optimizers.Lion.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
/// <param name="beta_2">The share of the momentum that is kept; default 0.99.</param>
[Names("lion")]
public sealed class Lion(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null)
    : Optimizer(learning_rate ?? 0.001)
{
    [Argument("beta_1")]
    readonly Hyperparameter beta1 = (beta_1 ?? 0.9).Within("beta_1", low: 0, high: 1, open: true);
    [Argument("beta_2")]
    readonly Hyperparameter beta2 = (beta_2 ?? 0.99).Within("beta_2", low: 0, high: 1, open: true);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["momentum"];

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double b1 = (double)beta1, b2 = (double)beta2;
        var next = w - lr * tf.sign(b1 * s[0] + (1 - b1) * g);
        s[0] = b2 * s[0] + (1 - b2) * g;
        return next;
    }
}
