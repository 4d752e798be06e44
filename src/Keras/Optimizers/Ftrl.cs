namespace Workbook.Keras;

/// <summary>
/// Follow the regularized leader: sparse weights by an L1 term in the rule itself. McMahan et al. 2013. Keras: keras.optimizers.Ftrl.
/// </summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="learning_rate_power">At most 0; default −0.5.</param>
/// <param name="initial_accumulator_value">At least 0; default 0.1; read when a variable is first moved.</param>
/// <param name="l1_regularization_strength">At least 0; default 0.</param>
/// <param name="l2_regularization_strength">At least 0; default 0.</param>
/// <param name="l2_shrinkage_regularization_strength">At least 0; default 0.</param>
/// <param name="beta">Default 0.</param>
[Names("ftrl")]
public sealed class Ftrl(LearningRate? learning_rate = null, Hyperparameter? learning_rate_power = null,
    Hyperparameter? initial_accumulator_value = null,
    Hyperparameter? l1_regularization_strength = null, Hyperparameter? l2_regularization_strength = null,
    Hyperparameter? l2_shrinkage_regularization_strength = null, Hyperparameter? beta = null) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("learning_rate_power")]
    readonly Hyperparameter power = (learning_rate_power ?? -0.5).Within("learning_rate_power", high: 0);
    [Argument("initial_accumulator_value")]
    readonly Hyperparameter start = (initial_accumulator_value ?? 0.1).Within("initial_accumulator_value", low: 0);
    [Argument("l1_regularization_strength")]
    readonly Hyperparameter l1 = (l1_regularization_strength ?? 0).Within("l1_regularization_strength", low: 0);
    [Argument("l2_regularization_strength")]
    readonly Hyperparameter l2 = (l2_regularization_strength ?? 0).Within("l2_regularization_strength", low: 0);
    [Argument("l2_shrinkage_regularization_strength")]
    readonly Hyperparameter shrinkage = (l2_shrinkage_regularization_strength ?? 0).Within("l2_shrinkage_regularization_strength", low: 0);
    [Argument("beta")]
    readonly Hyperparameter smoothing = (beta ?? 0).Within("beta");

    /// <inheritdoc/>
    protected override string[] SlotNames => ["accumulator", "linear"];

    /// <inheritdoc/>
    protected override Tensor FirstSlot(int slot, Tensor w) => slot == 0 ? tf.fill(w.shape, (double)start, w.dtype) : tf.zeros_like(w);

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double p = (double)power, strength = (double)l1;
        var shrunk = g + 2 * (double)shrinkage * w;
        var a = s[0] + tf.square(g);
        var (before, after) = (tf.pow(s[0], -p), tf.pow(a, -p));
        var z = s[1] = s[1] + shrunk - (after - before) / lr * w;
        s[0] = a;
        var quadratic = after / lr + 2 * ((double)l2 + (double)smoothing / (2 * lr));
        return (tf.clip_by_value(z, -strength, strength) - z) / quadratic;
    }
}
