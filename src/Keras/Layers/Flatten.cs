namespace Workbook.Keras;

/// <summary>All axes but the batch as one. Keras: keras.layers.Flatten.</summary>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
[OnlyAs("data_format", "\"channels_last\"", "null")]
public sealed class Flatten(string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) =>
        inputs.ndim < 2 ? tf.expand_dims(inputs, -1) : tf.reshape(inputs, (inputs.shape[0], new Shape(inputs.shape.Dims[1..]).Size));
}
