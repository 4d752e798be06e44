using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// (x − μ) / √(σ² + ε) · gamma + beta, in training with mean and variance of the batch, otherwise with moving averages. Ioffe and Szegedy
/// 2015. Keras: keras.layers.BatchNormalization.
/// </summary>
/// <remarks>
/// moving = moving · momentum + batch · (1 − momentum); both variances divide by n. A frozen layer (trainable false) uses the moving
/// averages in training too.
/// </remarks>
/// <param name="axis">The axis of the features; default the last.</param>
/// <param name="momentum">The share of the old average that is kept; default 0.99. No gradient of a loss reaches a variable here.</param>
/// <param name="epsilon">Default 0.001; may be a variable, which then trains.</param>
/// <param name="center">Whether there is a beta.</param>
/// <param name="scale">Whether there is a gamma.</param>
/// <param name="beta_initializer">Default zeros.</param>
/// <param name="gamma_initializer">Default ones.</param>
/// <param name="moving_mean_initializer">Default zeros.</param>
/// <param name="moving_variance_initializer">Default ones.</param>
/// <param name="beta_regularizer">A penalty on beta.</param>
/// <param name="gamma_regularizer">A penalty on gamma.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
[OnlyAs("beta_constraint", "null")]
[OnlyAs("gamma_constraint", "null")]
[OnlyAs("synchronized", "false")]
[OnlyAs("renorm", "false")]
[OnlyAs("renorm_clipping", "null")]
[OnlyAs("renorm_momentum", "0.99")]
public sealed class BatchNormalization(int axis = -1, Hyperparameter? momentum = null, Hyperparameter? epsilon = null, bool center = true,
    bool scale = true, Initializer? beta_initializer = null, Initializer? gamma_initializer = null,
        Initializer? moving_mean_initializer = null, Initializer? moving_variance_initializer = null, Regularizer? beta_regularizer = null,
            Regularizer? gamma_regularizer = null, string? name = null) : Layer(name)
{
    [Argument("momentum")]
    readonly Hyperparameter kept = (momentum ?? 0.99).Within("momentum", low: 0, high: 1);
    [Argument("epsilon")]
    readonly Hyperparameter small = (epsilon ?? 0.001).Within("epsilon", low: 0, broadcasts: true);
    [Argument("beta_initializer")]
    readonly Initializer firstBeta = beta_initializer ?? new Zeros();
    [Argument("gamma_initializer")]
    readonly Initializer firstGamma = gamma_initializer ?? new Ones();
    [Argument("moving_mean_initializer")]
    readonly Initializer firstMean = moving_mean_initializer ?? new Zeros();
    [Argument("moving_variance_initializer")]
    readonly Initializer firstVariance = moving_variance_initializer ?? new Ones();

    /// <summary>The axis of the features; -1: the last.</summary>
    public int axis { get; } = axis;

    /// <summary>The scale; null before the layer is built, or without one.</summary>
    public Variable? gamma { get; private set; }

    /// <summary>The offset; null before the layer is built, or without one.</summary>
    public Variable? beta { get; private set; }

    /// <summary>The moving average of means; null before the layer is built.</summary>
    public Variable? moving_mean { get; private set; }

    /// <summary>The moving average of variances; null before the layer is built.</summary>
    public Variable? moving_variance { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var features = input_shape[FeatureAxis(input_shape, axis)];
        if (scale) gamma = add_weight(features, firstGamma, "gamma", gamma_regularizer);
        if (center) beta = add_weight(features, firstBeta, "beta", beta_regularizer);
        moving_mean = add_weight(features, firstMean, "moving_mean", trainable: false);
        moving_variance = add_weight(features, firstVariance, "moving_variance", trainable: false);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var at = FeatureAxis(inputs.shape, axis);
        var shape = Enumerable.Repeat(1, inputs.ndim).ToArray();
        shape[at] = inputs.shape[at];
        Tensor Spread(Operand perFeature) => tf.reshape(perFeature, shape);

        Tensor mean, variance;
        if (training && trainable)
        {
            int[] others = [.. Enumerable.Range(0, inputs.ndim).Where(i => i != at)];
            (mean, variance) = inputs.Mask is { } mask ? Moments(inputs, mask, others) : tf.nn.moments(inputs, others, keepdims: true);
            if (!IsSample)
            {
                Move(moving_mean!, mean);
                Move(moving_variance!, variance);
            }
        }
        else (mean, variance) = (Spread(moving_mean!), Spread(moving_variance!));
        var y = (inputs - mean) * tf.rsqrt(variance + small.value(inputs.dtype));
        if (gamma is not null) y *= Spread(gamma);
        if (beta is not null) y += Spread(beta);
        return y;
    }

    /// <summary>Mean and variance of the steps that count.</summary>
    static (Tensor Mean, Tensor Variance) Moments(Tensor x, Tensor mask, int[] axes)
    {
        while (mask.ndim < x.ndim) mask = tf.expand_dims(mask, -1);
        var counts = tf.broadcast_to(mask, x.shape);
        var number = tf.reduce_sum(tf.cast(counts, x.dtype), axes, keepdims: true) + keras.config.epsilon();
        var mean = tf.reduce_sum(tf.where(counts, x, 0.0), axes, keepdims: true) / number;
        return (mean, tf.reduce_sum(tf.square(tf.where(counts, x - mean, 0.0)), axes, keepdims: true) / number);
    }

    void Move(Variable average, Tensor batch)
    {
        var m = tf.stop_gradient(kept.value(average.dtype));
        average.assign(average * m + tf.reshape(tf.stop_gradient(batch), average.shape) * (1 - m));
    }
}
