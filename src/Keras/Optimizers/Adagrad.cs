namespace Workbook.Keras;

/// <summary>w −= rate · g / √(a + ε) with a the sum of all squared gradients. Duchi et al. 2011. Keras: keras.optimizers.Adagrad.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="initial_accumulator_value">Where the sum starts; default 0.1; at least 0; read when a variable is first moved.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
[Names("adagrad")]
public sealed class Adagrad(LearningRate? learning_rate = null, Hyperparameter? initial_accumulator_value = null,
    Hyperparameter? epsilon = null) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("initial_accumulator_value")]
    readonly Hyperparameter start = (initial_accumulator_value ?? 0.1).Within("initial_accumulator_value", low: 0);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);

    /// <inheritdoc/>
    protected override string[] SlotNames => ["accumulator"];

    /// <inheritdoc/>
    protected override Tensor FirstSlot(int slot, Tensor w) => tf.fill(w.shape, (double)start, w.dtype);

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var a = s[0] = s[0] + tf.square(g);
        return w - lr * g / tf.sqrt(a + (double)small);
    }
}
