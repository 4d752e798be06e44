using System.Numerics.Tensors;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>The kernels from which a backend composes its fused forms; the ops of the same names use them too.</summary>
public static class Basic
{
    /// <summary>a + b.</summary>
    public static readonly ZipKernel Add = new("add", Elementwise.Zip<float, Elementwise.Add<float>>,
        Elementwise.Zip<double, Elementwise.Add<double>>,
        TensorPrimitives.Add, TensorPrimitives.Add);

    /// <summary>a − b.</summary>
    public static readonly ZipKernel Subtract = new("subtract", Elementwise.Zip<float, Elementwise.Subtract<float>>,
        Elementwise.Zip<double, Elementwise.Subtract<double>>, TensorPrimitives.Subtract, TensorPrimitives.Subtract);

    /// <summary>a · b.</summary>
    public static readonly ZipKernel Multiply = new("multiply", Elementwise.Zip<float, Elementwise.Multiply<float>>,
        Elementwise.Zip<double, Elementwise.Multiply<double>>, TensorPrimitives.Multiply, TensorPrimitives.Multiply);

    /// <summary>a / b, of floating-point numbers.</summary>
    public static readonly ZipKernel Divide = new("divide", Elementwise.Zip<float, Elementwise.Divide<float>>,
        Elementwise.Zip<double, Elementwise.Divide<double>>);

    /// <summary>−x.</summary>
    public static readonly MapKernel Negative = new("negative", TensorPrimitives.Negate, TensorPrimitives.Negate, TensorPrimitives.Negate,
        TensorPrimitives.Negate);

    /// <summary>x².</summary>
    public static readonly MapKernel Square = new("square", (x, y) => TensorPrimitives.Multiply(x, x, y),
        (x, y) => TensorPrimitives.Multiply(x, x, y),
        (x, y) => TensorPrimitives.Multiply(x, x, y), (x, y) => TensorPrimitives.Multiply(x, x, y));

    /// <summary>√x.</summary>
    public static readonly MapKernel Sqrt = new("sqrt", TensorPrimitives.Sqrt, TensorPrimitives.Sqrt);

    /// <summary>The sum of a row; of none 0.</summary>
    public static readonly ReduceKernel Sum = new("reduce_sum", Add, Elementwise.Sum, Elementwise.Sum, TensorPrimitives.Sum,
        TensorPrimitives.Sum);

    /// <summary>max(x, 0).</summary>
    public static readonly MapKernel Relu = new("relu", (x, y) => TensorPrimitives.Max(x, 0f, y), (x, y) => TensorPrimitives.Max(x, 0.0, y),
        Kernel.Map<int>(x => Math.Max(x, 0)), Kernel.Map<long>(x => Math.Max(x, 0)));

    /// <summary>exp(x) / Σ exp(x) along a row.</summary>
    public static readonly MapKernel Softmax = new("softmax", SoftmaxRows.Softmax, SoftmaxRows.Softmax);

    /// <summary>x − log Σ exp(x) along a row.</summary>
    public static readonly MapKernel LogSoftmax = new("log_softmax", SoftmaxRows.LogSoftmax, SoftmaxRows.LogSoftmax);
}
