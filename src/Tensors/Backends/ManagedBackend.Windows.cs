using System.Numerics;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.Backends;

partial class ManagedBackend
{
    /// <inheritdoc/>
    public override Tensor Convolve(Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window, Shape shape) =>
        x.dtype == DType.Float64 ? Convolve<double>(x, kernel, bias, relu, window, shape) : Convolve<float>(x, kernel, bias, relu,
            window, shape);

    static Tensor Convolve<T>(Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window, Shape shape) where T : unmanaged
    {
        var y = New<T>(shape.Size);
        Convolution.Forward((T[])x.Data, x.shape, (T[])kernel.Data, kernel.shape, (T[]?)bias?.Data, relu, y, window);
        return new(y, shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor ConvolveInput(Tensor g, Tensor kernel, Window window, Shape shape) =>
        g.dtype == DType.Float64 ? ConvolveInput<double>(g, kernel, window, shape) : ConvolveInput<float>(g, kernel, window, shape);

    static Tensor ConvolveInput<T>(Tensor g, Tensor kernel, Window window, Shape shape) where T : unmanaged
    {
        var x = Zeros<T>(shape.Size);
        Convolution.ByInput((T[])g.Data, (T[])kernel.Data, kernel.shape, x, shape, window);
        return new(x, shape, g.dtype);
    }

    /// <inheritdoc/>
    public override Tensor ConvolveKernel(Tensor x, Tensor g, Window window, Shape shape) =>
        x.dtype == DType.Float64 ? ConvolveKernel<double>(x, g, window, shape) : ConvolveKernel<float>(x, g, window, shape);

    static Tensor ConvolveKernel<T>(Tensor x, Tensor g, Window window, Shape shape) where T : unmanaged
    {
        var kernel = Zeros<T>(shape.Size);
        Convolution.ByKernel((T[])x.Data, x.shape, (T[])g.Data, kernel, shape, window);
        return new(kernel, shape, x.dtype);
    }

    /// <inheritdoc/>
    public override (Tensor Values, Tensor Places) MaxPool(Tensor x, Window window, Shape shape) =>
        x.dtype == DType.Float64 ? MaxPool<double>(x, window, shape) : MaxPool<float>(x, window, shape);

    static (Tensor, Tensor) MaxPool<T>(Tensor x, Window window, Shape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (y, places) = (New<T>(shape.Size), new int[shape.Size]);
        Pooling.Max((T[])x.Data, x.shape, window, y, places);
        return (new(y, shape, x.dtype), new(places, shape, DType.Int32));
    }

    /// <inheritdoc/>
    public override Tensor MeanPool(Tensor x, Window window, Shape shape) =>
        x.dtype == DType.Float64 ? MeanPool<double>(x, window, shape) : MeanPool<float>(x, window, shape);

    static Tensor MeanPool<T>(Tensor x, Window window, Shape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = New<T>(shape.Size);
        Pooling.Mean((T[])x.Data, x.shape, window, y);
        return new(y, shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor MeanPoolInput(Tensor g, Window window, Shape shape) =>
        g.dtype == DType.Float64 ? MeanPoolInput<double>(g, window, shape) : MeanPoolInput<float>(g, window, shape);

    static Tensor MeanPoolInput<T>(Tensor g, Window window, Shape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (shares, x) = (New<T>(g.size), Zeros<T>(shape.Size));
        g.AsSpan<T>().CopyTo(shares);
        Pooling.Share(shares, shape, window, x);
        return new(x, shape, g.dtype);
    }

    static T[] Zeros<T>(int size)
    {
        var zeros = New<T>(size);
        Array.Clear(zeros);
        return zeros;
    }
}
