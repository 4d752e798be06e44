using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Workbook.Tensors.TensorFlow.Eager;

namespace Workbook.Tensors.TensorFlow;

/// <remarks>TensorFlow's own kernels for a processor take no dilation in gradients and no groups; those the embedded engine does.</remarks>
sealed partial class TensorFlowBackend
{
    /// <inheritdoc/>
    public override Tensor Convolve(Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window, Shape shape)
    {
        if (IsLeft(x.shape, kernel.shape)) return base.Convolve(x, kernel, bias, relu, window, shape);
        Tensor? y;
        if (kernel.shape[2] == 1 && x.shape[3] > 1)
        {
            using var depthwise = Slid("DepthwiseConv2dNative"u8, window);
            y = depthwise.Add(x).Add(Apart(kernel, x.shape)).RunUnlessRefused(shape, x.dtype);
        }
        else
        {
            using var op = Slid("Conv2D"u8, window);
            y = op.Add(x).Add(kernel).RunUnlessRefused(shape, x.dtype);
        }
        if (y is null) return base.Convolve(x, kernel, bias, relu, window, shape);
        if (bias is not null)
        {
            using var add = Op("BiasAdd"u8);
            y = add.Add(y).Add(bias).Run(shape, x.dtype);
        }
        return relu ? Map(Basic.Relu, y) : y;
    }

    /// <inheritdoc/>
    public override Tensor ConvolveInput(Tensor g, Tensor kernel, Window window, Shape shape)
    {
        if (IsLeft(shape, kernel.shape) || IsDilated(window)) return base.ConvolveInput(g, kernel, window, shape);
        if (kernel.shape[2] == 1 && shape[3] > 1)
        {
            using var depthwise = Slid("DepthwiseConv2dNativeBackpropInput"u8, window);
            return depthwise.Add(shape.Dims).Add(Apart(kernel, shape)).Add(g).RunUnlessRefused(shape, g.dtype)
                ?? base.ConvolveInput(g, kernel, window, shape);
        }
        using var op = Slid("Conv2DBackpropInput"u8, window);
        return op.Add(shape.Dims).Add(kernel).Add(g).RunUnlessRefused(shape, g.dtype) ?? base.ConvolveInput(g, kernel, window, shape);
    }

    /// <inheritdoc/>
    public override Tensor ConvolveKernel(Tensor x, Tensor g, Window window, Shape shape)
    {
        if (IsLeft(x.shape, shape) || IsDilated(window)) return base.ConvolveKernel(x, g, window, shape);
        if (shape[2] == 1 && x.shape[3] > 1)
        {
            Shape apart = new(shape[0], shape[1], x.shape[3], shape[3] / x.shape[3]);
            using var depthwise = Slid("DepthwiseConv2dNativeBackpropFilter"u8, window);
            return depthwise.Add(x).Add(apart.Dims).Add(g).RunUnlessRefused(apart, g.dtype)?.View(shape)
                ?? base.ConvolveKernel(x, g, window, shape);
        }
        using var op = Slid("Conv2DBackpropFilter"u8, window);
        return op.Add(x).Add(shape.Dims).Add(g).RunUnlessRefused(shape, g.dtype) ?? base.ConvolveKernel(x, g, window, shape);
    }

    /// <inheritdoc/>
    public override (Tensor Values, Tensor Places) MaxPool(Tensor x, Window window, Shape shape)
    {
        if (shape.Size == 0 || Padding(window, x.shape) is not { Length: > 0 } padding) return base.MaxPool(x, window, shape);
        using var op = Op("MaxPoolWithArgmax"u8);
        var (values, places) = op.Add(x).Set("ksize"u8, [1, window.Y.Size, window.X.Size, 1])
            .Set("strides"u8, [1, window.Y.Stride, window.X.Stride, 1]).Set("padding"u8, padding).Set("include_batch_in_index"u8, true)
            .Run(shape, x.dtype, shape, DType.Int64);
        return (values, Cast(places, DType.Int32));
    }

    /// <inheritdoc/>
    public override Tensor MeanPool(Tensor x, Window window, Shape shape)
    {
        if (shape.Size == 0 || Padding(window, x.shape) is not { Length: > 0 } padding) return base.MeanPool(x, window, shape);
        using var op = Op("AvgPool"u8);
        return op.Add(x).Set("ksize"u8, [1, window.Y.Size, window.X.Size, 1])
            .Set("strides"u8, [1, window.Y.Stride, window.X.Stride, 1]).Set("padding"u8, padding).RunUnlessRefused(shape, x.dtype)
                ?? base.MeanPool(x, window, shape);
    }

    /// <inheritdoc/>
    public override Tensor MeanPoolInput(Tensor g, Window window, Shape shape)
    {
        if (shape.Size == 0 || Padding(window, shape) is not { Length: > 0 } padding) return base.MeanPoolInput(g, window, shape);
        using var op = Op("AvgPoolGrad"u8);
        return op.Add(shape.Dims).Add(g).Set("ksize"u8, [1, window.Y.Size, window.X.Size, 1])
            .Set("strides"u8, [1, window.Y.Stride, window.X.Stride, 1]).Set("padding"u8, padding).RunUnlessRefused(shape, g.dtype)
                ?? base.MeanPoolInput(g, window, shape);
    }

    EagerOp Slid(ReadOnlySpan<byte> name, Window window)
    {
        Slide y = window.Y, x = window.X;
        return Op(name).Set("strides"u8, [1, y.Stride, x.Stride, 1]).Set("dilations"u8, [1, y.Dilation, x.Dilation, 1])
            .Set("padding"u8, "EXPLICIT"u8).Set("explicit_paddings"u8, [0, 0, y.Before, y.After, x.Before, x.After, 0, 0]);
    }

    /// <summary>TensorFlow's word for the padding of a pool; empty where it has none.</summary>
    static ReadOnlySpan<byte> Padding(Window window, Shape x) =>
        window is { Y: { Before: 0, After: 0 }, X: { Before: 0, After: 0 } } ? "VALID"u8
        : window.Y == window.Y.Same(x[1]) && window.X == window.X.Same(x[2]) ? "SAME"u8 : default;

    /// <summary>Nothing to do, or groups of several channels.</summary>
    static bool IsLeft(Shape x, Shape kernel) => x.Size == 0 || kernel.Size == 0 || (kernel[2] != x[3] && kernel[2] != 1);

    static bool IsDilated(Window window) => window.Y.Dilation > 1 || window.X.Dilation > 1;

    /// <summary>A kernel of as many groups as channels, as TensorFlow's depthwise ones are laid out.</summary>
    static Tensor Apart(Tensor kernel, Shape x) =>
        kernel.View(new(kernel.shape[0], kernel.shape[1], x[3], kernel.shape[3] / x[3]));
}
