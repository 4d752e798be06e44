using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A layer on each step of a sequence. Keras: keras.layers.TimeDistributed.</summary>
/// <remarks>
/// Shapes: (batch, steps, …) → (batch, steps, …). The layer gets the steps one by one, as in Keras, so statistics and dropout are those
/// of a
/// step.
/// </remarks>
/// <param name="layer">A layer of one input and one output.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class TimeDistributed(Layer layer, string? name = null) : Layer(name)
{
    /// <summary>The layer that each step goes through.</summary>
    public Layer layer { get; } = layer;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Fewer than three axes, or no steps.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        if (inputs.ndim < 3 || inputs.shape[1] == 0)
            throw new ShapeException($"Layer '{this.name}': expected an input (batch, steps, …) of at least three axes and one step. "
                + $"Received: {inputs.shape}.");
        var counts = inputs.Mask is { ndim: > 2 } mask ? tf.unstack(mask, 1) : null;
        var steps = tf.unstack(inputs, 1);
        for (var i = 0; counts is not null && i < steps.Length; i++) steps[i].Mask = counts[i];
        return tf.stack(steps.Select(x => (Operand)layer.Apply(x, training)), axis: 1);
    }
}
