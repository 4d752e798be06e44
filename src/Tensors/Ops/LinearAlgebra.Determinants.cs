using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class LinearAlgebraOps
{
    static readonly MatrixKernel Determinant = new("det", LinearAlgebra.Determinant, LinearAlgebra.Determinant);

    /// <summary>Determinants. Gradients of every order are right for singular matrices too, where TensorFlow's raise.</summary>
    /// <param name="input">(…, n, n).</param>
    /// <returns>(…).</returns>
    public static Tensor det(Operand input)
    {
        var x = Square("det", input);
        var y = Backend.Current.Matrices(Determinant, x, null, WithMatrix(x.shape, 1, 1)).View(new(x.shape.Dims[..^2]));
        return Op.Made("det", y, x, (g, x, y) => PerMatrix(g) * Cofactors(x, y));
    }

    /// <summary>
    /// The derivative of the determinant by each element: det(A) A⁻ᵀ, or where a determinant is 0 those of the matrices without that row
    /// and column.
    /// </summary>
    static Tensor Cofactors(Tensor x, Tensor y)
    {
        if (!(bool)tf.reduce_any(tf.equal(y, 0))) return PerMatrix(y) * inv(x, adjoint: true);
        var n = x.shape[^1];
        var others = new int[n, Math.Max(n - 1, 0)];
        var signs = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n - 1; k++) others[i, k] = k < i ? k : k + 1;
            for (var j = 0; j < n; j++) signs[i, j] = (i + j) % 2 == 0 ? 1 : -1;
        }
        var minors = tf.gather(tf.gather(x, others, axis: -2), others, axis: -1);
        var rank = minors.ndim;
        return tf.cast(signs, x.dtype) * det(tf.transpose(minors, [.. Enumerable.Range(0, rank - 3), rank - 2, rank - 3, rank - 1]));
    }

    /// <summary>
    /// log det A for symmetric positive definite A, by <see cref="cholesky"/>. For other matrices use <see cref="slogdet"/>.
    /// </summary>
    /// <param name="matrix">(…, n, n).</param>
    /// <returns>(…).</returns>
    /// <exception cref="NumericException">A matrix is not positive definite.</exception>
    public static Tensor logdet(Operand matrix) => 2 * tf.reduce_sum(tf.log(diag_part(cholesky(matrix))), -1);

    static readonly MatrixKernel SignAndLogDeterminant = new("slogdet", LinearAlgebra.SignAndLogDeterminant,
        LinearAlgebra.SignAndLogDeterminant);

    /// <summary>
    /// The signs of determinants and the logarithms of their absolute values, which neither overflow nor underflow; 0 and −∞ for a
    /// singular
    /// matrix.
    /// </summary>
    /// <param name="input">(…, n, n).</param>
    /// <returns>Two tensors (…). No gradient flows to the sign.</returns>
    public static (Tensor sign, Tensor log_abs_determinant) slogdet(Operand input)
    {
        var x = Square("slogdet", input);
        var both = Backend.Current.Matrices(SignAndLogDeterminant, x, null, WithMatrix(x.shape, 1, 2));
        var log = Op.Made("slogdet", both[TensorIndex.Ellipsis, 0, 1], x, (g, x, _) => PerMatrix(g) * inv(x, adjoint: true));
        return (both[TensorIndex.Ellipsis, 0, 0], log);
    }
}
