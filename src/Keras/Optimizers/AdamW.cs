namespace Workbook.Keras;

/// <summary>
/// Adam with decoupled weight decay, 0.004 unless stated otherwise. Loshchilov and Hutter 2017. Keras: keras.optimizers.AdamW.
/// </summary>
[Names("adamw")]
public sealed class AdamW : Adam
{
    /// <summary>Adam with decoupled weight decay of 0.004 unless stated otherwise.</summary>
    /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
    /// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
    /// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
    /// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
    /// <param name="amsgrad">Whether v never falls.</param>
    public AdamW(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null,
        Hyperparameter? epsilon = null, bool amsgrad = false)
        : base(learning_rate, beta_1, beta_2, epsilon, amsgrad) => weight_decay = UsualDecay;

    private protected override double? UsualDecay => 0.004;
}
