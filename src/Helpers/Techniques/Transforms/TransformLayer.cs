using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A learned transformation of features as a layer: each column in its own unit, then Box-Cox or Yeo-Johnson.</summary>
/// <remarks>
/// <c>var layer = new TransformLayer(new YeoJohnson(tf.ones(30))); layer.adapt(x);</c> gives every column the λ of its largest likelihood,
/// which then stands still, as statistics of data do; scikit-learn: PowerTransformer without its last scaling.
/// <c>layer.adapt(x, exponents: false)</c> takes the units only, and λ trains by the loss of the model. That loss does not pay for
/// stretching: on few rows or separable classes λ runs away.
/// λ of the model may also have a judge of its own: <c>new TrainingObjective(() =&gt; layer.Likelihood(x),
/// [layer.Transform.Lambda])</c>.
/// Judge: a normalised likelihood, or the loss of the model.
/// </remarks>
public sealed class TransformLayer : Layer
{
    readonly LearnedTransform transform;
    Variable? shift, scale;

    /// <summary>A layer that transforms features.</summary>
    /// <param name="transform">With one λ, or one for each feature: <c>new YeoJohnson(tf.ones(30))</c>.</param>
    /// <param name="name">Default transform_layer, numbered.</param>
    public TransformLayer(LearnedTransform transform, string? name = null) : base(name) => this.transform = transform;

    /// <summary>What is applied in the unit of each feature; the layer owns its λ.</summary>
    public LearnedTransform Transform => transform;

    /// <summary>Takes the unit of each feature from data, and its λ.</summary>
    /// <param name="data">(rows, features).</param>
    /// <param name="exponents">Whether λ too, by the likelihood of the data; it does not train then. False: λ stays and trains.</param>
    /// <exception cref="ArgumentException">A value that the transformation does not take, or a constant column.</exception>
    /// <exception cref="ShapeException">Not as many features as λ has numbers.</exception>
    public void adapt(Tensor data, bool exponents = true)
    {
        if (data.ndim != 2)
            throw new ShapeException($"Layer '{name}': expected data of shape (rows, features). Received: {data.shape}. Give a table.");
        var x = tf.cast(data, tf.float64);
        var (from, unit) = transform.Unit(x);
        if (!built) Apply(data);
        shift!.assign(tf.cast(from, dtype));
        scale!.assign(tf.cast(unit, dtype));
        if (!exponents) return;
        transform.Fit((x - from) / unit);
        transform.Lambda.trainable = false;
    }

    /// <summary>log |dz/dx| of each row: the sum over its features of the logarithms of their slopes, shape (rows,).</summary>
    /// <param name="inputs">(rows, features), as the layer gets them.</param>
    public Tensor LogJacobian(Tensor inputs) =>
        tf.reduce_sum(transform.LogSlope(InUnit(inputs)) - tf.cast(tf.math.log(scale!), transform.Lambda.dtype), axis: -1);

    /// <summary>The negative log-likelihood for a row of features that are normal when transformed, a scalar: what
    /// <see cref="adapt"/> makes smallest.</summary>
    /// <param name="inputs">(rows, features), as the layer gets them.</param>
    public Tensor Likelihood(Tensor inputs) => transform.Loss(InUnit(inputs));

    /// <summary>The features that the layer makes these outputs of.</summary>
    /// <param name="outputs">(rows, features).</param>
    /// <exception cref="ArgumentException">An output that no feature has: the message names its row.</exception>
    public Tensor Inverse(Tensor outputs)
    {
        Built(outputs);
        var (from, unit) = Units();
        return from + unit * transform.Inverse(tf.cast(outputs, transform.Lambda.dtype));
    }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        var count = transform.Lambda.shape.Size;
        if (count > 1 && input_shape[^1] != count)
            throw new ShapeException($"Layer '{name}': expected {count} features, one for each lambda. Received: shape {input_shape}. "
                + "Make the transformation with tf.ones(features).");
        shift = add_weight(input_shape[^1], new Constant(0.0), "shift", trainable: false);
        scale = add_weight(input_shape[^1], new Constant(1.0), "scale", trainable: false);
    }

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => tf.cast(transform.Apply(InUnit(inputs)), inputs.dtype);

    Tensor InUnit(Tensor inputs)
    {
        Built(inputs);
        var (from, unit) = Units();
        return (tf.cast(inputs, transform.Lambda.dtype) - from) / unit;
    }

    (Tensor Shift, Tensor Scale) Units() =>
        (tf.cast(shift!.value(), transform.Lambda.dtype), tf.cast(scale!.value(), transform.Lambda.dtype));

    void Built(Tensor inputs)
    {
        if (scale is null)
            throw new ModelException($"Layer '{name}': expected a layer that knows its features. Received: one without units, and values of "
                + $"shape {inputs.shape}. Call adapt, or put it into a model first.");
    }
}
