using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>Products of the matrices in the last two axes; other axes broadcast.</summary>
    /// <param name="a">(…, m, k), or (…, k, m) with transpose_a.</param>
    /// <param name="b">(…, k, n), or (…, n, k) with transpose_b.</param>
    /// <param name="transpose_a">Whether the matrices of a are transposed first.</param>
    /// <param name="transpose_b">Whether the matrices of b are transposed first.</param>
    /// <returns>(…, m, n).</returns>
    /// <exception cref="ShapeException">Fewer than two axes, or inner lengths that differ.</exception>
    public static Tensor matmul(Operand a, Operand b, bool transpose_a = false, bool transpose_b = false)
    {
        var (x, y) = Op.Match("matmul", a, b);
        if (x.ndim < 2 || y.ndim < 2)
            throw new ShapeException(
                $"matmul: expected at least two axes each. Received: {x.shape} and {y.shape}. "
                    + "For a vector use tf.linalg.matvec or tf.expand_dims.");
        int m = x.shape[transpose_a ? ^1 : ^2], k = x.shape[transpose_a ? ^2 : ^1], other = y.shape[transpose_b ? ^1 : ^2],
            n = y.shape[transpose_b ? ^2 : ^1];
        if (k != other)
            throw new ShapeException(
                $"matmul: expected equal inner lengths. "
                    + $"Received: {x.shape}{(transpose_a ? " transposed" : "")} and {y.shape}{(transpose_b ? " transposed" : "")}, "
                        + $"inner {k} and {other}.");
        // (…, m, k) × (k, n) is one product of all rows.
        if (x.ndim > 2 && y.ndim == 2 && !transpose_a)
        {
            var rows = new Shape(x.shape.Dims[..^1]);
            return reshape(matmul(reshape(x, (rows.Size, k)), y, false, transpose_b), [.. rows, n]);
        }
        var shape = x.ndim == 2 && y.ndim == 2 ? new Shape(m, n)
            : new([.. Shape.Broadcast(new(x.shape.Dims[..^2]), new(y.shape.Dims[..^2]), "matmul").Dims, m, n]);
        return Op.Made("matmul", Backend.Current.MatMul(x, y, transpose_a, transpose_b, shape), x, y,
            da: (g, _, b, _) => transpose_a ? matmul(b, g, transpose_b, true) : matmul(g, b, false, !transpose_b),
            db: (g, a, _, _) => transpose_b ? matmul(g, a, true, transpose_a) : matmul(a, g, !transpose_a, false));
    }
}
