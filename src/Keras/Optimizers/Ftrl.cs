namespace Workbook.Keras;

/// <summary>Follow the regularized leader: sparse weights by an L1 term in the rule itself. McMahan et al. 2013. Keras: keras.optimizers.Ftrl.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="learning_rate_power">At most 0; default −0.5.</param>
/// <param name="initial_accumulator_value">Default 0.1.</param>
/// <param name="l1_regularization_strength">Default 0.</param>
/// <param name="l2_regularization_strength">Default 0.</param>
/// <param name="l2_shrinkage_regularization_strength">Default 0.</param>
/// <param name="beta">Default 0.</param>
[Names("ftrl")]
public sealed class Ftrl(LearningRate? learning_rate = null, double learning_rate_power = -0.5, double initial_accumulator_value = 0.1, double l1_regularization_strength = 0, double l2_regularization_strength = 0, double l2_shrinkage_regularization_strength = 0, double beta = 0) : Optimizer(learning_rate ?? 0.001)
{
    /// <inheritdoc/>
    protected override string[] SlotNames => ["accumulator", "linear"];

    /// <inheritdoc/>
    protected override Tensor FirstSlot(int slot, Tensor w) => slot == 0 ? tf.fill(w.shape, initial_accumulator_value, w.dtype) : tf.zeros_like(w);

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var shrunk = g + 2 * l2_shrinkage_regularization_strength * w;
        var a = s[0] + tf.square(g);
        var (before, after) = (tf.pow(s[0], -learning_rate_power), tf.pow(a, -learning_rate_power));
        var z = s[1] = s[1] + shrunk - (after - before) / lr * w;
        s[0] = a;
        var quadratic = after / lr + 2 * (l2_regularization_strength + beta / (2 * lr));
        return (tf.clip_by_value(z, -l1_regularization_strength, l1_regularization_strength) - z) / quadratic;
    }
}
