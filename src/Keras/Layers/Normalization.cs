using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>(x − mean) / √variance per feature, with statistics of data that it was shown. Keras: keras.layers.Normalization.</summary>
/// <remarks>Features of variance 0 are divided by ε = 1e-7, as in Keras. Statistics of data do not train; given ones that are variables
/// do.</remarks>
public sealed class Normalization : Layer
{
    readonly int axis;
    readonly Hyperparameter? mean, variance;
    readonly bool invert;

    /// <summary>A layer that standardises.</summary>
    /// <param name="axis">The axis of the features; default the last.</param>
    /// <param name="mean">A known mean, one number or one per feature; needs a variance too; may be a variable, which then trains.
    /// Default: call adapt.</param>
    /// <param name="variance">A known variance, at least 0; may be a variable, which then trains.</param>
    /// <param name="invert">Whether to go back: x · √variance + mean.</param>
    /// <param name="name">Default normalization, numbered.</param>
    /// <exception cref="ArgumentException">A mean without a variance, or the other way round.</exception>
    public Normalization(int axis = -1, Hyperparameter? mean = null, Hyperparameter? variance = null, bool invert = false,
        string? name = null) : base(name)
    {
        if (mean is null != variance is null)
            throw new ArgumentException("Normalization: expected both mean and variance, or neither. Received: one of them.");
        (this.axis, this.invert) = (axis, invert);
        this.mean = mean?.Within("Normalization mean", broadcasts: true);
        this.variance = variance?.Within("Normalization variance", low: 0, broadcasts: true);
    }

    /// <summary>The means of the features; null before the layer is built, and where the mean was given.</summary>
    public Variable? adapted_mean { get; private set; }

    /// <summary>The variances of the features, divided by n; null before the layer is built, and where the variance was given.</summary>
    public Variable? adapted_variance { get; private set; }

    /// <summary>Takes mean and variance from data.</summary>
    /// <param name="data">(samples, …), with the features along the axis.</param>
    public void adapt(Tensor data)
    {
        if (mean is not null)
            throw new ModelException($"Layer '{name}': expected a layer without given statistics for adapt. "
                + "Received: one that has a mean and a variance. Make it without them.");
        // Statistics are numbers, whatever the data were computed from.
        if (data.HasOrigin) Snapshot.SayNumbers($"The data for adapt of layer '{name}'", data.Sources);
        Run([data], false);
        var x = tf.cast(data, DType.Float64);
        var features = FeatureAxis(x.shape, axis);
        int[] others = [.. Enumerable.Range(0, x.ndim).Where(i => i != features)];
        var (m, v) = tf.nn.moments(x, others);
        adapted_mean!.assign(tf.cast(m, dtype));
        adapted_variance!.assign(tf.cast(v, dtype));
    }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var features = input_shape[FeatureAxis(input_shape, axis)];
        if (mean is not null) return;
        adapted_mean = add_weight(features, new Constant(0.0), "mean", trainable: false);
        adapted_variance = add_weight(features, new Constant(1.0), "variance", trainable: false);
    }

    /// <summary>Keras has a count of batches beside the two, which is always 0 in its files.</summary>
    internal override IEnumerable<(string Path, Variable Weight)> Stored()
    {
        var stored = base.Stored().ToList();
        return stored.Count == 0 ? stored : [.. stored, ("vars/2", new Variable(tf.constant(0L), trainable: false, name: $"{name}/count"))];
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = tf.cast(inputs, dtype);
        var at = FeatureAxis(x.shape, axis);
        var shape = Enumerable.Repeat(1, x.ndim).ToArray();
        shape[at] = x.shape[at];
        var m = Along(mean, adapted_mean, shape);
        var deviation = tf.maximum(tf.sqrt(Along(variance, adapted_variance, shape)), keras.config.epsilon());
        return invert ? x * deviation + m : (x - m) / deviation;
    }

    Tensor Along(Hyperparameter? given, Variable? adapted, int[] shape) =>
        given?.value(dtype) is { } number ? number.size == 1 ? tf.reshape(number, Shape.Scalar) : tf.reshape(number, shape)
            : tf.reshape(adapted!, shape);
}
