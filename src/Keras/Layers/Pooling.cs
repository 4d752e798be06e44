namespace Workbook.Keras;

/// <summary>What the pools share: a window that slides over the input, channel by channel.</summary>
public abstract class Pooling : Layer
{
    readonly int rank;
    readonly Shape pool_size, strides;
    readonly string padding;
    readonly string? data_format;

    private protected Pooling(int rank, Shape pool_size, Shape? strides, string padding, string? data_format, string? name) : base(name)
    {
        (this.rank, this.data_format) = (rank, ImageAxes.Last(this, data_format));
        this.pool_size = ImageAxes.Sizes(this, nameof(pool_size), pool_size, rank);
        this.strides = ImageAxes.Sizes(this, nameof(strides), strides ?? this.pool_size, rank);
        this.padding = ImageAxes.Padding(this, padding);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes, or no window fits.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        ImageAxes.Channels(this, inputs.shape, rank);
        return Pool(inputs, pool_size, strides, padding);
    }

    private protected abstract Tensor Pool(Tensor x, Shape size, Shape step, string padding);
}
