using System.Numerics.Tensors;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.Backends;

partial class ManagedBackend
{
    /// <inheritdoc/>
    public override Tensor Dense(Tensor x, Tensor kernel, Tensor bias, bool relu) =>
        x.dtype == DType.Float64 ? Dense<double>(x, kernel, bias, relu) : Dense<float>(x, kernel, bias, relu);

    static Tensor Dense<T>(Tensor x, Tensor kernel, Tensor bias, bool relu) where T : unmanaged, System.Numerics.INumber<T>
    {
        int m = x.shape[0], k = x.shape[1], n = kernel.shape[1];
        var y = New<T>(m * n);
        MatrixProduct.Multiply(x.AsSpan<T>(), kernel.AsSpan<T>(), y, m, n, k, false, false);
        var b = bias.AsSpan<T>();
        for (var i = 0; i < m; i++)
        {
            var row = y.AsSpan(i * n, n);
            if (relu) Elementwise.Zip<T, Elementwise.AddRelu<T>>(row, b, row);
            else Elementwise.Zip<T, Elementwise.Add<T>>(row, b, row);
        }
        return new(y, new(m, n), x.dtype);
    }

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Slope) CrossEntropy(Tensor labels, Tensor logits) =>
        logits.dtype == DType.Float64 ? CrossEntropy<double>(labels, logits) : CrossEntropy<float>(labels, logits);

    static (Tensor, Tensor) CrossEntropy<T>(Tensor labels, Tensor logits) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int m = logits.shape[0], n = logits.shape[1];
        T[] loss = New<T>(m), slope = New<T>(m * n);
        ReadOnlySpan<T> p = labels.AsSpan<T>(), x = logits.AsSpan<T>();
        for (var i = 0; i < m; i++)
            loss[i] = n == 0 ? T.Zero : SoftmaxRows.CrossEntropy(p.Slice(i * n, n), x.Slice(i * n, n), slope.AsSpan(i * n, n));
        return (new(loss, new(m), logits.dtype), new(slope, logits.shape, logits.dtype));
    }

    /// <inheritdoc/>
    public override Tensor HalfSumOfSquares(Tensor x) => x.dtype == DType.Float64
        ? new(new[] { TensorPrimitives.SumOfSquares(x.AsSpan<double>()) / 2 }, Shape.Scalar, x.dtype)
        : new(new[] { TensorPrimitives.SumOfSquares(x.AsSpan<float>()) / 2 }, Shape.Scalar, x.dtype);

    /// <inheritdoc/>
    public override Tensor Flush(Tensor x) => x.dtype == DType.Float64 ? Flush<double>(x) : x.dtype == DType.Float32 ? Flush<float>(x) : x;

    static Tensor Flush<T>(Tensor x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        Subnormals.AnyIn(x.AsSpan<T>()) ? new(Array.ConvertAll(x.AsSpan<T>().ToArray(), Subnormals.Flush), x.shape, x.dtype) : x;

    /// <inheritdoc/>
    public override void Update(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v,
        ReadOnlySpan<double> numbers)
    {
        if (variable.dtype == DType.Float64) Update<double>(kernel, variable, gradient, m, v, numbers);
        else Update<float>(kernel, variable, gradient, m, v, numbers);
    }

    static void Update<T>(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v, ReadOnlySpan<double> numbers)
        where T : unmanaged
    {
        var rule = kernel.For<T>();
        rule((T[])variable.Writable(), gradient.AsSpan<T>(), m is null ? [] : (T[])m.Writable(), v is null ? [] : (T[])v.Writable(),
            numbers);
    }
}
