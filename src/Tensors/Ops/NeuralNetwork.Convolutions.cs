using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class NeuralNetworkOps
{
    /// <summary>y[b, i, j, f] = Σ input[b, i·s + m·d − p, j·s + n·d − p, c] · filters[m, n, c, f].</summary>
    /// <param name="input">(batch, height, width, channels).</param>
    /// <param name="filters">(height, width, channels / groups, filters); fewer channels than the input has mean groups, each with its
    /// share of channels and filters.</param>
    /// <param name="strides">One number, or one for height and one for width; default 1.</param>
    /// <param name="padding">VALID: windows lie inside. SAME: zeros around, for ⌈length / stride⌉ windows.</param>
    /// <param name="dilations">The step from place to place within a window, as strides; default 1.</param>
    /// <returns>(batch, windows, windows, filters).</returns>
    /// <exception cref="ShapeException">Shapes do not fit, or no window does.</exception>
    public static Tensor conv2d(Operand input, Operand filters, Shape? strides = null, string padding = "VALID", Shape? dilations = null)
    {
        var xs = Op.Match("conv2d", [input, filters]);
        return Convolution("conv2d", xs[0], xs[1], null, false, Sliding.Of("conv2d", xs[0], xs[1].shape, strides, padding, dilations));
    }

    /// <summary><see cref="conv2d"/> along one axis.</summary>
    /// <param name="input">(batch, steps, channels).</param>
    /// <param name="filters">(steps, channels / groups, filters).</param>
    /// <param name="stride">Default 1.</param>
    /// <param name="padding">VALID, SAME, or CAUSAL: zeros only before the first step, so that no step sees a later one.</param>
    /// <param name="dilations">The step from place to place within a window; default 1.</param>
    /// <returns>(batch, windows, filters).</returns>
    /// <exception cref="ShapeException">Shapes do not fit, or no window does.</exception>
    public static Tensor conv1d(Operand input, Operand filters, int stride = 1, string padding = "VALID", int dilations = 1)
    {
        var xs = Op.Match("conv1d", [input, filters]);
        var (x, kernel) = (Sliding.Flat("conv1d", xs[0]), tf.expand_dims(xs[1], 0));
        return tf.squeeze(Convolution("conv1d", x, kernel, null, false,
            Sliding.Of("conv1d", x, kernel.shape, [1, stride], padding, [1, dilations])), 1);
    }

    /// <summary>Each channel with filters of its own: y[…, c·m + q] = Σ input[…, c] · filter[…, c, q].</summary>
    /// <param name="input">(batch, height, width, channels).</param>
    /// <param name="filter">(height, width, channels, multiplier).</param>
    /// <param name="strides">One number, or one for height and one for width; default 1.</param>
    /// <param name="padding">VALID or SAME.</param>
    /// <param name="dilations">The step from place to place within a window, as strides; default 1.</param>
    /// <returns>(batch, windows, windows, channels · multiplier).</returns>
    /// <exception cref="ShapeException">Shapes do not fit, or no window does.</exception>
    public static Tensor depthwise_conv2d(Operand input, Operand filter, Shape? strides = null, string padding = "VALID",
        Shape? dilations = null)
    {
        var xs = Op.Match("depthwise_conv2d", [input, filter]);
        var (x, kernel) = (xs[0], Sliding.Grouped(xs[0], xs[1]));
        return Convolution("depthwise_conv2d", x, kernel, null, false,
            Sliding.Of("depthwise_conv2d", x, kernel.shape, strides, padding, dilations));
    }

    /// <summary><see cref="depthwise_conv2d"/>, and then a product over the channels of each place.</summary>
    /// <param name="input">(batch, height, width, channels).</param>
    /// <param name="depthwise_filter">(height, width, channels, multiplier).</param>
    /// <param name="pointwise_filter">(1, 1, channels · multiplier, filters).</param>
    /// <param name="strides">One number, or one for height and one for width; default 1.</param>
    /// <param name="padding">VALID or SAME.</param>
    /// <param name="dilations">The step from place to place within a window, as strides; default 1.</param>
    /// <returns>(batch, windows, windows, filters).</returns>
    /// <exception cref="ShapeException">Shapes do not fit, or no window does.</exception>
    public static Tensor separable_conv2d(Operand input, Operand depthwise_filter, Operand pointwise_filter, Shape? strides = null,
        string padding = "VALID", Shape? dilations = null) =>
        conv2d(depthwise_conv2d(input, depthwise_filter, strides, padding, dilations), pointwise_filter);

    /// <summary>The gradient of <see cref="conv2d"/> by its input: places spread over windows, which overlap and add up.</summary>
    /// <param name="input">(batch, windows, windows, channels).</param>
    /// <param name="filters">(height, width, filters, channels).</param>
    /// <param name="output_shape">(batch, height, width, filters), from which conv2d would make the shape of the input.</param>
    /// <param name="strides">One number, or one for height and one for width; default 1.</param>
    /// <param name="padding">VALID or SAME, as conv2d would have it.</param>
    /// <param name="dilations">The step from place to place within a window, as strides; default 1.</param>
    /// <exception cref="ShapeException">conv2d would not make the shape of the input.</exception>
    public static Tensor conv2d_transpose(Operand input, Operand filters, Shape output_shape, Shape? strides = null,
        string padding = "SAME", Shape? dilations = null)
    {
        var xs = Op.Match("conv2d_transpose", [input, filters]);
        var (x, kernel) = (Op.Floating("conv2d_transpose", xs[0]), xs[1]);
        var window = Sliding.Of("conv2d_transpose", output_shape, kernel.shape, strides, padding, dilations);
        if (x.ndim != 4 || Sliding.Result(window, output_shape, kernel.shape[3]) != x.shape || kernel.shape[2] != output_shape[3])
            throw new ShapeException("conv2d_transpose: expected an input of the shape that conv2d makes of output_shape, "
                + $"{Sliding.Result(window, output_shape, kernel.shape[3])} of {output_shape}, and filters (height, width, filters, channels). "
                + $"Received: {x.shape} and filters {kernel.shape}.");
        return ByInput(x, kernel, window, output_shape);
    }

    /// <summary>A convolution along one axis or two, with a bias and relu in one pass: what a layer needs.</summary>
    /// <param name="input">(batch, …, channels).</param>
    /// <param name="filters">(window, channels / groups, filters).</param>
    /// <param name="bias">(filters); null: none.</param>
    /// <param name="relu">Whether what is negative becomes 0; only with a bias.</param>
    /// <param name="strides">One for each axis of the window; null: 1.</param>
    /// <param name="padding">VALID, SAME or CAUSAL.</param>
    /// <param name="dilations">One for each axis of the window; null: 1.</param>
    internal static Tensor Convolve(Operand input, Operand filters, Operand? bias, bool relu, Shape? strides, string padding,
        Shape? dilations)
    {
        var xs = Op.Match("convolution", bias is null ? [input, filters] : [input, filters, bias]);
        var flat = xs[0].ndim == 3;
        if (flat) (xs[0], xs[1]) = (tf.expand_dims(xs[0], 1), tf.expand_dims(xs[1], 0));
        var window = flat
            ? Sliding.Of("conv1d", xs[0], xs[1].shape, strides is null ? null : [1, strides[0]], padding,
                dilations is null ? null : [1, dilations[0]])
            : Sliding.Of("conv2d", xs[0], xs[1].shape, strides, padding, dilations);
        var y = Convolution("convolution", xs[0], xs[1], bias is null ? null : xs[2], relu, window);
        return flat ? tf.squeeze(y, 1) : y;
    }

    /// <summary>A convolution of images.</summary>
    internal static Tensor Convolution(string op, Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window)
    {
        x = Op.Floating(op, x);
        var shape = Sliding.Result(window, x.shape, kernel.shape[3]);
        var y = Backend.Current.Convolve(x, kernel, bias, relu, window, shape);
        Tensor[] inputs = bias is null ? [x, kernel] : [x, kernel, bias];
        var linear = Op.Made(op, relu ? y.View(shape) : y, inputs, (g, i) => i switch
        {
            0 => ByInput(g, kernel, window, x.shape),
            1 => ByKernel(x, g, window, kernel.shape),
            _ => tf.reduce_sum(g, [0, 1, 2]),
        });
        return relu ? Op.Made("relu", y, linear, (g, _, y) => ReluGradient(g, y)) : linear;
    }

    static Tensor ByInput(Tensor g, Tensor kernel, Window window, Shape shape) =>
        Op.Made("conv2d_by_input", Backend.Current.ConvolveInput(g, kernel, window, shape), g, kernel,
            da: (u, _, kernel, _) => Convolution("conv2d", u, kernel, null, false, window),
            db: (u, g, kernel, _) => ByKernel(u, g, window, kernel.shape));

    static Tensor ByKernel(Tensor x, Tensor g, Window window, Shape shape) =>
        Op.Made("conv2d_by_kernel", Backend.Current.ConvolveKernel(x, g, window, shape), x, g,
            da: (u, x, g, _) => ByInput(g, u, window, x.shape),
            db: (u, x, _, _) => Convolution("conv2d", x, u, null, false, window));
}
