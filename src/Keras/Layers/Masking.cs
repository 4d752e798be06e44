namespace Workbook.Keras;

/// <summary>Steps of which every feature is one number count nothing: they become 0, and what follows leaves them out. Keras:
/// keras.layers.Masking.</summary>
/// <remarks>Shapes: (batch, steps, …, features) → the same.</remarks>
/// <param name="mask_value">The number; default 0.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Masking(double mask_value = 0, string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => tf.reduce_any(tf.not_equal(inputs, mask_value), -1);

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) =>
        tf.where(tf.reduce_any(tf.not_equal(inputs, mask_value), -1, keepdims: true), inputs, 0.0);
}
