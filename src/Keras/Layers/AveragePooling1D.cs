namespace Workbook.Keras;

/// <summary>The mean of each window of a sequence. Keras: keras.layers.AveragePooling1D.</summary>
/// <remarks>Shapes: (batch, steps, channels) → (batch, windows, channels). What lies outside with padding same does not count.</remarks>
/// <param name="pool_size">How many steps a window sees.</param>
/// <param name="strides">The step from window to window; default: the window, so that windows do not overlap.</param>
/// <param name="padding">valid (default): windows lie inside; same: ⌈length / stride⌉ windows.</param>
/// <param name="data_format">Null or channels_last; channels_first is refused.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">A number below 1, another padding, or channels_first.</exception>
public sealed class AveragePooling1D(int pool_size, int? strides = null, string padding = "valid", string? data_format = null,
    string? name = null) : Pooling(1, pool_size, strides, padding, data_format, name)
{
    private protected override Tensor Pool(Tensor x, Shape size, Shape step, string padding) =>
        tf.nn.avg_pool1d(x, size[0], step[0], padding);
}
