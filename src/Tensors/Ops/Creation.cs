using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>A tensor of given elements. TensorFlow: tf.constant.</summary>
    /// <param name="value">A number, a C# array of rank 1 to 4, or a tensor.</param>
    /// <param name="dtype">Default: float32 for fractional numbers (also C# doubles), int32 for whole ones (int64 where they need it),
    /// that
    /// of an array.</param>
    /// <param name="shape">A shape of the same size to give the elements, or any shape for a single number to fill.</param>
    public static Tensor constant(Operand value, DType? dtype = null, Shape? shape = null)
    {
        var x = value.Read();
        x = x.IsWeak ? x.Strengthen(dtype ?? x.dtype, "constant") : dtype is { } d ? cast(x, d) : x;
        if (x.IsWeak) x = x.View(x.shape);
        if (shape is null) return x.value();
        return x.size == 1 ? broadcast_to(reshape(x, Shape.Scalar), shape) : reshape(x, shape);
    }

    /// <summary>A value as a tensor; a tensor stays itself. TensorFlow: tf.convert_to_tensor.</summary>
    public static Tensor convert_to_tensor(Operand value, DType? dtype = null) => constant(value, dtype);

    /// <summary>A tensor of one number.</summary>
    /// <param name="dims">The shape.</param>
    /// <param name="value">A scalar; its gradient is the sum.</param>
    /// <param name="dtype">Default: that of the value.</param>
    public static Tensor fill(Shape dims, Operand value, DType? dtype = null) => broadcast_to(constant(value, dtype), dims);

    /// <summary>Zeros.</summary>
    public static Tensor zeros(Shape shape, DType dtype = DType.Float32) => Backend.Current.Fill(shape, dtype, 0);

    /// <summary>Ones.</summary>
    public static Tensor ones(Shape shape, DType dtype = DType.Float32) => Backend.Current.Fill(shape, dtype, 1);

    /// <summary>Zeros of the shape and dtype of x.</summary>
    public static Tensor zeros_like(Operand x, DType? dtype = null) => zeros(x.shape, dtype ?? x.dtype);

    /// <summary>Ones of the shape and dtype of x.</summary>
    public static Tensor ones_like(Operand x, DType? dtype = null) => ones(x.shape, dtype ?? x.dtype);

    /// <summary>The identity matrix, or its upper left part.</summary>
    /// <param name="num_rows">The number of rows.</param>
    /// <param name="num_columns">Default: the same.</param>
    /// <param name="dtype">Default float32.</param>
    public static Tensor eye(int num_rows, int? num_columns = null, DType dtype = DType.Float32)
    {
        var columns = num_columns ?? num_rows;
        var rows = reshape(range(num_rows), (num_rows, 1));
        return cast(equal(rows, range(columns)), dtype);
    }

    /// <summary>0, 1, … limit − 1.</summary>
    public static Tensor range(Operand limit) => range(0, limit);

    /// <summary>
    /// start, start + delta, … below limit (above it for a negative delta). Whole numbers give int32, fractional ones float32.
    /// </summary>
    /// <exception cref="ArgumentException">delta is 0, or start and limit lie the wrong way round.</exception>
    public static Tensor range(Operand start, Operand limit, Operand? delta = null, DType? dtype = null)
    {
        var xs = Op.Match("range", [start, limit, delta ?? 1]);
        return xs[0].dtype.IsInteger() ? cast(WholeRange(xs[0].Item<long>(), xs[1].Item<long>(), xs[2].Item<long>()), dtype ?? xs[0].dtype)
            : cast(RealRange(xs[0].Item<double>(), xs[1].Item<double>(), xs[2].Item<double>()), dtype ?? xs[0].dtype);
    }

    static Tensor RealRange(double start, double limit, double delta)
    {
        if (delta == 0 || (limit - start) / delta < 0) throw NoRange(start, limit, delta);
        var values = new double[(int)Math.Ceiling((limit - start) / delta)];
        for (var i = 0; i < values.Length; i++) values[i] = start + i * delta;
        return values;
    }

    /// <summary>Not by way of float64, which is not exact above 2⁵³.</summary>
    static Tensor WholeRange(long start, long limit, long delta)
    {
        var distance = (Int128)limit - start;
        if (delta == 0 || (distance != 0 && Int128.IsNegative(distance) != delta < 0)) throw NoRange(start, limit, delta);
        var values = new long[(int)((distance + delta - Math.Sign(delta)) / delta)];
        for (var i = 0; i < values.Length; i++) values[i] = start + i * delta;
        return values;
    }

    static ArgumentException NoRange(object start, object limit, object delta) => new(FormattableString.Invariant(
        $"range: expected a delta that leads from start to limit. Received: start {start}, limit {limit}, delta {delta}."));

    /// <summary>num numbers from start to stop, both included, evenly spaced. Both ends have gradients.</summary>
    /// <param name="start">The first number; floating-point, of any shape.</param>
    /// <param name="stop">The last number; broadcasts with start.</param>
    /// <param name="num">At least 1; for 1 it is the start.</param>
    /// <param name="axis">Where the new axis goes; default 0.</param>
    /// <exception cref="ArgumentException">num is below 1.</exception>
    public static Tensor linspace(Operand start, Operand stop, int num, int axis = 0)
    {
        if (num < 1) throw new ArgumentException($"linspace: expected at least one number. Received: num = {num}.");
        var (a, b) = Op.Match("linspace", start, stop);
        if (!a.dtype.IsFloating())
            throw new DTypeException(
                $"linspace: expected floating-point ends. Received: {a.dtype.Name()}. Write 0.0, or cast them: tf.cast(x, tf.float32).");
        var shape = Shape.Broadcast(a.shape, b.shape, "linspace");
        var (from, to) = (broadcast_to(stop_gradient(a), shape).ToArray<double>(), broadcast_to(stop_gradient(b), shape).ToArray<double>());
        var values = new double[from.Length * num];
        for (var k = 0; k < from.Length; k++)
            for (var i = 0; i < num; i++)
                values[k * num + i] = i == num - 1 && num > 1 ? to[k] : from[k] + (to[k] - from[k]) * i / Math.Max(1, num - 1);
        // How far each number has gone from start to stop.
        Tensor way = cast(constant(Enumerable.Range(0, num).Select(i => i / (double)Math.Max(1, num - 1)).ToArray()), a.dtype);
        var last = cast(Tensor.FromSpan<double>(values, [.. shape, num]), a.dtype);
        last = Op.Made("linspace", last, a, b,
            da: (g, _, _, _) => reduce_sum(g * (1 - way), -1),
            db: (g, _, _, _) => reduce_sum(g * way, -1));
        return Layout.AxisBack(last, last.shape.Axis(axis, "linspace"));
    }

    /// <summary>
    /// The elements as another type: fractions toward zero, bool as 0 and 1, not zero as true. Gradients flow between floating types.
    /// </summary>
    public static Tensor cast(Operand x, DType dtype)
    {
        var v = x.Read();
        if (v.IsWeak && dtype.IsFloating()) return v.Strengthen(dtype, "cast");
        if (v.dtype == dtype) return v.value();
        return Op.Made("cast", Backend.Current.Cast(v, dtype), v, v.dtype.IsFloating() ? static (g, x, _) => cast(g, x.dtype) : null);
    }

    /// <summary>The axis lengths as an int32 vector. TensorFlow: tf.shape.</summary>
    public static Tensor shape(Operand input) => constant(input.shape.ToArray());

    /// <summary>The number of elements as an int32 scalar. TensorFlow: tf.size.</summary>
    public static Tensor size(Operand input) => constant(input.shape.Size);

    /// <summary>The number of axes as an int32 scalar. TensorFlow: tf.rank.</summary>
    public static Tensor rank(Operand input) => constant(input.shape.Rank);
}
