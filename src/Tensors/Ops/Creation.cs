using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>A tensor of given elements. TensorFlow: tf.constant.</summary>
    /// <param name="value">A number, a C# array of rank 1 to 4, or a tensor.</param>
    /// <param name="dtype">Default: float32 for fractional numbers (also C# doubles), int32 for whole ones (int64 where they need it), that of an array.</param>
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

    /// <summary>start, start + delta, … below limit (above it for a negative delta). Whole numbers give int32, fractional ones float32.</summary>
    /// <exception cref="ArgumentException">delta is 0, or start and limit lie the wrong way round.</exception>
    public static Tensor range(Operand start, Operand limit, Operand? delta = null, DType? dtype = null)
    {
        var xs = Op.Match("range", [start, limit, delta ?? 1]);
        var (from, to, step) = (xs[0].Item<double>(), xs[1].Item<double>(), xs[2].Item<double>());
        if (step == 0 || (to - from) / step < 0)
            throw new ArgumentException($"range: expected a delta that leads from start to limit. Received: start {from}, limit {to}, delta {step}.");
        var count = (int)Math.Ceiling((to - from) / step);
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = from + i * step;
        return cast(constant(values), dtype ?? xs[0].dtype);
    }

    /// <summary>num numbers from start to stop, both included, evenly spaced.</summary>
    /// <exception cref="ArgumentException">num is below 1.</exception>
    public static Tensor linspace(Operand start, Operand stop, int num)
    {
        if (num < 1) throw new ArgumentException($"linspace: expected at least one number. Received: num = {num}.");
        var (a, b) = Op.Match("linspace", start, stop);
        if (!a.dtype.IsFloating()) throw new DTypeException($"linspace: expected floating-point ends. Received: {a.dtype.Name()}.");
        var (from, to) = (a.Item<double>(), b.Item<double>());
        var values = new double[num];
        for (var i = 0; i < num; i++) values[i] = i == num - 1 && num > 1 ? to : from + (to - from) * i / Math.Max(1, num - 1);
        return cast(constant(values), a.dtype);
    }

    /// <summary>The elements as another type: fractions toward zero, bool as 0 and 1, not zero as true. Gradients flow between floating types.</summary>
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
