using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

/// <summary>Windows from the arguments of ops, checked.</summary>
static class Sliding
{
    /// <summary>The window of a convolution.</summary>
    /// <param name="op">For messages.</param>
    /// <param name="x">(batch, height, width, channels).</param>
    /// <param name="kernel">(height, width, channels / groups, filters).</param>
    /// <param name="strides">One or two numbers of at least 1.</param>
    /// <param name="padding">VALID, SAME, CAUSAL.</param>
    /// <param name="dilations">One or two numbers of at least 1.</param>
    /// <exception cref="ShapeException">Shapes do not fit, or no window does.</exception>
    public static Window Of(string op, Operand x, Shape kernel, Shape? strides, string padding, Shape? dilations) =>
        Of(op, x.shape, kernel, strides, padding, dilations);

    /// <inheritdoc cref="Of(string, Operand, Shape, Shape?, string, Shape?)"/>
    public static Window Of(string op, Shape x, Shape kernel, Shape? strides, string padding, Shape? dilations)
    {
        var transposed = op == "conv2d_transpose";
        if (x.Rank != 4 || kernel.Rank != 4 || kernel[2] == 0 || (!transposed && (x[3] % kernel[2] != 0 || x[3] == 0
            || kernel[3] % (x[3] / kernel[2]) != 0)))
            throw new ShapeException($"{op}: expected an input (batch, …, channels) and filters (…, channels / groups, filters), with filters "
                + $"that the groups divide. Received: {Unflat(op, x)} and {Unflat(op, kernel)}.");
        return Of(op, x, new Shape(kernel[0], kernel[1]), strides, padding, dilations, x);
    }

    /// <summary>The window of a pool.</summary>
    public static Window Of(string op, Tensor x, Shape size, Shape? strides, string padding)
    {
        if (x.ndim != 4)
            throw new ShapeException($"{op}: expected an input {(op.EndsWith("1d", StringComparison.Ordinal) ? "(batch, steps, channels)"
                : "(batch, height, width, channels)")}. Received: {Unflat(op, x.shape)}.");
        return Of(op, x.shape, Two(op, "ksize", size), strides ?? size, padding, null, x.shape);
    }

    static Window Of(string op, Shape x, Shape size, Shape? strides, string padding, Shape? dilations, Shape shown)
    {
        var (step, apart) = (Two(op, "strides", strides ?? 1), Two(op, "dilations", dilations ?? 1));
        Slide y = Padded(op, new(size[0], step[0], apart[0], 0, 0), x[1], padding), along = Padded(op, new(size[1], step[1], apart[1], 0,
            0), x[2], padding);
        if (y.Windows(x[1]) < 1 || along.Windows(x[2]) < 1)
            throw new ShapeException($"{op}: expected an input in which a window of reach ({y.Reach}, {along.Reach}) fits. "
                + $"Received: {Unflat(op, shown)}. Use padding SAME, or a smaller window.");
        return new(y, along);
    }

    /// <summary>The shape of what windows make of an input.</summary>
    public static Shape Result(Window window, Shape x, int channels) => new(x[0], window.Y.Windows(x[1]), window.X.Windows(x[2]), channels);

    /// <summary>(batch, steps, channels) as an image of height 1.</summary>
    public static Tensor Flat(string op, Tensor x) => x.ndim == 3 ? tf.expand_dims(x, 1)
        : throw new ShapeException($"{op}: expected an input (batch, steps, channels). Received: {x.shape}.");

    /// <summary>A depthwise kernel (height, width, channels, multiplier) as one of as many groups as channels.</summary>
    public static Tensor Grouped(Tensor x, Tensor kernel) => kernel.ndim == 4 && x.ndim == 4 && kernel.shape[2] == x.shape[3]
        ? tf.reshape(kernel, (kernel.shape[0], kernel.shape[1], 1, kernel.shape[2] * kernel.shape[3]))
        : throw new ShapeException("depthwise_conv2d: expected an input (batch, height, width, channels) and a filter "
            + $"(height, width, channels, multiplier). Received: {x.shape} and {kernel.shape}.");

    static Slide Padded(string op, Slide slide, int length, string padding) => padding.ToUpperInvariant() switch
    {
        "VALID" => slide,
        "SAME" => slide.Same(length),
        "CAUSAL" when op == "conv1d" => slide with { Before = slide.Reach - 1 },
        _ => throw new ArgumentException($"{op}: expected padding VALID or SAME{(op == "conv1d" ? ", or CAUSAL" : "")}. "
            + $"Received: {padding}."),
    };

    static Shape Two(string op, string name, Shape given) =>
        given.Rank is 1 or 2 && given.All(d => d >= 1) ? new(given[0], given[^1])
        : throw new ArgumentException($"{op}: expected {name} of one number, or two, of at least 1. Received: {given}.");

    /// <summary>The shape that somebody gave, where an axis was put in.</summary>
    static Shape Unflat(string op, Shape shape) => op.EndsWith("1d", StringComparison.Ordinal) && shape.Rank == 4
        ? shape[0] == 1 && !op.Contains("pool", StringComparison.Ordinal) && shape[1] != 1 ? new(shape[1], shape[2], shape[3])
            : new(shape[0], shape[2], shape[3]) : shape;
}
