namespace Workbook.Keras;

/// <summary>Normal numbers. Keras: keras.initializers.RandomNormal.</summary>
/// <param name="mean">Default 0.</param>
/// <param name="stddev">Default 0.05.</param>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("random_normal", "RandomNormal", "normal")]
public sealed class RandomNormal(Hyperparameter? mean = null, Hyperparameter? stddev = null, long? seed = null) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) =>
        tf.random.normal(shape, Once(mean ?? 0, "mean"), Once(stddev ?? 0.05, "stddev"), dtype, seed);
}

/// <summary>Even numbers from [minval, maxval). Keras: keras.initializers.RandomUniform.</summary>
/// <param name="minval">Default −0.05.</param>
/// <param name="maxval">Default 0.05.</param>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("random_uniform", "RandomUniform", "uniform")]
public sealed class RandomUniform(Hyperparameter? minval = null, Hyperparameter? maxval = null, long? seed = null) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) =>
        tf.random.uniform(shape, Once(minval ?? -0.05, "minval"), Once(maxval ?? 0.05, "maxval"), dtype, seed);
}

/// <summary>Normal numbers, drawn again outside two standard deviations. Keras: keras.initializers.TruncatedNormal.</summary>
/// <param name="mean">Default 0.</param>
/// <param name="stddev">Default 0.05, before cutting.</param>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("truncated_normal", "TruncatedNormal")]
public sealed class TruncatedNormal(Hyperparameter? mean = null, Hyperparameter? stddev = null, long? seed = null) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype) =>
        tf.random.truncated_normal(shape, Once(mean ?? 0, "mean"), Once(stddev ?? 0.05, "stddev"), dtype, seed);
}
