namespace Workbook.Tensors;

public abstract partial class LinearAlgebraOps
{
    /// <summary>
    /// The Euclidean length of all elements or of vectors, or the Frobenius length of matrices: √Σx². At 0 its gradient is NaN.
    /// </summary>
    /// <param name="tensor">float32 or float64.</param>
    /// <param name="ord">"euclidean"; "fro", the same for matrices; "inf", the number ∞ in letters.</param>
    /// <param name="axis">One axis: vectors; two: matrices; null: all elements as one vector.</param>
    /// <param name="keepdims">Whether reduced axes stay with length 1.</param>
    /// <exception cref="ArgumentException">Another word, "fro" without two axes, or more than two axes.</exception>
    public static Tensor norm(Operand tensor, string ord = "euclidean", Axes? axis = null, bool keepdims = false)
    {
        var pair = IsPair(axis);
        return ord switch
        {
            "inf" => norm(tensor, double.PositiveInfinity, axis, keepdims),
            "euclidean" => Euclidean(Op.Floating("norm", tensor), axis, keepdims),
            "fro" when pair => Euclidean(Op.Floating("norm", tensor), axis, keepdims),
            _ => throw new ArgumentException(
                $"norm: expected ord \"euclidean\", \"fro\" (with two axes), \"inf\" or a number. Received: \"{ord}\"."),
        };
    }

    /// <summary>
    /// The p-norm (Σ|x|ᵖ)^(1/p) of all elements or of vectors; or of matrices the norm 1 (largest column sum), 2 (largest singular value)
    /// or ∞ (largest row sum).
    /// </summary>
    /// <param name="tensor">float32 or float64.</param>
    /// <param name="ord">p > 0; double.PositiveInfinity: the largest |x|. For vectors it may be a variable, and then trains.</param>
    /// <param name="axis">One axis: vectors; two: matrices, rows first; null: all elements as one vector.</param>
    /// <param name="keepdims">Whether reduced axes stay with length 1.</param>
    /// <exception cref="ArgumentException">p is not above 0, a matrix norm is none of the three, or there are more than two
    /// axes.</exception>
    public static Tensor norm(Operand tensor, Operand ord, Axes? axis = null, bool keepdims = false)
    {
        var x = Op.Floating("norm", tensor);
        var p = ord.Read();
        // A plain number may take a shortcut; a variable whose value happens to be 2 must keep its gradient.
        var known = p.IsWeak ? p.Item<double>() : double.NaN;
        if (known <= 0) throw new ArgumentException($"norm: expected an ord above 0. Received: {known}.");
        if (IsPair(axis)) return MatrixNorm(x, known, x.shape.Axis(axis!.First(), "norm"), x.shape.Axis(axis!.Last(), "norm"), keepdims);
        return known switch
        {
            1 => tf.reduce_sum(tf.abs(x), axis, keepdims),
            2 => Euclidean(x, axis, keepdims),
            double.PositiveInfinity => tf.reduce_max(tf.abs(x), axis, keepdims),
            _ => tf.pow(tf.reduce_sum(tf.pow(tf.abs(x), p), axis, keepdims), 1 / tf.cast(p, x.dtype)),
        };
    }

    static Tensor Euclidean(Tensor x, Axes? axis, bool keepdims) => tf.sqrt(tf.reduce_sum(tf.square(x), axis, keepdims));

    static Tensor MatrixNorm(Tensor x, double p, int rows, int columns, bool keepdims)
    {
        var largest = p switch
        {
            1 => tf.reduce_max(tf.reduce_sum(tf.abs(x), rows, keepdims: true), columns, keepdims: true),
            2 => LargestSingular(x, rows, columns),
            double.PositiveInfinity => tf.reduce_max(tf.reduce_sum(tf.abs(x), columns, keepdims: true), rows, keepdims: true),
            _ => throw new ArgumentException(
                $"norm: expected ord 1, 2, infinity, \"euclidean\" or \"fro\" for matrices. "
                    + $"Received: {(double.IsNaN(p) ? "a tensor" : p)}."),
        };
        return keepdims ? largest : tf.squeeze(largest, new[] { rows, columns });
    }

    static Tensor LargestSingular(Tensor x, int rows, int columns)
    {
        int[] rest = [.. Enumerable.Range(0, x.ndim).Where(i => i != rows && i != columns)];
        var m = tf.transpose(x, [.. rest, rows, columns]);
        var wide = x.shape[rows] < x.shape[columns];
        var squares = eigvalsh(tf.matmul(m, m, transpose_a: !wide, transpose_b: wide));
        var kept = x.shape.ToArray();
        kept[rows] = kept[columns] = 1;
        return tf.reshape(tf.sqrt(tf.maximum(squares[TensorIndex.Ellipsis, ^1], 0.0)), kept);
    }

    static bool IsPair(Axes? axis) => axis?.Count() switch
    {
        null or 1 => false,
        2 => true,
        var n => throw new ArgumentException($"norm: expected one axis, two, or none. Received: {n}."),
    };

    /// <summary>The Euclidean length of several tensors taken together: √ΣΣx².</summary>
    /// <param name="t_list">Tensors of one dtype; null entries count as nothing.</param>
    /// <returns>A scalar.</returns>
    public static Tensor global_norm(IEnumerable<Operand?> t_list)
    {
        Operand[] squares = [.. t_list.OfType<Operand>().Select(t => tf.reduce_sum(tf.square(t)))];
        return tf.sqrt(squares.Length == 0 ? tf.zeros(Shape.Scalar) : tf.add_n(squares));
    }
}

public abstract partial class tf
{
    /// <inheritdoc cref="LinearAlgebraOps.norm(Operand, string, Axes?, bool)"/>
    public static Tensor norm(Operand tensor, string ord = "euclidean", Axes? axis = null, bool keepdims = false) =>
        linalg.norm(tensor, ord, axis, keepdims);

    /// <inheritdoc cref="LinearAlgebraOps.norm(Operand, Operand, Axes?, bool)"/>
    public static Tensor norm(Operand tensor, Operand ord, Axes? axis = null, bool keepdims = false) =>
        linalg.norm(tensor, ord, axis, keepdims);

    /// <summary>t scaled down, where its Euclidean length is above a limit, to that length.</summary>
    /// <param name="t">float32 or float64.</param>
    /// <param name="clip_norm">The limit, above 0; it may be a variable.</param>
    /// <param name="axes">Over which axes lengths are taken; null: all.</param>
    public static Tensor clip_by_norm(Operand t, Operand clip_norm, Axes? axes = null)
    {
        var (x, limit) = Op.Match("clip_by_norm", Op.Floating("clip_by_norm", t), clip_norm);
        var squares = reduce_sum(square(x), axes, keepdims: true);
        // The root's gradient at 0 is infinite, so a tensor of zeros never meets it.
        var some = squares > 0;
        var length = where(some, sqrt(where(some, squares, 1.0)), squares);
        return x * limit / maximum(length, limit);
    }

    /// <summary>
    /// Tensors scaled down together, where their common length is above a limit, to that length. What is not finite becomes NaN.
    /// </summary>
    /// <param name="t_list">Tensors of one dtype, usually gradients; null entries stay null.</param>
    /// <param name="clip_norm">The limit, above 0; it may be a variable.</param>
    /// <param name="use_norm">The common length, if known; null: <see cref="LinearAlgebraOps.global_norm"/>.</param>
    /// <returns>The scaled tensors in their order, and the length before.</returns>
    public static (Tensor?[] list_clipped, Tensor global_norm) clip_by_global_norm(IEnumerable<Operand?> t_list, Operand clip_norm,
        Operand? use_norm = null)
    {
        Operand?[] list = [.. t_list];
        var (length, limit) = Op.Match("clip_by_global_norm", use_norm ?? linalg.global_norm(list), clip_norm);
        // The difference is 0, or NaN for an infinite length: one bad gradient is not to pass as a good step.
        var scale = limit * minimum(1.0 / length, 1.0 / limit) + (length - length);
        return ([.. list.Select(t => t is null ? null : t * scale)], length.value());
    }
}
