namespace Workbook.Tensors;

/// <summary>Linear algebra over the last two axes; all other axes are batches. TensorFlow: tf.linalg.</summary>
public abstract partial class LinearAlgebraOps
{
    private protected LinearAlgebraOps()
    {
    }

    /// <inheritdoc cref="tf.matmul"/>
    public static Tensor matmul(Operand a, Operand b, bool transpose_a = false, bool transpose_b = false) =>
        tf.matmul(a, b, transpose_a, transpose_b);

    /// <summary>Products of matrices and vectors; batch axes broadcast.</summary>
    /// <param name="a">(…, m, n), or (…, n, m) with transpose_a.</param>
    /// <param name="b">(…, n).</param>
    /// <param name="transpose_a">Whether the matrices are transposed first.</param>
    /// <returns>(…, m).</returns>
    /// <exception cref="ShapeException">b has no axis, a fewer than two, or lengths differ.</exception>
    public static Tensor matvec(Operand a, Operand b, bool transpose_a = false)
    {
        var (x, y) = Op.Match("matvec", a, b);
        if (x.ndim < 2 || y.ndim < 1 || x.shape[transpose_a ? ^2 : ^1] != y.shape[^1])
            throw new ShapeException(
                $"matvec: expected (…, m, n) and (…, n){(transpose_a ? ", the first transposed" : "")}. "
                    + $"Received: {x.shape} and {y.shape}.");
        return tf.squeeze(tf.matmul(x, tf.expand_dims(y, -1), transpose_a), -1);
    }

    /// <inheritdoc cref="tf.einsum"/>
    public static Tensor einsum(string equation, params Operand[] inputs) => tf.einsum(equation, inputs);

    /// <inheritdoc cref="tf.tensordot(Operand, Operand, int)"/>
    public static Tensor tensordot(Operand a, Operand b, int axes) => tf.tensordot(a, b, axes);

    /// <inheritdoc cref="tf.tensordot(Operand, Operand, int[][])"/>
    public static Tensor tensordot(Operand a, Operand b, int[][] axes) => tf.tensordot(a, b, axes);

    /// <inheritdoc cref="tf.eye"/>
    public static Tensor eye(int num_rows, int? num_columns = null, DType dtype = DType.Float32) => tf.eye(num_rows, num_columns, dtype);

    /// <summary>A floating-point tensor of square matrices.</summary>
    static Tensor Square(string op, Operand matrix)
    {
        var x = Op.Floating(op, matrix);
        return x.ndim >= 2 && x.shape[^1] == x.shape[^2] ? x
            : throw new ShapeException($"{op}: expected square matrices in the last two axes. Received: shape {x.shape}.");
    }

    /// <summary>A tensor of at least two axes.</summary>
    static Tensor Matrices(string op, Operand matrix) => matrix.shape.Rank >= 2 ? matrix.Read()
        : throw new ShapeException($"{op}: expected at least two axes. Received: shape {matrix.shape}.");

    /// <summary>A shape with other lengths for its last two axes.</summary>
    static Shape WithMatrix(Shape shape, int rows, int columns) => new([.. shape.Dims[..^2], rows, columns]);

    /// <summary>One number per matrix, ready to broadcast over its elements.</summary>
    static Tensor PerMatrix(Tensor x) => tf.reshape(x, new Shape([.. x.shape, 1, 1]));
}
