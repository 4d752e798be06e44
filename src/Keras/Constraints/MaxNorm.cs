namespace Workbook.Keras;

/// <summary>
/// w·clip(n, 0, max) / (ε + n) with the length n of w along axes: longer vectors are shortened. Keras: keras.constraints.MaxNorm.
/// </summary>
/// <param name="max_value">The greatest length; default 2; may be a variable, but no gradient of a loss reaches it.</param>
/// <param name="axis">Default 0: the inputs of each unit.</param>
[Names("max_norm", "MaxNorm")]
public sealed class MaxNorm(Hyperparameter? max_value = null, Axes? axis = null) : Constraint
{
    [Argument("max_value")]
    readonly Hyperparameter max = (max_value ?? 2).Within("max_value", low: 0);
    [Argument("axis")]
    readonly int[] axes = (int[]?)axis ?? [0];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        var norm = Norm(w, axes);
        return w * (tf.clip_by_value(norm, 0, max.value(w.dtype)) / (keras.config.epsilon() + norm));
    }
}
