namespace Workbook.Keras;

/// <summary>(x − mean) / √variance per feature, with statistics of data that it was shown. Keras: keras.layers.Normalization.</summary>
/// <remarks>Features of variance 0 are divided by ε = 1e-7, as in Keras. The statistics do not train.</remarks>
public sealed class Normalization : Layer
{
    readonly int axis;
    readonly double? mean, variance;
    readonly bool invert;

    /// <summary>A layer that standardises.</summary>
    /// <param name="axis">The axis of the features; default the last.</param>
    /// <param name="mean">A known mean; needs a variance too. Default: call adapt.</param>
    /// <param name="variance">A known variance.</param>
    /// <param name="invert">Whether to go back: x · √variance + mean.</param>
    /// <param name="name">Default normalization, numbered.</param>
    /// <exception cref="ArgumentException">A mean without a variance, or the other way round.</exception>
    public Normalization(int axis = -1, double? mean = null, double? variance = null, bool invert = false, string? name = null) : base(name)
    {
        if (mean is null != variance is null) throw new ArgumentException("Normalization: expected both mean and variance, or neither. Received: one of them.");
        (this.axis, this.mean, this.variance, this.invert) = (axis, mean, variance, invert);
    }

    /// <summary>The means of the features; null before the layer is built.</summary>
    public Variable? adapted_mean { get; private set; }

    /// <summary>The variances of the features, divided by n; null before the layer is built.</summary>
    public Variable? adapted_variance { get; private set; }

    /// <summary>Takes mean and variance from data.</summary>
    /// <param name="data">(samples, …), with the features along the axis.</param>
    public void adapt(Tensor data)
    {
        Run([data], false);
        var x = tf.cast(data, DType.Float64);
        int[] others = [.. Enumerable.Range(0, x.ndim).Where(i => i != (axis < 0 ? axis + x.ndim : axis))];
        var (m, v) = tf.nn.moments(x, others);
        adapted_mean!.assign(tf.cast(m, dtype));
        adapted_variance!.assign(tf.cast(v, dtype));
    }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var features = input_shape[axis < 0 ? axis + input_shape.Rank : axis];
        adapted_mean = add_weight(features, new Constant(mean ?? 0.0), "mean", trainable: false);
        adapted_variance = add_weight(features, new Constant(variance ?? 1.0), "variance", trainable: false);
    }

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var x = tf.cast(inputs, dtype);
        var at = axis < 0 ? axis + x.ndim : axis;
        var shape = Enumerable.Repeat(1, x.ndim).ToArray();
        shape[at] = x.shape[at];
        var m = tf.reshape(adapted_mean!, shape);
        var deviation = tf.maximum(tf.sqrt(tf.reshape(adapted_variance!, shape)), keras.config.epsilon());
        return invert ? x * deviation + m : (x - m) / deviation;
    }
}
