namespace Workbook.Keras;

/// <summary>The mean of each window of an image. Keras: keras.layers.AveragePooling2D.</summary>
/// <remarks>Shapes: (batch, height, width, channels) → (batch, windows, windows, channels). What lies outside with padding same does not
/// count.</remarks>
/// <param name="pool_size">The window: one number, or one for height and one for width.</param>
/// <param name="strides">The step from window to window; default: the window, so that windows do not overlap.</param>
/// <param name="padding">valid (default): windows lie inside; same: ⌈length / stride⌉ windows.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, another padding, or channels_first.</exception>
public sealed class AveragePooling2D(Shape pool_size, Shape? strides = null, string padding = "valid", string? data_format = null,
    string? name = null) : Pooling(2, pool_size, strides, padding, data_format, name)
{
    private protected override Tensor Pool(Tensor x, Shape size, Shape step, string padding) =>
        tf.nn.avg_pool2d(x, size, step, padding);
}
