namespace Workbook.Keras;

/// <summary>l2·Σw², without ½. Keras: keras.regularizers.L2.</summary>
/// <param name="l2">The strength, at least 0; default 0.01; may be a variable, whose gradient is Σw².</param>
/// <exception cref="ArgumentOutOfRangeException">A negative strength.</exception>
[Names("l2", "L2")]
[Factory("l2", "L2")]
public sealed class L2(Hyperparameter? l2 = null) : Regularizer
{
    [Argument("l2")]
    readonly Hyperparameter strength = (l2 ?? 0.01).Within("l2", low: 0);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => 2 * strength.value(x.dtype) * tf.nn.l2_loss(x);
}
