namespace Workbook.Keras;

/// <summary>Zeros around an image: (batch, height, width, channels). Keras: keras.layers.ZeroPadding2D.</summary>
public sealed class ZeroPadding2D : Layer
{
    readonly Borders padding;
    readonly string? data_format;

    /// <summary>Zeros around an image: (batch, height, width, channels). Keras: keras.layers.ZeroPadding2D.</summary>
    /// <param name="padding">How many rows and columns of zeros: one number, (height, width), or ((top, bottom), (left, right)); default
    /// 1.</param>
    /// <param name="data_format">Null or channels_last; channels_first is refused.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">A number below 0, or channels_first.</exception>
    public ZeroPadding2D(Borders? padding = null, string? data_format = null, string? name = null) : base(name) =>
        (this.padding, this.data_format) = ((padding ?? 1).Checked($"ZeroPadding2D padding"), ImageAxes.Last(this, data_format));

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not four axes.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        ImageAxes.Channels(this, inputs.shape, 2);
        return tf.pad(inputs, new[,] { { 0, 0 }, { padding.Top, padding.Bottom }, { padding.Left, padding.Right }, { 0, 0 } });
    }
}
