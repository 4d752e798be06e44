using Workbook.Tensors.Autodiff;
using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

/// <summary>An immutable array that remembers how it was made. TensorFlow: tf.Tensor.</summary>
/// <remarks>
/// Elements lie row-major and contiguous. The graph of a computation hangs on its tensors, but only while a
/// <see cref="GradientTape"/> is open and something it watches takes part; otherwise a tensor is just its elements.
/// </remarks>
public sealed partial class Tensor : Operand
{
    readonly Array? data;

    internal Tensor(Array data, Shape shape, DType dtype)
    {
        this.data = data;
        this.shape = shape;
        this.dtype = dtype;
    }

    /// <summary>Elements that a foreign backend keeps.</summary>
    internal Tensor(Storage storage, Shape shape, DType dtype)
    {
        Storage = storage;
        this.shape = shape;
        this.dtype = dtype;
    }

    /// <summary>The elements of another tensor, wherever they are, under another shape of the same size.</summary>
    internal Tensor(Tensor elements, Shape shape)
    {
        data = elements.data;
        Storage = elements.Storage;
        this.shape = shape;
        dtype = elements.dtype;
    }

    /// <summary>The elements as an array; where a foreign backend keeps them, they are fetched once.</summary>
    internal Array Data => data ?? Storage!.Elements;

    /// <summary>The elements where a foreign backend keeps them: instead of an array, or as a copy of it.</summary>
    internal Storage? Storage { get; set; }

    /// <summary>Whether the elements are this array.</summary>
    internal bool Holds(Array array) => ReferenceEquals(data, array);

    /// <inheritdoc/>
    public override Shape shape { get; }

    /// <inheritdoc/>
    public override DType dtype { get; }

    /// <summary>The number of axes. TensorFlow: tensor.ndim.</summary>
    public int ndim => shape.Rank;

    /// <summary>The number of elements.</summary>
    public int size => shape.Size;

    /// <summary>The tensor itself.</summary>
    public override Tensor value()
    {
        Source?.Share();
        return this;
    }

    internal override Tensor Read() => this;

    /// <summary>How this tensor was made, if a tape recorded it.</summary>
    internal Node? Node { get; set; }

    /// <summary>The tapes that follow this tensor, because they watch it or recorded its making.</summary>
    internal TapeSet? Tapes { get; set; }

    /// <summary>The variable whose value this is, if it was read from one.</summary>
    internal Variable? Source { get; init; }

    /// <summary>
    /// The variables that this was read or computed from; null: none, or a history that is left behind on purpose. Of what a tape follows
    /// only the beginning.
    /// </summary>
    internal Lineage? Lineage { get; set; }

    /// <summary>Whether a tape gave it as a gradient: what lies behind it is the loss, and not what somebody makes of it.</summary>
    internal bool IsGradient { get; set; }

    /// <summary>The scores whose softmax or sigmoid this is, where whoever made it says so: a cross-entropy is exact on scores.</summary>
    internal Tensor? Scores { get; set; }

    /// <summary>Which steps count, as bool of its first axes, where a layer says so. Keras: _keras_mask.</summary>
    internal Tensor? Mask { get; set; }

    /// <summary>Whether this came from a bare C# number, which takes the dtype of whatever it meets.</summary>
    internal bool IsWeak { get; private init; }

    /// <summary>The elements, row-major, not copied.</summary>
    /// <typeparam name="T">float, double, int, long or bool, exactly as the dtype.</typeparam>
    /// <exception cref="DTypeException">T is not the element type.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged =>
        Data is T[] array ? array.AsSpan(0, size)
        : throw new DTypeException(
            $"Expected {DTypes.Of(typeof(T)).Name()} elements. Received: a {dtype.Name()} tensor. "
                + $"Use ToArray<{typeof(T).Name}>(), which converts, or tf.cast.");

    /// <summary>The same elements under another shape of the same size; no graph.</summary>
    internal Tensor View(Shape shape)
    {
        Source?.Share();
        return new(this, shape);
    }

    internal static Tensor Weak(double number) =>
        new(new[] { (float)number }, Shape.Scalar, DType.Float32) { IsWeak = true, Number = number };

    internal static Tensor Weak(long number) => number is >= int.MinValue and <= int.MaxValue
        ? new(new[] { (int)number }, Shape.Scalar, DType.Int32) { IsWeak = true, Number = number }
        : new(new[] { number }, Shape.Scalar, DType.Int64) { IsWeak = true, Number = number };

    /// <summary>The exact number behind a weak scalar, so that float64 does not see it rounded to float32.</summary>
    internal double Number { get; private init; }

    /// <summary>This weak scalar with the dtype of the tensor that it met.</summary>
    internal Tensor Strengthen(DType target, string op)
    {
        if (target == DType.Float32 && float.IsInfinity((float)Number) && double.IsFinite(Number))
            throw new DTypeException($"{op}: the number {Number} does not fit float32. Use tf.float64.");
        if (target == dtype && target != DType.Float64) return this;
        if (target == DType.Bool || (target.IsInteger() && dtype.IsFloating()))
            throw new DTypeException(
                $"{op}: expected a number that fits a {target.Name()} tensor. Received: {Number}. "
                    + "Cast the tensor first: tf.cast(x, tf.float32).");
        return target switch
        {
            DType.Float32 => new(new[] { (float)Number }, shape, target),
            DType.Float64 => new(new[] { Number }, shape, target),
            DType.Int32 =>
                throw new DTypeException(
                    $"{op}: the number {Number} does not fit an int32 tensor. Cast the tensor first: tf.cast(x, tf.int64)."),
            _ => new(new[] { dtype == DType.Int64 ? ((long[])Data)[0] : (long)((int[])Data)[0] }, shape, target),
        };
    }
}
