namespace Workbook.Tensors;

public sealed partial class Tensor
{
    /// <summary>A C# number as a scalar that takes the dtype of whatever it meets; alone it is float32.</summary>
    public static implicit operator Tensor(double number) => Weak(number);

    /// <summary>
    /// A whole C# number as a scalar that takes the dtype of whatever it meets; alone it is int32, or int64 where it must.
    /// </summary>
    public static implicit operator Tensor(long number) => Weak(number);

    /// <summary>The current value of a variable.</summary>
    public static implicit operator Tensor(Variable variable) => variable.value();

    /// <summary>A C# array of float, double, int, long or bool and of any rank, copied.</summary>
    /// <exception cref="DTypeException">Elements of another type.</exception>
    public static implicit operator Tensor(Array values) => FromArray(values);

    internal static Tensor FromArray(Array values)
    {
        var dtype = DTypes.Of(values.GetType().GetElementType()!);
        var shape = new Shape([.. Enumerable.Range(0, values.Rank).Select(values.GetLength)]);
        var data = dtype.NewArray(shape.Size);
        if (values.Rank == 1) Array.Copy(values, data, data.Length);
        else Buffer.BlockCopy(values, 0, data, 0, Buffer.ByteLength(data));
        return new(data, shape, dtype);
    }

    /// <summary>A tensor of the elements of a span, copied.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Their shape; null: one axis.</param>
    /// <exception cref="ShapeException">The shape does not have as many elements.</exception>
    public static Tensor FromSpan<T>(ReadOnlySpan<T> values, Shape? shape = null) where T : unmanaged
    {
        shape ??= new Shape(values.Length);
        if (shape.Size != values.Length)
            throw new ShapeException($"Expected {shape.Size} elements for shape {shape}. Received: {values.Length}.");
        return new(values.ToArray(), shape, DTypes.Of(typeof(T)));
    }

    /// <summary>The elements, row-major, as a new array of T; numbers are converted, fractions to integers toward zero.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (IsGradient) Autodiff.Unasked.LookedAt(this);
        return [.. ((Tensor)tf.cast(this, DTypes.Of(typeof(T)))).AsSpan<T>()];
    }

    /// <summary>The one element of a scalar (or of any tensor of size 1) as T.</summary>
    /// <typeparam name="T">float, double, int, long or bool.</typeparam>
    /// <exception cref="ShapeException">More or fewer than one element.</exception>
    public T Item<T>() where T : unmanaged
    {
        if (size != 1)
            throw new ShapeException(
                $"Expected a tensor of one element. Received: shape {shape}. Reduce it first, or take one element: t[0].");
        return Data is T[] array ? array[0] : tf.cast(this, DTypes.Of(typeof(T))).AsSpan<T>()[0];
    }

    /// <summary>
    /// The elements as a C# array of the same rank and type (float[], float[,], …); a scalar gives an array of rank 1 and length 1.
    /// TensorFlow: tensor.numpy().
    /// </summary>
    public Array numpy()
    {
        if (IsGradient) Autodiff.Unasked.LookedAt(this);
        if (ndim <= 1) return dtype.Copy(this);
        var result = dtype.NewGrid(shape.ToArray());
        Buffer.BlockCopy(Data, 0, result, 0, Buffer.ByteLength(result));
        return result;
    }
}

file static class Copies
{
    public static Array Copy(this DType dtype, Tensor t)
    {
        var copy = dtype.NewArray(t.size);
        Array.Copy(t.Data, copy, t.size);
        return copy;
    }
}
