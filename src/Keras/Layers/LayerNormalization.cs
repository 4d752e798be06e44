namespace Workbook.Keras;

/// <summary>
/// (x − μ) / √(σ² + ε) · gamma + beta, with mean and variance of each sample along axes. Ba et al. 2016. Keras:
/// keras.layers.LayerNormalization.
/// </summary>
/// <remarks>The variance divides by n. gamma is ones, beta zeros at first.</remarks>
/// <param name="axis">Default: the last.</param>
/// <param name="epsilon">Default 0.001; may be a variable.</param>
/// <param name="center">Whether there is a beta.</param>
/// <param name="scale">Whether there is a gamma.</param>
/// <param name="beta_initializer">Default zeros.</param>
/// <param name="gamma_initializer">Default ones.</param>
/// <param name="beta_regularizer">A penalty on beta.</param>
/// <param name="gamma_regularizer">A penalty on gamma.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
[OnlyAs("beta_constraint", "null")]
[OnlyAs("gamma_constraint", "null")]
[OnlyAs("rms_scaling", "false")]
public sealed class LayerNormalization(Axes? axis = null, Hyperparameter? epsilon = null, bool center = true, bool scale = true,
    Initializer? beta_initializer = null, Initializer? gamma_initializer = null, Regularizer? beta_regularizer = null,
        Regularizer? gamma_regularizer = null, string? name = null) : Layer(name)
{
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 0.001).Within("epsilon", low: 0, broadcasts: true);
    [Argument("beta_initializer")]
    readonly Initializer firstBeta = beta_initializer ?? new Zeros();
    [Argument("gamma_initializer")]
    readonly Initializer firstGamma = gamma_initializer ?? new Ones();
    [Argument("axis")]
    readonly int[] axes = (int[]?)axis ?? [-1];

    /// <summary>The scale; null before the layer is built, or without one.</summary>
    public Variable? gamma { get; private set; }

    /// <summary>The offset; null before the layer is built, or without one.</summary>
    public Variable? beta { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var normalised = axes.Select(a => FeatureAxis(input_shape, a)).ToHashSet();
        Shape shape = Enumerable.Range(0, input_shape.Rank).Where(normalised.Contains).Select(a => input_shape[a]).ToArray();
        if (scale) gamma = add_weight(shape, firstGamma, "gamma", gamma_regularizer);
        if (center) beta = add_weight(shape, firstBeta, "beta", beta_regularizer);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var (mean, variance) = tf.nn.moments(inputs, Array.ConvertAll(axes, a => FeatureAxis(inputs.shape, a)), keepdims: true);
        var y = (inputs - mean) * tf.rsqrt(variance + small.value(inputs.dtype));
        if (gamma is not null) y *= Spread(gamma, inputs.ndim);
        if (beta is not null) y += Spread(beta, inputs.ndim);
        return y;
    }

    /// <summary>A weight with length 1 along the axes that are not normalised.</summary>
    Tensor Spread(Variable weight, int rank)
    {
        var normalised = axes.Select(a => a < 0 ? a + rank : a).Order().ToArray();
        var shape = Enumerable.Repeat(1, rank).ToArray();
        for (var i = 0; i < normalised.Length; i++) shape[normalised[i]] = weight.shape[i];
        return tf.reshape(weight, shape);
    }
}
