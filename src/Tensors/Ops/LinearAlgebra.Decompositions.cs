using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

public abstract partial class LinearAlgebraOps
{
    static readonly MatrixKernel SymmetricEigen = new("eigh", LinearAlgebra.SymmetricEigen, LinearAlgebra.SymmetricEigen);

    /// <summary>Eigenvalues and eigenvectors of symmetric matrices: A v = v diag(e). Only the lower triangle is read.</summary>
    /// <remarks>
    /// The gradient is symmetric (TensorFlow puts the same into the lower triangle alone). First gradients of eigenvalues are right for
    /// repeated ones too; gradients of eigenvectors, and second gradients of eigenvalues, exist for distinct eigenvalues only, and are
    /// NaN or infinite where two are equal. The sign of an eigenvector is arbitrary.
    /// </remarks>
    /// <param name="tensor">(…, n, n).</param>
    /// <returns>e (…, n), ascending, and v (…, n, n), whose columns are the orthonormal eigenvectors.</returns>
    /// <exception cref="NumericException">An element is not finite.</exception>
    public static (Tensor e, Tensor v) eigh(Operand tensor)
    {
        var x = Square("eigh", tensor);
        var n = x.shape[^1];
        var both = Backend.Current.Matrices(SymmetricEigen, x, null, WithMatrix(x.shape, n + 1, n));
        // Each rule needs the other result with its history, for the sake of higher orders.
        Tensor e = both[TensorIndex.Ellipsis, 0, ..], v = both[TensorIndex.Ellipsis, 1.., ..];
        e = Op.Made("eigh_values", e, x, (g, _, _) => Composed(v, diag(g)));
        v = Op.Made("eigh_vectors", v, x, (g, _, v) =>
        {
            var turn = tf.matmul(v, g, transpose_a: true);
            var gaps = tf.expand_dims(e, -2) - tf.expand_dims(e, -1);
            gaps = set_diag(gaps, tf.ones_like(e));
            return Composed(v, (turn - matrix_transpose(turn)) / (2 * gaps));
        });
        return (e, v);
    }

    /// <summary>v m vᵀ.</summary>
    static Tensor Composed(Tensor v, Tensor m) => tf.matmul(v, tf.matmul(m, v, transpose_b: true));

    /// <summary>The eigenvalues of symmetric matrices, ascending; see <see cref="eigh"/>.</summary>
    /// <param name="tensor">(…, n, n).</param>
    /// <returns>(…, n).</returns>
    public static Tensor eigvalsh(Operand tensor) => eigh(tensor).e;

    static readonly MatrixKernel OrthogonalFactor = new("qr", LinearAlgebra.OrthogonalFactor, LinearAlgebra.OrthogonalFactor);

    /// <summary>
    /// A = Q R with orthonormal columns in Q and R upper triangular, by Householder's reflections. The signs on the diagonal of R are
    /// arbitrary.
    /// </summary>
    /// <remarks>
    /// The gradient needs A's first min(m, n) columns to be independent. Q and R are TensorFlow's with full_matrices: false.
    /// </remarks>
    /// <param name="input">(…, m, n).</param>
    /// <returns>With k = min(m, n): q (…, m, k) and r (…, k, n).</returns>
    public static (Tensor q, Tensor r) qr(Operand input)
    {
        var x = Op.Floating("qr", Matrices("qr", input));
        var m = x.shape[^2];
        if (m < x.shape[^1])
        {
            // Only the first m columns shape Q; the rest of R follows from it.
            var (left, upper) = qr(x[TensorIndex.Ellipsis, ..m]);
            return (left, tf.concat([upper, tf.matmul(left, x[TensorIndex.Ellipsis, m..], transpose_a: true)], -1));
        }
        var q = Op.Made("qr", Backend.Current.Matrices(OrthogonalFactor, x, null, x.shape), x, (g, x, q) =>
        {
            var turn = tf.matmul(q, g, transpose_a: true);
            var inner = band_part(turn - matrix_transpose(turn), -1, 0) - turn;
            return matrix_transpose(triangular_solve(Upper(q, x), matrix_transpose(g + tf.matmul(q, inner)), lower: false));
        });
        return (q, Upper(q, x));
    }

    /// <summary>R from Q and A.</summary>
    static Tensor Upper(Tensor q, Tensor x) => band_part(tf.matmul(q, x, transpose_a: true), 0, -1);
}
