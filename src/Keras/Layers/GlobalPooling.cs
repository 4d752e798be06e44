namespace Workbook.Keras;

/// <summary>What the pools over all places share.</summary>
public abstract class GlobalPooling : Layer
{
    readonly int rank;
    readonly string? data_format;
    readonly bool keepdims;

    private protected GlobalPooling(int rank, string? data_format, bool keepdims, string? name) : base(name) =>
        (this.rank, this.data_format, this.keepdims) = (rank, ImageAxes.Last(this, data_format), keepdims);

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        ImageAxes.Channels(this, inputs.shape, rank);
        return Pool(inputs, rank == 1 ? [1] : [1, 2], keepdims);
    }

    private protected abstract Tensor Pool(Tensor x, int[] axes, bool keepdims);
}
