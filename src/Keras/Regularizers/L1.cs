namespace Workbook.Keras;

/// <summary>l1·Σ|w|. Keras: keras.regularizers.L1.</summary>
/// <param name="l1">The strength, at least 0; default 0.01; may be a variable, whose gradient is Σ|w|.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative strength.</exception>
[Names("l1", "L1")]
[Factory("l1", "L1")]
public sealed class L1(Hyperparameter? l1 = null) : Regularizer
{
    [Argument("l1")]
    readonly Hyperparameter strength = (l1 ?? 0.01).Within("l1", low: 0);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => strength.value(x.dtype) * tf.reduce_sum(tf.abs(x));
}
