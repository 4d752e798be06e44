namespace Workbook.Keras;

/// <summary>The length n of w along axes becomes rate·clip(n, min, max) + (1 − rate)·n. Keras: keras.constraints.MinMaxNorm.</summary>
/// <param name="min_value">The smallest length; default 0.</param>
/// <param name="max_value">The greatest length; default 1.</param>
/// <param name="rate">How much of the way to go in each step; default 1.</param>
/// <param name="axis">Default 0: the inputs of each unit.</param>
[Names("min_max_norm", "MinMaxNorm")]
public sealed class MinMaxNorm(Hyperparameter? min_value = null, Hyperparameter? max_value = null, Hyperparameter? rate = null,
    Axes? axis = null) : Constraint
{
    [Argument("min_value")]
    readonly Hyperparameter min = (min_value ?? 0).Within("min_value", low: 0);
    [Argument("max_value")]
    readonly Hyperparameter max = (max_value ?? 1).Number is double.PositiveInfinity ? double.PositiveInfinity
        : (max_value ?? 1).Within("max_value", low: 0);
    [Argument("rate")]
    readonly Hyperparameter pace = (rate ?? 1).Within("rate", low: 0, high: 1);
    [Argument("axis")]
    readonly int[] axes = (int[]?)axis ?? [0];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        var norm = Norm(w, axes);
        var r = pace.value(w.dtype);
        var desired = r * tf.clip_by_value(norm, min.value(w.dtype), max.value(w.dtype)) + (1 - r) * norm;
        return w * (desired / (keras.config.epsilon() + norm));
    }
}
