namespace Workbook.Keras;

/// <summary>An image without its borders: (batch, height, width, channels). Keras: keras.layers.Cropping2D.</summary>
public sealed class Cropping2D : Layer
{
    readonly Borders cropping;
    readonly string? data_format;

    /// <summary>An image without its borders: (batch, height, width, channels). Keras: keras.layers.Cropping2D.</summary>
    /// <param name="cropping">How many rows and columns are cut off: one number, (height, width), or ((top, bottom), (left, right));
    /// default 0.</param>
    /// <param name="data_format">Null or channels_last; channels_first is refused.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">A number below 0, or channels_first.</exception>
    public Cropping2D(Borders? cropping = null, string? data_format = null, string? name = null) : base(name) =>
        (this.cropping, this.data_format) = ((cropping ?? 0).Checked($"Cropping2D cropping"), ImageAxes.Last(this, data_format));

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not four axes, or nothing is left.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        ImageAxes.Channels(this, inputs.shape, 2);
        int height = inputs.shape[1] - cropping.Top - cropping.Bottom, width = inputs.shape[2] - cropping.Left - cropping.Right;
        if (height < 1 || width < 1)
            throw new ShapeException($"Layer '{this.name}': expected an image larger than what is cut off, {cropping}. "
                + $"Received: shape {inputs.shape}.");
        return tf.slice(inputs, [0, cropping.Top, cropping.Left, 0], [inputs.shape[0], height, width, inputs.shape[3]]);
    }
}
