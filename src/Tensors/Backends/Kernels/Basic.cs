using System.Numerics.Tensors;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>The kernels from which a backend composes its fused forms; the ops of the same names use them too.</summary>
static class Basic
{
    public static readonly ZipKernel Add = new("add", Elementwise.Zip<float, Elementwise.Add<float>>,
        Elementwise.Zip<double, Elementwise.Add<double>>,
        TensorPrimitives.Add, TensorPrimitives.Add);

    public static readonly ZipKernel Subtract = new("subtract", Elementwise.Zip<float, Elementwise.Subtract<float>>,
        Elementwise.Zip<double, Elementwise.Subtract<double>>, TensorPrimitives.Subtract, TensorPrimitives.Subtract);

    public static readonly ZipKernel Multiply = new("multiply", Elementwise.Zip<float, Elementwise.Multiply<float>>,
        Elementwise.Zip<double, Elementwise.Multiply<double>>, TensorPrimitives.Multiply, TensorPrimitives.Multiply);

    public static readonly ZipKernel Divide = new("divide", Elementwise.Zip<float, Elementwise.Divide<float>>,
        Elementwise.Zip<double, Elementwise.Divide<double>>);

    public static readonly MapKernel Negative = new("negative", TensorPrimitives.Negate, TensorPrimitives.Negate, TensorPrimitives.Negate,
        TensorPrimitives.Negate);

    public static readonly MapKernel Square = new("square", (x, y) => TensorPrimitives.Multiply(x, x, y),
        (x, y) => TensorPrimitives.Multiply(x, x, y),
        (x, y) => TensorPrimitives.Multiply(x, x, y), (x, y) => TensorPrimitives.Multiply(x, x, y));

    public static readonly MapKernel Sqrt = new("sqrt", TensorPrimitives.Sqrt, TensorPrimitives.Sqrt);

    public static readonly ReduceKernel Sum = new("reduce_sum", Add, Elementwise.Sum, Elementwise.Sum, TensorPrimitives.Sum,
        TensorPrimitives.Sum);

    public static readonly MapKernel Relu = new("relu", (x, y) => TensorPrimitives.Max(x, 0f, y), (x, y) => TensorPrimitives.Max(x, 0.0, y),
        Kernel.Map<int>(x => Math.Max(x, 0)), Kernel.Map<long>(x => Math.Max(x, 0)));

    public static readonly MapKernel Softmax = new("softmax", SoftmaxRows.Softmax, SoftmaxRows.Softmax);

    public static readonly MapKernel LogSoftmax = new("log_softmax", SoftmaxRows.LogSoftmax, SoftmaxRows.LogSoftmax);
}
