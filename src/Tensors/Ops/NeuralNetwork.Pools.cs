using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class NeuralNetworkOps
{
    /// <summary>The largest element of each window; of equal ones the first gets the gradient.</summary>
    /// <param name="input">(batch, height, width, channels).</param>
    /// <param name="ksize">The window: one number, or one for height and one for width.</param>
    /// <param name="strides">As ksize; default: the same, so that windows do not overlap.</param>
    /// <param name="padding">VALID: windows lie inside. SAME: ⌈length / stride⌉ windows; what lies outside does not count.</param>
    /// <returns>(batch, windows, windows, channels).</returns>
    /// <exception cref="ShapeException">Not four axes, or no window fits.</exception>
    public static Tensor max_pool2d(Operand input, Shape ksize, Shape? strides = null, string padding = "VALID")
    {
        var x = Op.Floating("max_pool2d", input);
        return Largest("max_pool2d", x, Sliding.Of("max_pool2d", x, ksize, strides, padding));
    }

    /// <summary><see cref="max_pool2d"/> along one axis: (batch, steps, channels).</summary>
    /// <inheritdoc cref="max_pool2d"/>
    public static Tensor max_pool1d(Operand input, int ksize, int? strides = null, string padding = "VALID")
    {
        var x = Sliding.Flat("max_pool1d", Op.Floating("max_pool1d", input));
        return tf.squeeze(Largest("max_pool1d", x, Sliding.Of("max_pool1d", x, [1, ksize], [1, strides ?? ksize], padding)), 1);
    }

    /// <summary>The mean of each window.</summary>
    /// <inheritdoc cref="max_pool2d"/>
    public static Tensor avg_pool2d(Operand input, Shape ksize, Shape? strides = null, string padding = "VALID")
    {
        var x = Op.Floating("avg_pool2d", input);
        return Mean("avg_pool2d", x, Sliding.Of("avg_pool2d", x, ksize, strides, padding));
    }

    /// <summary><see cref="avg_pool2d"/> along one axis: (batch, steps, channels).</summary>
    /// <inheritdoc cref="max_pool2d"/>
    public static Tensor avg_pool1d(Operand input, int ksize, int? strides = null, string padding = "VALID")
    {
        var x = Sliding.Flat("avg_pool1d", Op.Floating("avg_pool1d", input));
        return tf.squeeze(Mean("avg_pool1d", x, Sliding.Of("avg_pool1d", x, [1, ksize], [1, strides ?? ksize], padding)), 1);
    }

    static Tensor Largest(string op, Tensor x, Window window)
    {
        var (values, places) = Backend.Current.MaxPool(x, window, Sliding.Result(window, x.shape, x.shape[3]));
        var rows = places.View((1, places.size));
        return Op.Made(op, values, x, (g, x, _) => tf.reshape(tf.Scattered(tf.reshape(g, (1, g.size, 1)), rows, x.size), x.shape));
    }

    static Tensor Mean(string op, Tensor x, Window window) =>
        Op.Made(op, Backend.Current.MeanPool(x, window, Sliding.Result(window, x.shape, x.shape[3])), x,
            (g, x, _) => MeanBack(g, window, x.shape));

    static Tensor MeanBack(Tensor g, Window window, Shape shape) =>
        Op.Made("avg_pool2d_by_input", Backend.Current.MeanPoolInput(g, window, shape), g, (u, _, _) => Mean("avg_pool2d", u, window));
}
