namespace Workbook.Keras;

/// <summary>The largest element of each channel over an image. Keras: keras.layers.GlobalMaxPooling2D.</summary>
/// <remarks>Shapes: (batch, height, width, channels) → (batch, channels).</remarks>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="keepdims">Whether axes are kept, with length 1; default false.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">channels_first.</exception>
public sealed class GlobalMaxPooling2D(string? data_format = null, bool keepdims = false, string? name = null)
    : GlobalPooling(2, data_format, keepdims, name)
{
    private protected override Tensor Pool(Tensor x, int[] axes, bool keepdims) => tf.reduce_max(x, axes, keepdims);
}
