using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.Backends;

/// <summary>
/// Where kernels are executed. Everything above it (ops, gradient rules, tape, random numbers) is the same for every backend.
/// </summary>
/// <remarks>
/// The seam is this list of shapes. Shapes and dtypes are checked before a kernel is called; results are new tensors without a graph.
/// A backend may execute an op by the name of its kernel and leave the rest to <see cref="ManagedBackend"/>.
/// </remarks>
public abstract class Backend
{
    [ThreadStatic] static Backend? here;
    static Backend? everywhere;

    /// <summary>
    /// The backend of every thread that has not been told otherwise: <see cref="ManagedBackend"/>, or what the environment names.
    /// </summary>
    public static Backend Default
    {
        get => everywhere ??= Engine.FromEnvironment();
        set => everywhere = value;
    }

    /// <summary>The backend that executes kernels on this thread now.</summary>
    public static Backend Current => here ?? Default;

    /// <summary>Uses another backend on this thread until the result is disposed.</summary>
    public static IDisposable Use(Backend backend)
    {
        var scope = new Scope(here);
        here = backend;
        return scope;
    }

    /// <summary>What a reader calls it, with its version.</summary>
    public abstract string Name { get; }

    sealed class Scope(Backend? outer) : IDisposable
    {
        public void Dispose() => here = outer;
    }

    /// <summary>A tensor of one number.</summary>
    public abstract Tensor Fill(Shape shape, DType dtype, double value);

    /// <summary>The elements as another type: fractions toward zero, bool as 0 and 1, not zero as true.</summary>
    public abstract Tensor Cast(Tensor x, DType dtype);

    /// <summary>Elementwise, one input.</summary>
    public abstract Tensor Map(MapKernel kernel, Tensor x);

    /// <summary>Elementwise, two inputs of one dtype that broadcast to <paramref name="shape"/>.</summary>
    public abstract Tensor Zip(ZipKernel kernel, Tensor a, Tensor b, Shape shape);

    /// <summary>Elementwise relation of two inputs that broadcast to <paramref name="shape"/>.</summary>
    public abstract Tensor Compare(CompareKernel kernel, Tensor a, Tensor b, Shape shape);

    /// <summary>a where the condition holds, else b; the three broadcast to <paramref name="shape"/>.</summary>
    public abstract Tensor Select(Tensor condition, Tensor a, Tensor b, Shape shape);

    /// <summary>Folds the given axes (sorted, counted from the front); they are kept with length 1.</summary>
    public abstract Tensor Reduce(ReduceKernel kernel, Tensor x, int[] axes);

    /// <summary>A function of each row along the last axis, of the same length.</summary>
    public abstract Tensor Rows(MapKernel kernel, Tensor x);

    /// <summary>Positions along the last axis, <paramref name="count"/> of each row, as int64.</summary>
    public abstract Tensor Positions(PositionsKernel kernel, Tensor x, int count);

    /// <summary>A function of the matrices in the last two axes; all other axes are the same in inputs and result.</summary>
    public abstract Tensor Matrices(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape);

    /// <summary>Products of the matrices in the last two axes, each transposed on request; other axes broadcast.</summary>
    public abstract Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Shape shape);

    /// <summary>Axis i of the result is axis permutation[i] of x.</summary>
    public abstract Tensor Permute(Tensor x, int[] permutation, Shape shape);

    /// <summary>x stretched to a shape that it broadcasts to.</summary>
    public abstract Tensor Broadcast(Tensor x, Shape shape);

    /// <summary>Every steps[i]-th element from begin[i] on, as many as the shape says; steps may be negative.</summary>
    public abstract Tensor Slice(Tensor x, int[] begin, int[] steps, Shape shape);

    /// <summary>The reverse of <see cref="Slice"/>: x at those places of a tensor that is <paramref name="padding"/> elsewhere.</summary>
    public abstract Tensor Embed(Tensor x, int[] begin, int[] steps, Shape shape, double padding);

    /// <summary>Adds x at those places of a tensor, in place; false where a backend cannot, and nothing has happened.</summary>
    public virtual bool AddPart(Tensor whole, Tensor x, int[] begin, int[] steps) => false;

    /// <summary>Tensors one after another along an axis.</summary>
    public abstract Tensor Concat(Tensor[] xs, int axis, Shape shape);

    /// <summary>Rows of x (outer, n, inner) by index (outer or 1, k): the result is (outer, k, inner). Indices are in range.</summary>
    public abstract Tensor Gather(Tensor x, Tensor indices);

    /// <summary>
    /// The reverse of <see cref="Gather"/>: rows (outer, k, inner) added up into (outer, n, inner); a negative index is dropped.
    /// </summary>
    public abstract Tensor ScatterAdd(Tensor x, Tensor indices, int n);

    /// <summary>
    /// Sums of products of x (batch, height, width, channels) with a kernel (height, width, channels / groups, filters) in each place of a
    /// window; then the bias is added, and what is negative made 0, where asked for.
    /// </summary>
    public abstract Tensor Convolve(Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window, Shape shape);

    /// <summary>The gradient of <see cref="Convolve"/> without bias by x, of a shape, from the gradient g for its result.</summary>
    public abstract Tensor ConvolveInput(Tensor g, Tensor kernel, Window window, Shape shape);

    /// <summary>The gradient of <see cref="Convolve"/> without bias by the kernel, of a shape, from the gradient g for its
    /// result.</summary>
    public abstract Tensor ConvolveKernel(Tensor x, Tensor g, Window window, Shape shape);

    /// <summary>The largest element of each window and channel, and where in x it stands, as int32; of equal ones the first.</summary>
    public abstract (Tensor Values, Tensor Places) MaxPool(Tensor x, Window window, Shape shape);

    /// <summary>The mean of each window and channel over what lies inside of x.</summary>
    public abstract Tensor MeanPool(Tensor x, Window window, Shape shape);

    /// <summary>The gradient of <see cref="MeanPool"/> by x, of a shape, from the gradient g for its result.</summary>
    public abstract Tensor MeanPoolInput(Tensor g, Window window, Shape shape);

    /// <summary>max(x · kernel + bias, 0), or without the maximum: x (m, k), kernel (k, n), bias (n).</summary>
    public virtual Tensor Dense(Tensor x, Tensor kernel, Tensor bias, bool relu)
    {
        var shape = new Shape(x.shape[0], kernel.shape[1]);
        var y = Zip(Basic.Add, MatMul(x, kernel, false, false, shape), bias, shape);
        return relu ? Map(Basic.Relu, y) : y;
    }

    /// <summary>
    /// Per row −Σ labels·log softmax(logits), and its gradient by the logits, softmax·Σ labels − labels: both inputs (m, n).
    /// </summary>
    public virtual (Tensor Loss, Tensor Slope) CrossEntropy(Tensor labels, Tensor logits)
    {
        var sums = Reduce(Basic.Sum, Zip(Basic.Multiply, labels, Rows(Basic.LogSoftmax, logits), logits.shape), [1]);
        var scaled = Zip(Basic.Multiply, Rows(Basic.Softmax, logits), Reduce(Basic.Sum, labels, [1]), logits.shape);
        return (Map(Basic.Negative, sums).View(new(logits.shape[0])), Zip(Basic.Subtract, scaled, labels, logits.shape));
    }

    /// <summary>½ Σ x², a scalar.</summary>
    public virtual Tensor HalfSumOfSquares(Tensor x) =>
        Zip(Basic.Multiply, Reduce(Basic.Sum, Map(Basic.Square, x), [.. Enumerable.Range(0, x.ndim)]).View(Shape.Scalar),
            Fill(Shape.Scalar, x.dtype, 0.5), Shape.Scalar);

    /// <summary>
    /// Per row −log softmax(logits)[label], and its gradient by the logits: labels (m) in range, logits (m, n). Null: no such kernel, and
    /// the op composes it.
    /// </summary>
    public virtual (Tensor Loss, Tensor Slope)? SparseCrossEntropy(Tensor labels, Tensor logits) => null;

    /// <summary>x with 0 for the numbers below the smallest normal one: what an optimizer remembers.</summary>
    /// <remarks>A backend whose kernels do so by themselves returns x.</remarks>
    public abstract Tensor Flush(Tensor x);

    /// <summary>Changes a variable in place by a gradient of its shape; m and v are the optimizer's memory.</summary>
    public abstract void Update(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v,
        ReadOnlySpan<double> numbers);
}
