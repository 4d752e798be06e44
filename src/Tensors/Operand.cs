namespace Workbook.Tensors;

/// <summary>What may stand in an arithmetic expression: a <see cref="Tensor"/>, a <see cref="Variable"/>, or a C# number.</summary>
/// <remarks>
/// A number takes the dtype of the other operand, as in Python: <c>x * 2.0</c> is float32 or float64 as x is. A fractional number
/// beside an integer tensor is an error. Two tensors of different dtype never mix: cast one.
/// </remarks>
public abstract class Operand
{
    private protected Operand()
    {
    }

    /// <summary>The axis lengths.</summary>
    public abstract Shape shape { get; }

    /// <summary>The element type.</summary>
    public abstract DType dtype { get; }

    /// <summary>The current value as a tensor; reading a variable is seen by open tapes.</summary>
    public abstract Tensor value();

    /// <summary>The value for the length of one op, or for as long as a tape remembers it; see <see cref="Variable"/>.</summary>
    internal abstract Tensor Read();

    /// <summary>A number that takes the dtype of whatever it meets; alone it is float32.</summary>
    public static implicit operator Operand(double number) => Tensor.Weak(number);

    /// <summary>A whole number that takes the dtype of whatever it meets; alone it is int32, or int64 where it must.</summary>
    public static implicit operator Operand(long number) => Tensor.Weak(number);

    /// <summary>A C# array of float, double, int, long or bool and of any rank, copied.</summary>
    /// <exception cref="DTypeException">Elements of another type.</exception>
    public static implicit operator Operand(Array values) => Tensor.FromArray(values);

    /// <summary>One scalar truth value.</summary>
    public static implicit operator Operand(bool value) => Tensor.FromSpan([value], Shape.Scalar);

    /// <summary>
    /// Positions, ranges, an ellipsis or a new axis, one per axis: <c>a[1..3, ^1]</c>. Ranges clip; a position drops its axis.
    /// </summary>
    /// <exception cref="ShapeException">Too many entries, or a position out of range.</exception>
    public Tensor this[params ReadOnlySpan<TensorIndex> items] => tf.Indexed(Read(), items);

    /// <summary>a + b, elementwise with broadcasting.</summary>
    public static Tensor operator +(Operand a, Operand b) => tf.add(a.Read(), b.Read());

    /// <summary>a − b, elementwise with broadcasting.</summary>
    public static Tensor operator -(Operand a, Operand b) => tf.subtract(a.Read(), b.Read());

    /// <summary>a · b, elementwise with broadcasting.</summary>
    public static Tensor operator *(Operand a, Operand b) => tf.multiply(a.Read(), b.Read());

    /// <summary>a / b, elementwise with broadcasting; two integer tensors give float64.</summary>
    public static Tensor operator /(Operand a, Operand b) => tf.divide(a.Read(), b.Read());

    /// <summary>a − b·⌊a / b⌋: the remainder has the sign of b, as in Python and TensorFlow (and not as C#'s %).</summary>
    public static Tensor operator %(Operand a, Operand b) => tf.floormod(a.Read(), b.Read());

    /// <summary>−a.</summary>
    public static Tensor operator -(Operand a) => tf.negative(a.Read());

    /// <summary>a itself.</summary>
    public static Tensor operator +(Operand a) => a.value();

    /// <summary>a &lt; b, elementwise.</summary>
    public static Tensor operator <(Operand a, Operand b) => tf.less(a.Read(), b.Read());

    /// <summary>a &gt; b, elementwise.</summary>
    public static Tensor operator >(Operand a, Operand b) => tf.greater(a.Read(), b.Read());

    /// <summary>a ≤ b, elementwise.</summary>
    public static Tensor operator <=(Operand a, Operand b) => tf.less_equal(a.Read(), b.Read());

    /// <summary>a ≥ b, elementwise.</summary>
    public static Tensor operator >=(Operand a, Operand b) => tf.greater_equal(a.Read(), b.Read());

    /// <summary>The value of a scalar as a double.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public static explicit operator double(Operand a) => a.Number<double>();

    /// <summary>The value of a scalar as a float.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public static explicit operator float(Operand a) => a.Number<float>();

    /// <summary>The value of a scalar as an int, truncated toward zero.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public static explicit operator int(Operand a) => a.Read().Item<int>();

    /// <summary>The value of a scalar as a long, truncated toward zero.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public static explicit operator long(Operand a) => a.Read().Item<long>();

    /// <summary>The value of a scalar as a truth value.</summary>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public static explicit operator bool(Operand a) => a.Read().Item<bool>();

    T Number<T>() where T : unmanaged
    {
        var tensor = Read();
        Autodiff.LostGradients.See("a cast to a number", tensor);
        VariableReads.NoteCast(tensor);
        return tensor.Item<T>();
    }
}
