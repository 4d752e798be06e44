namespace Workbook.Keras;

/// <summary>The inputs one after another along an axis. Keras: keras.layers.Concatenate.</summary>
/// <param name="axis">Default: the last.</param>
/// <param name="name">Default: concatenate, numbered.</param>
public sealed class Concatenate(int axis = -1, string? name = null) : Merge(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor[] inputs, bool training) => tf.concat(inputs, axis);

    /// <summary>A step counts where it counts in one of the inputs that it is joined of; all of an input without a mask count.</summary>
    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor[] inputs, Tensor?[] masks)
    {
        if (Array.TrueForAll(masks, m => m is null)) return null;
        var spread = inputs.Zip(masks, (x, m) => m is null ? tf.ones(x.shape, DType.Bool)
            : m.ndim < x.ndim ? tf.broadcast_to(tf.expand_dims(m, -1), x.shape) : m);
        return tf.reduce_any(tf.concat(spread, axis), -1);
    }
}
