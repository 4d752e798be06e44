namespace Workbook.Keras;

/// <summary>l1·Σ|w| + l2·Σw². Keras: keras.regularizers.L1L2.</summary>
/// <param name="l1">The first strength, at least 0; default 0; may be a variable.</param>
/// <param name="l2">The second strength, at least 0; default 0; may be a variable.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative strength.</exception>
[Names("l1_l2", "L1L2")]
public sealed class L1L2(Hyperparameter? l1 = null, Hyperparameter? l2 = null) : Regularizer
{
    [Argument("l1")]
    readonly Hyperparameter first = (l1 ?? 0).Within("l1", low: 0);
    [Argument("l2")]
    readonly Hyperparameter second = (l2 ?? 0).Within("l2", low: 0);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) =>
        first.value(x.dtype) * tf.reduce_sum(tf.abs(x)) + 2 * second.value(x.dtype) * tf.nn.l2_loss(x);
}

public static partial class keras
{
    public static partial class regularizers
    {
        /// <inheritdoc cref="Keras.L1L2"/>
        /// <param name="l1">The first strength, at least 0; default 0.01 here, as in Keras' function of this name; may be a
        /// variable.</param>
        /// <param name="l2">The second strength, at least 0; default 0.01; may be a variable.</param>
        public static Regularizer l1_l2(Hyperparameter? l1 = null, Hyperparameter? l2 = null) => new L1L2(l1 ?? 0.01, l2 ?? 0.01);
    }
}
