using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Workbook.Tensors.TensorFlow.Eager;
using Workbook.Tensors.TensorFlow.Loading;
using Workbook.Tensors.TensorFlow.Native;

namespace Workbook.Tensors.TensorFlow;

/// <summary>
/// Executes kernels by TensorFlow, one eager op after another. Tensors stay in TensorFlow's memory until somebody looks at them.
/// </summary>
/// <remarks>What TensorFlow lacks, or gets wrong, the embedded engine does; docs/tensorflow.md lists it.</remarks>
sealed partial class TensorFlowBackend : ManagedBackend
{
    static readonly Lock Gate = new();
    static TensorFlowBackend? only;

    readonly ContextHandle context;
    readonly TensorFlowLibrary library;
    readonly bool hasAccelerator;

    TensorFlowBackend(TensorFlowLibrary library)
    {
        this.library = library;
        context = library.NewContext();
        Devices = library.Devices(context);
        hasAccelerator = Devices.Any(d => !d.StartsWith("CPU", StringComparison.Ordinal));
    }

    /// <summary>The devices of the library, for example CPU:0, GPU:0.</summary>
    public IReadOnlyList<string> Devices { get; }

    /// <inheritdoc/>
    public override string Name => $"TensorFlow {library.Version} ({string.Join(", ", Devices)})";

    /// <summary>TensorFlow as a backend; one context serves a process.</summary>
    /// <param name="path">The library or its folder; null or empty: see <see cref="LibrarySearch"/>.</param>
    /// <exception cref="EngineException">There is no library, or it cannot be used.</exception>
    public static TensorFlowBackend Load(string? path)
    {
        lock (Gate)
        {
            if (only is null) return only = new(LibrarySearch.Open(path));
            if (string.IsNullOrEmpty(path) || LibrarySearch.IsSame(only.library.Path, LibrarySearch.File(path, "the path given")))
                return only;
            throw new EngineException(
                $"{only.Name} from {only.library.Path} is in use. One library serves a process: expected that or no path. "
                    + $"Received: {path}.");
        }
    }

    /// <summary>A call of an op of TensorFlow's.</summary>
    internal EagerOp Op(ReadOnlySpan<byte> name) => new(context, name);

    /// <inheritdoc/>
    public override Tensor Fill(Shape shape, DType dtype, double value)
    {
        var number = base.Fill(Shape.Scalar, dtype, value);
        if (shape.Rank == 0) return number;
        using var op = Op("Fill"u8);
        return op.Add(shape.Dims).Add(number).Run(shape, dtype);
    }

    /// <inheritdoc/>
    public override Tensor Cast(Tensor x, DType dtype)
    {
        using var op = Op("Cast"u8);
        return op.Add(x).Set("DstT"u8, dtype).Run(x.shape, dtype);
    }

    /// <inheritdoc/>
    public override Tensor Map(MapKernel kernel, Tensor x)
    {
        kernel.For(x.dtype);
        if (!OpNames.Map.TryGetValue(kernel.Op, out var name) || OpNames.IsWrong(kernel.Op, x.dtype)) return base.Map(kernel, x);
        using var op = Op(name);
        return op.Add(x).Run(x.shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Zip(ZipKernel kernel, Tensor a, Tensor b, Shape shape)
    {
        kernel.For(a.dtype);
        if (!OpNames.Zip.TryGetValue(kernel.Op, out var name) || OpNames.IsWrong(kernel.Op, a.dtype))
            return OpNames.Gradients.TryGetValue(kernel.Op, out var gradient) ? Gradient(gradient, kernel, a, b, shape)
                : base.Zip(kernel, a, b, shape);
        using var op = Op(name);
        // An integer divided by zero, a negative power of one: the embedded kernel says so in our words. It also broadcasts along more
        // axes.
        return op.Add(a).Add(b).RunUnlessRefused(shape, a.dtype) ?? base.Zip(kernel, a, b, shape);
    }

    Tensor Gradient(ReadOnlySpan<byte> name, ZipKernel kernel, Tensor g, Tensor of, Shape shape)
    {
        if (g.shape != of.shape) return base.Zip(kernel, g, of, shape);
        using var op = Op(name);
        return (kernel.Op == "relu_grad" ? op.Add(g).Add(of) : op.Add(of).Add(g)).Run(shape, g.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Compare(CompareKernel kernel, Tensor a, Tensor b, Shape shape)
    {
        kernel.For(a.dtype);
        if (!OpNames.Compare.TryGetValue(kernel.Op, out var name)) return base.Compare(kernel, a, b, shape);
        using var op = Op(name);
        return op.Add(a).Add(b).RunUnlessRefused(shape, DType.Bool) ?? base.Compare(kernel, a, b, shape);
    }

    /// <inheritdoc/>
    public override Tensor Select(Tensor condition, Tensor a, Tensor b, Shape shape)
    {
        using var op = Op("SelectV2"u8);
        return op.Add(condition).Add(a).Add(b).RunUnlessRefused(shape, a.dtype) ?? base.Select(condition, a, b, shape);
    }

    /// <inheritdoc/>
    public override Tensor Reduce(ReduceKernel kernel, Tensor x, int[] axes)
    {
        kernel.For(x.dtype);
        if (!OpNames.Reduce.TryGetValue(kernel.Op, out var name)) return base.Reduce(kernel, x, axes);
        var kept = x.shape.ToArray();
        foreach (var axis in axes) kept[axis] = 1;
        using var op = Op(name);
        return op.Add(x).Add(axes).Set("keep_dims"u8, true).Run(kept, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Rows(MapKernel kernel, Tensor x)
    {
        kernel.For(x.dtype);
        if (kernel is CumulateKernel running)
        {
            using var sum = Op("Cumsum"u8);
            return sum.Add(x).Add(Number(x.ndim - 1))
                .Set("exclusive"u8, running.Exclusive).Set("reverse"u8, running.Reverse).Run(x.shape, x.dtype);
        }
        if (kernel.Op is not ("softmax" or "log_softmax")) return base.Rows(kernel, x);
        using var op = Op(kernel.Op == "softmax" ? "Softmax"u8 : "LogSoftmax"u8);
        return op.Add(x).Run(x.shape, x.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Positions(PositionsKernel kernel, Tensor x, int count)
    {
        kernel.For(x.dtype);
        var shape = new Shape([.. x.shape.Dims[..^1], count]);
        switch (kernel.Op)
        {
            case "argmax":
                using (var op = Op("ArgMax"u8))
                    return op.Add(x).Add(Number(x.ndim - 1)).Run(new Shape(x.shape.Dims[..^1]), DType.Int64).View(shape);
            case "argmin":
                using (var op = Op("ArgMin"u8))
                    return op.Add(x).Add(Number(x.ndim - 1)).Run(new Shape(x.shape.Dims[..^1]), DType.Int64).View(shape);
            case "top_k":
                using (var op = Op("TopKV2"u8))
                    return Cast(op.Add(x).Add(Number(count)).Run(shape, x.dtype, shape, DType.Int32).Second, DType.Int64);
            default:
                return base.Positions(kernel, x, count);
        }
    }

    static Tensor Number(int value) => Tensor.Over(new[] { value }, Shape.Scalar, DType.Int32);
}
