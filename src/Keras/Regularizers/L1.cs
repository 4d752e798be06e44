namespace Workbook.Keras;

/// <summary>l1·Σ|w|. Keras: keras.regularizers.L1.</summary>
/// <param name="l1">The strength, at least 0; default 0.01; may be a variable, whose gradient is Σ|w|.</param>
/// <exception cref="ArgumentOutOfRangeException">A negative strength.</exception>
[Names("l1", "L1")]
public sealed class L1(Hyperparameter? l1 = null) : Regularizer
{
    readonly Hyperparameter strength = (l1 ?? 0.01).Within("l1", low: 0);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => strength.value(x.dtype) * tf.reduce_sum(tf.abs(x));
}

public static partial class keras
{
    /// <summary>Penalties on weights. Keras: keras.regularizers.</summary>
    public static partial class regularizers
    {
        /// <inheritdoc cref="Keras.L1"/>
        /// <param name="l1">The strength, at least 0; default 0.01; may be a variable.</param>
        public static Regularizer l1(Hyperparameter? l1 = null) => new L1(l1);

        /// <inheritdoc cref="Keras.L1"/>
        /// <param name="l1">The strength as a function of variables.</param>
        public static Regularizer l1(Func<Tensor> l1) => new L1(Hyperparameter.Of(l1));

        /// <inheritdoc cref="Keras.L1"/>
        /// <param name="l1">The strength, at least 0; default 0.01; may be a variable.</param>
        public static Regularizer L1(Hyperparameter? l1 = null) => new L1(l1);
    }
}
