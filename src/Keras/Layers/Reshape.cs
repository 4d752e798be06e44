namespace Workbook.Keras;

/// <summary>Each sample in another shape. Keras: keras.layers.Reshape.</summary>
/// <param name="target_shape">The shape of a sample; one length may be −1.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Reshape(Shape target_shape, string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => tf.reshape(inputs, new Shape([inputs.shape[0], .. target_shape.Dims]));
}
