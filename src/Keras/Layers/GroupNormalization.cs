namespace Workbook.Keras;

/// <summary>
/// (x − μ) / √(σ² + ε) · gamma + beta, with mean and variance of each sample over groups of channels and all other axes. Wu and He 2018.
/// Keras: keras.layers.GroupNormalization.
/// </summary>
/// <remarks>The variance divides by n. gamma and beta have one number for each channel: ones and zeros at first.</remarks>
/// <param name="groups">How many groups the channels fall into; −1: one for each channel. Default 32.</param>
/// <param name="axis">The axis of the channels; default the last.</param>
/// <param name="epsilon">Default 0.001; may be a variable.</param>
/// <param name="center">Whether there is a beta.</param>
/// <param name="scale">Whether there is a gamma.</param>
/// <param name="beta_initializer">Default zeros.</param>
/// <param name="gamma_initializer">Default ones.</param>
/// <param name="beta_regularizer">A penalty on beta.</param>
/// <param name="gamma_regularizer">A penalty on gamma.</param>
/// <param name="beta_constraint">Where beta may be.</param>
/// <param name="gamma_constraint">Where gamma may be.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">No group.</exception>
public sealed class GroupNormalization(int groups = 32, int axis = -1, Hyperparameter? epsilon = null, bool center = true,
    bool scale = true,
    Initializer? beta_initializer = null, Initializer? gamma_initializer = null, Regularizer? beta_regularizer = null,
    Regularizer? gamma_regularizer = null, Constraint? beta_constraint = null, Constraint? gamma_constraint = null, string? name = null)
    : Layer(name)
{
    readonly int groups = groups is -1 or >= 1 ? groups
        : throw new ArgumentException($"GroupNormalization: expected groups of at least 1, or -1 for one channel each. "
            + $"Received: {groups}.");

    readonly Hyperparameter epsilon = (epsilon ?? 0.001).Within("epsilon", low: 0);
    readonly Initializer beta_initializer = beta_initializer ?? new Zeros(), gamma_initializer = gamma_initializer ?? new Ones();

    /// <summary>The scale; null before the layer is built, or without one.</summary>
    public Variable? gamma { get; private set; }

    /// <summary>The offset; null before the layer is built, or without one.</summary>
    public Variable? beta { get; private set; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Groups do not divide the channels.</exception>
    public override void build(Shape input_shape)
    {
        var channels = input_shape[FeatureAxis(input_shape, axis)];
        if (groups > 0 && channels % groups != 0)
            throw new ShapeException($"Layer '{this.name}': expected channels that {groups} groups divide. "
                + $"Received: {channels} channels, shape {input_shape}.");
        if (scale) gamma = add_weight(channels, gamma_initializer, "gamma", gamma_regularizer, gamma_constraint);
        if (center) beta = add_weight(channels, beta_initializer, "beta", beta_regularizer, beta_constraint);
    }

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var at = FeatureAxis(inputs.shape, axis);
        int channels = inputs.shape[at], parts = groups == -1 ? channels : groups;
        int[] apart = [.. inputs.shape.Dims[..at], parts, channels / parts, .. inputs.shape.Dims[(at + 1)..]];
        var x = tf.reshape(inputs, apart);
        var (mean, variance) = tf.nn.moments(x, [.. Enumerable.Range(1, apart.Length - 1).Where(i => i != at)], keepdims: true);
        var shape = Enumerable.Repeat(1, inputs.ndim).ToArray();
        shape[at] = channels;
        var y = tf.reshape((x - mean) * tf.rsqrt(variance + epsilon.value(inputs.dtype)), inputs.shape);
        if (gamma is not null) y *= tf.reshape(gamma, shape);
        return beta is null ? y : y + tf.reshape(beta, shape);
    }
}
