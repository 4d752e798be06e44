namespace Workbook.Tensors;

public abstract partial class LinearAlgebraOps
{
    /// <summary>The last two axes exchanged.</summary>
    /// <param name="a">(…, m, n).</param>
    /// <returns>(…, n, m).</returns>
    public static Tensor matrix_transpose(Operand a)
    {
        var x = Matrices("matrix_transpose", a);
        return tf.transpose(x, [.. Enumerable.Range(0, x.ndim - 2), x.ndim - 1, x.ndim - 2]);
    }

    /// <summary>Square matrices with x on the diagonal and zeros elsewhere.</summary>
    /// <param name="diagonal">(…, n).</param>
    /// <returns>(…, n, n).</returns>
    public static Tensor diag(Operand diagonal)
    {
        var x = diagonal.Read();
        if (x.ndim == 0)
            throw new ShapeException(
                "diag: expected at least one axis. Received: a scalar. For a multiple of the identity use x * tf.eye(n).");
        return tf.where(tf.eye(x.shape[^1], dtype: DType.Bool), tf.expand_dims(x, -2), tf.zeros(Shape.Scalar, x.dtype));
    }

    /// <summary>The diagonals of matrices.</summary>
    /// <param name="input">(…, m, n).</param>
    /// <returns>(…, min(m, n)).</returns>
    public static Tensor diag_part(Operand input)
    {
        var x = Matrices("diag_part", input);
        var n = Math.Min(x.shape[^2], x.shape[^1]);
        // In a square written row by row, the diagonal is every (n + 1)-th element.
        var rows = tf.reshape(x[TensorIndex.Ellipsis, ..n, ..n], new Shape([.. x.shape.Dims[..^2], n * n]));
        return rows[TensorIndex.Ellipsis, new TensorIndex(null, null, n + 1)];
    }

    /// <summary>Matrices with another diagonal.</summary>
    /// <param name="input">(…, m, n).</param>
    /// <param name="diagonal">(…, min(m, n)).</param>
    /// <returns>(…, m, n).</returns>
    public static Tensor set_diag(Operand input, Operand diagonal)
    {
        var (x, d) = Op.Match("set_diag", Matrices("set_diag", input), diagonal);
        var (m, n) = (x.shape[^2], x.shape[^1]);
        if (d.shape != new Shape([.. x.shape.Dims[..^2], Math.Min(m, n)]))
            throw new ShapeException($"set_diag: expected one number per diagonal element of {x.shape}. Received: {d.shape}.");
        return tf.where(tf.eye(m, n, DType.Bool), tf.expand_dims(d, m < n ? -1 : -2), x);
    }

    /// <summary>Matrices with zeros outside a band around the diagonal.</summary>
    /// <param name="input">(…, m, n).</param>
    /// <param name="num_lower">How many diagonals below the main one stay; negative: all.</param>
    /// <param name="num_upper">How many diagonals above the main one stay; negative: all. So (−1, 0) is the lower triangle.</param>
    public static Tensor band_part(Operand input, int num_lower, int num_upper)
    {
        var x = Matrices("band_part", input);
        var (m, n) = (x.shape[^2], x.shape[^1]);
        var below = tf.reshape(tf.range(m), (m, 1)) - tf.range(n);
        var inside = tf.logical_and(below <= (num_lower < 0 ? m : num_lower), below >= -(num_upper < 0 ? n : num_upper));
        return tf.where(inside, x, tf.zeros(Shape.Scalar, x.dtype));
    }

    /// <summary>The sums of diagonals.</summary>
    /// <param name="x">(…, m, n).</param>
    /// <returns>(…).</returns>
    public static Tensor trace(Operand x) => tf.reduce_sum(diag_part(Matrices("trace", x)), -1);
}
