using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Keras;

/// <summary>
/// Adaptive moments: w −= m · α / (√v + ε) with α = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ). Kingma and Ba 2014. Keras: keras.optimizers.Adam.
/// </summary>
/// <remarks>ε is outside the root and not bias-corrected, as in Keras.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
/// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7; at least 0.</param>
/// <param name="amsgrad">Whether v never falls. Reddi et al. 2018.</param>
[Names("adam")]
public class Adam(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null,
    Hyperparameter? epsilon = null, bool amsgrad = false) : Optimizer(learning_rate ?? 0.001)
{
    [Argument("beta_1")]
    readonly Hyperparameter beta1 = (beta_1 ?? 0.9).Within("beta_1", low: 0, high: 1, open: true);
    [Argument("beta_2")]
    readonly Hyperparameter beta2 = (beta_2 ?? 0.999).Within("beta_2", low: 0, high: 1, open: true);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 1e-7).Within("epsilon", low: 0);

    /// <inheritdoc/>
    protected override string[] SlotNames => amsgrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"];

    private protected override int[][] SlotGroups => amsgrad ? [[0, 1], [2]] : [[0, 1]];

    private protected override bool TryUpdateInPlace(Variable variable, Tensor g, Slots s, double lr, long t)
    {
        if (amsgrad) return false;
        var (b1, b2) = ((double)beta1, (double)beta2);
        Backend.Current.Update(Updates.Adam, variable, g, s.Variables[0], s.Variables[1],
            [Corrected(lr, b1, b2, t), b1, b2, (double)small]);
        return true;
    }

    /// <inheritdoc/>
    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double b1 = (double)beta1, b2 = (double)beta2;
        var m = s[0] = s[0] + (g - s[0]) * (1 - b1);
        var v = s[1] = s[1] + (tf.square(g) - s[1]) * (1 - b2);
        if (amsgrad) v = s[2] = tf.maximum(s[2], v);
        return w - m * Corrected(lr, b1, b2, t) / (tf.sqrt(v) + (double)small);
    }

    static double Corrected(double lr, double b1, double b2, long t) => lr * Math.Sqrt(1 - Math.Pow(b2, t)) / (1 - Math.Pow(b1, t));
}
