namespace Workbook.Keras;

/// <summary>The arguments and inputs of layers whose windows slide along one or two axes.</summary>
static class ImageAxes
{
    /// <exception cref="ArgumentException">channels_first, or another word.</exception>
    public static string? Last(Layer layer, string? data_format) => data_format is null or "channels_last" ? data_format
        : throw new ArgumentException($"Layer '{layer.name}': expected data_format channels_last. Received: {data_format}. "
            + (data_format == "channels_first" ? "Here channels stand last: turn the data, for images by layers.Permute((2, 3, 1))."
                : "Leave it out."));

    /// <exception cref="ArgumentException">Below 1.</exception>
    public static int AtLeastOne(Layer layer, string argument, int number) => number >= 1 ? number
        : throw new ArgumentException($"Layer '{layer.name}': expected {argument} of at least 1. Received: {number}.");

    /// <summary>One number for each axis, from one or from as many as there are axes.</summary>
    /// <exception cref="ArgumentException">Another number of them, or one that is too small.</exception>
    public static Shape Sizes(Layer layer, string argument, Shape given, int rank, int least = 1) =>
        (given.Rank == 1 || given.Rank == rank) && given.All(d => d >= least)
            ? new([.. Enumerable.Range(0, rank).Select(i => given[given.Rank == 1 ? 0 : i])])
        : throw new ArgumentException($"Layer '{layer.name}': expected {argument} of one number{(rank > 1 ? $", or {rank}," : "")} "
            + $"of at least {least}. Received: {given}.");

    /// <exception cref="ArgumentException">Both the windows and the places in them are apart.</exception>
    public static Shape Dilations(Layer layer, Shape? given, Shape strides, int rank)
    {
        var dilations = Sizes(layer, "dilation_rate", given ?? 1, rank);
        return dilations.All(d => d == 1) || strides.All(s => s == 1) ? dilations
            : throw new ArgumentException($"Layer '{layer.name}': expected strides of 1 with a dilation_rate above 1, as Keras does. "
                + $"Received: strides {strides} and dilation_rate {dilations}.");
    }

    /// <summary>The padding in small letters.</summary>
    /// <exception cref="ArgumentException">Another word.</exception>
    public static string Padding(Layer layer, string padding, bool causal = false)
    {
        var small = padding.ToLowerInvariant();
        return small is "valid" or "same" || (causal && small == "causal") ? small
            : throw new ArgumentException($"Layer '{layer.name}': expected padding valid{(causal ? ", same or causal" : " or same")}. "
                + $"Received: {padding}.");
    }

    /// <summary>The number of channels.</summary>
    /// <exception cref="ShapeException">Another number of axes.</exception>
    public static int Channels(Layer layer, Shape input, int rank) => input.Rank == rank + 2 ? input[^1]
        : throw new ShapeException($"Layer '{layer.name}': expected an input of shape {Expected(rank)}. Received: {input}."
            + (input.Rank == rank + 1 ? " Where there is one channel, say so: layers.Reshape((…, 1))." : ""));

    /// <summary>An input of as many channels as the layer was built for.</summary>
    /// <exception cref="ShapeException">Another number of axes or channels.</exception>
    public static Tensor Fitting(Layer layer, Tensor x, int rank, int channels) => Channels(layer, x.shape, rank) == channels ? x
        : throw new ShapeException($"Layer '{layer.name}': expected {channels} channels in the last axis. Received: shape {x.shape}.");

    /// <summary>A depthwise kernel (window, channels, multiplier) as one of as many groups as channels.</summary>
    public static Tensor Grouped(Variable kernel) =>
        tf.reshape(kernel, new Shape([.. kernel.shape.Dims[..^2], 1, kernel.shape[^2] * kernel.shape[^1]]));

    static string Expected(int rank) => rank == 1 ? "(batch, steps, channels)" : "(batch, height, width, channels)";
}
