namespace Workbook.Keras;

/// <summary>An image of more rows and columns: (batch, height, width, channels). Keras: keras.layers.UpSampling2D.</summary>
public sealed class UpSampling2D : Layer
{
    readonly Shape size;
    readonly string interpolation;
    readonly string? data_format;

    /// <summary>An image of more rows and columns: (batch, height, width, channels). Keras: keras.layers.UpSampling2D.</summary>
    /// <param name="size">How many times as many: one number, or one for height and one for width; default 2.</param>
    /// <param name="data_format">Null or channels_last; channels_first is refused.</param>
    /// <param name="interpolation">nearest (default): each pixel repeated; bilinear: between the middles of the nearest two along each
    /// axis.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">A number below 1, another interpolation, or channels_first.</exception>
    public UpSampling2D(Shape? size = null, string? data_format = null, string interpolation = "nearest", string? name = null) : base(name)
    {
        (this.size, this.data_format) = (ImageAxes.Sizes(this, nameof(size), size ?? 2, 2), ImageAxes.Last(this, data_format));
        Spelling.Check("UpSampling2D interpolation", interpolation, "nearest", "bilinear");
        this.interpolation = interpolation;
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not four axes.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        ImageAxes.Channels(this, inputs.shape, 2);
        int batch = inputs.shape[0], height = inputs.shape[1], width = inputs.shape[2], channels = inputs.shape[3];
        if (interpolation == "nearest")
            return tf.reshape(tf.tile(tf.reshape(inputs, new[] { batch, height, 1, width, 1, channels }), [1, 1, size[0], 1, size[1], 1]),
                (batch, height * size[0], width * size[1], channels));
        // Each axis is a product with the shares of its places.
        var rows = tf.reshape(tf.matmul(Shares(height, size[0], inputs.dtype), tf.reshape(inputs, (batch, height, width * channels))),
            (batch * height * size[0], width, channels));
        return tf.reshape(tf.matmul(Shares(width, size[1], inputs.dtype), rows), (batch, height * size[0], width * size[1], channels));
    }

    /// <summary>(length · factor, length): how much of each place is in each new one.</summary>
    static Tensor Shares(int length, int factor, DType dtype)
    {
        var shares = new double[length * factor, length];
        for (var i = 0; i < length * factor; i++)
        {
            var at = Math.Clamp((i + 0.5) / factor - 0.5, 0, length - 1);
            var below = Math.Min((int)at, Math.Max(length - 2, 0));
            shares[i, below] += 1 - (at - below);
            shares[i, Math.Min(below + 1, length - 1)] += at - below;
        }
        return tf.cast(shares, dtype);
    }
}
