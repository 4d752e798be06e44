using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.TensorFlow;

sealed partial class TensorFlowBackend
{
    /// <inheritdoc/>
    public override Tensor Dense(Tensor x, Tensor kernel, Tensor bias, bool relu)
    {
        Shape shape = (x.shape[0], kernel.shape[1]);
        using var add = Op("BiasAdd"u8);
        var y = add.Add(MatMul(x, kernel, false, false, shape)).Add(bias).Run(shape, x.dtype);
        if (!relu) return y;
        using var positive = Op("Relu"u8);
        return positive.Add(y).Run(shape, x.dtype);
    }

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Slope) CrossEntropy(Tensor labels, Tensor logits)
    {
        if (logits.size == 0) return base.CrossEntropy(labels, logits);
        using var op = Op("SoftmaxCrossEntropyWithLogits"u8);
        var (loss, slope) = op.Add(logits).Add(labels).Run(logits.shape[0], logits.dtype, logits.shape, logits.dtype);
        if (AreProbabilities(labels)) return (loss, slope);
        // TensorFlow's is softmax − labels; right is softmax·Σ labels − labels.
        var sums = Reduce(Basic.Sum, labels, [1]);
        var softmax = Zip(Basic.Add, slope, labels, logits.shape);
        return (loss, Zip(Basic.Subtract, Zip(Basic.Multiply, softmax, sums, logits.shape), labels, logits.shape));
    }

    /// <inheritdoc/>
    /// <remarks>TensorFlow's own kernels take them for 0 already.</remarks>
    public override Tensor Flush(Tensor x) => x.Storage is null ? base.Flush(x) : x;

    /// <summary>Whether each row adds up to exactly 1, as one-hot rows do.</summary>
    static bool AreProbabilities(Tensor labels)
    {
        var n = labels.shape[1];
        for (var i = 0; i < labels.size; i += n)
            if ((labels.Data is double[] d ? TensorPrimitives.Sum<double>(d.AsSpan(i, n))
                : TensorPrimitives.Sum<float>(((float[])labels.Data).AsSpan(i, n))) != 1) return false;
        return true;
    }

    /// <inheritdoc/>
    public override (Tensor Loss, Tensor Slope)? SparseCrossEntropy(Tensor labels, Tensor logits)
    {
        using var op = Op("SparseSoftmaxCrossEntropyWithLogits"u8);
        return op.Add(logits).Add(labels).Run(logits.shape[0], logits.dtype, logits.shape, logits.dtype);
    }

    /// <inheritdoc/>
    public override Tensor HalfSumOfSquares(Tensor x)
    {
        using var op = Op("L2Loss"u8);
        return op.Add(x).Run(Shape.Scalar, x.dtype);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where TensorFlow's memory is the processor's, the embedded rule passes over it once: two copies, where a dozen ops would be most of
    /// a
    /// small net's step. A GPU keeps its variables.
    /// </remarks>
    public override void Update(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v,
        ReadOnlySpan<double> numbers)
    {
        if (!hasAccelerator || !UpdateByOps(kernel, variable, gradient, m, v, numbers))
            base.Update(kernel, variable, gradient, m, v, numbers);
    }

    /// <summary>An optimizer's rule as a dozen ops; false when it is not known here.</summary>
    internal bool UpdateByOps(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v,
        ReadOnlySpan<double> numbers)
    {
        using var scratch = new Scratch();
        var w = variable.Contents;
        switch (kernel.Op)
        {
            case "descent":
                variable.assign(scratch.Keep(Moved(w, gradient, -numbers[0])));
                return true;
            case "adam":
                Tensor first = scratch.Keep(Toward(m!.Contents, gradient, 1 - numbers[1])),
                    second = scratch.Keep(Toward(v!.Contents, Map(Basic.Square, gradient), 1 - numbers[2]));
                var scale = Zip(Basic.Add, Map(Basic.Sqrt, second), Number(numbers[3], w.dtype), w.shape);
                var moved = scratch.Keep(Moved(w, Zip(Basic.Divide, first, scale, w.shape), -numbers[0]));
                m!.assign(first);
                v!.assign(second);
                variable.assign(moved);
                return true;
            default:
                return false;
        }
    }

    /// <summary>x + by·factor.</summary>
    Tensor Moved(Tensor x, Tensor by, double factor) =>
        Zip(Basic.Add, x, Zip(Basic.Multiply, by, Number(factor, x.dtype), x.shape), x.shape);

    /// <summary>A share of the way from one tensor to another.</summary>
    Tensor Toward(Tensor from, Tensor to, double share) => Moved(from, Zip(Basic.Subtract, to, from, to.shape), share);

    Tensor Number(double value, DType dtype) => base.Fill(Shape.Scalar, dtype, value);
}
