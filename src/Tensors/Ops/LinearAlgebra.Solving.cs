using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

public abstract partial class LinearAlgebraOps
{
    static readonly MatrixKernel Cholesky = new("cholesky", LinearAlgebra.Cholesky, LinearAlgebra.Cholesky);

    /// <summary>
    /// The lower triangular L with L Lᵀ = A, for symmetric positive definite A. Only the lower triangle is read; the gradient is
    /// symmetric.
    /// </summary>
    /// <param name="input">(…, n, n).</param>
    /// <returns>(…, n, n), zero above the diagonal.</returns>
    /// <exception cref="NumericException">A matrix is not positive definite (TensorFlow fills in NaN instead).</exception>
    public static Tensor cholesky(Operand input)
    {
        var x = Square("cholesky", input);
        return Op.Made("cholesky", Backend.Current.Matrices(Cholesky, x, null, x.shape), x, (g, _, l) =>
        {
            // L⁻ᵀ P L⁻¹, made symmetric, where P is the lower triangle of Lᵀ g with its diagonal halved.
            var p = band_part(tf.matmul(l, g, transpose_a: true), -1, 0);
            p = set_diag(p, diag_part(p) / 2);
            var half = triangular_solve(l, matrix_transpose(triangular_solve(l, p, adjoint: true)), adjoint: true);
            return (half + matrix_transpose(half)) / 2;
        });
    }

    static readonly TriangularKernel[] TriangularSolve = [new(false, false), new(false, true), new(true, false), new(true, true)];

    /// <summary>
    /// X with A X = B for triangular A; batch axes broadcast. The other triangle is not read; a zero on the diagonal gives infinities.
    /// </summary>
    /// <param name="matrix">(…, n, n).</param>
    /// <param name="rhs">(…, n, k).</param>
    /// <param name="lower">Whether A is the lower triangle of the matrix, else the upper.</param>
    /// <param name="adjoint">Whether Aᵀ X = B is solved instead.</param>
    /// <returns>(…, n, k).</returns>
    /// <exception cref="ShapeException">The matrix is not square, or rhs is not a matrix of as many rows.</exception>
    public static Tensor triangular_solve(Operand matrix, Operand rhs, bool lower = true, bool adjoint = false) =>
        System(TriangularSolve[(lower ? 2 : 0) + (adjoint ? 1 : 0)], "triangular_solve", matrix, rhs,
            (a, g) => triangular_solve(a, g, lower, !adjoint),
            (back, x) => lower ? band_part(MatrixGradient(back, x, adjoint), -1, 0) : band_part(MatrixGradient(back, x, adjoint), 0, -1));

    static readonly SolveKernel Solve = new(false), SolveAdjoint = new(true);

    /// <summary>X with A X = B, by Gaussian elimination with row exchanges; batch axes broadcast.</summary>
    /// <param name="matrix">(…, n, n).</param>
    /// <param name="rhs">(…, n, k).</param>
    /// <param name="adjoint">Whether Aᵀ X = B is solved instead.</param>
    /// <returns>(…, n, k).</returns>
    /// <exception cref="NumericException">A matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrix is not square, or rhs is not a matrix of as many rows.</exception>
    public static Tensor solve(Operand matrix, Operand rhs, bool adjoint = false) =>
        System(adjoint ? SolveAdjoint : Solve, "solve", matrix, rhs,
            (a, g) => solve(a, g, !adjoint),
            (back, x) => MatrixGradient(back, x, adjoint));

    /// <summary>
    /// A system of equations. The gradient for the right-hand side is the transposed system solved for g; that for the matrix follows from
    /// it and from the solution.
    /// </summary>
    static Tensor System(MatrixKernel kernel, string op, Operand matrix, Operand rhs, Func<Tensor, Tensor, Tensor> back,
        Func<Tensor, Tensor, Tensor> toMatrix)
    {
        var (a, b) = Op.Match(op, matrix, rhs);
        Square(op, a);
        if (b.ndim < 2 || b.shape[^2] != a.shape[^1])
            throw new ShapeException(
                $"{op}: expected a right-hand side of shape (…, {a.shape[^1]}, k) for {a.shape}. Received: {b.shape}. "
                    + "For a vector use tf.expand_dims(b, -1).");
        var batch = Shape.Broadcast(new(a.shape.Dims[..^2]), new(b.shape.Dims[..^2]), op);
        var to = new Shape([.. batch, .. b.shape.Dims[^2..]]);
        var x = Backend.Current.Matrices(kernel, Stretched(a, batch), Stretched(b, batch), to);
        return Op.Made(op, x, a, b, da: (g, a, _, x) => toMatrix(back(a, g), x), db: (g, a, _, _) => back(a, g));
    }

    static Tensor Stretched(Tensor x, Shape batch)
    {
        var to = new Shape([.. batch, .. x.shape.Dims[^2..]]);
        return x.shape == to ? x : Backend.Current.Broadcast(x, to);
    }

    static Tensor MatrixGradient(Tensor back, Tensor x, bool adjoint) =>
        adjoint ? -tf.matmul(x, back, transpose_b: true) : -tf.matmul(back, x, transpose_b: true);

    /// <summary>X with L Lᵀ X = B, from what <see cref="cholesky"/> gave.</summary>
    /// <param name="chol">L, (…, n, n).</param>
    /// <param name="rhs">(…, n, k).</param>
    /// <returns>(…, n, k).</returns>
    public static Tensor cholesky_solve(Operand chol, Operand rhs)
    {
        var l = chol.Read();
        return triangular_solve(l, triangular_solve(l, rhs), adjoint: true);
    }

    static readonly MatrixKernel Inverse = new("inv", LinearAlgebra.Inverse, LinearAlgebra.Inverse);

    /// <summary>A⁻¹. To solve equations, <see cref="solve"/> is faster and more exact.</summary>
    /// <param name="input">(…, n, n).</param>
    /// <param name="adjoint">Whether the inverse of Aᵀ is meant.</param>
    /// <exception cref="NumericException">A matrix is singular.</exception>
    public static Tensor inv(Operand input, bool adjoint = false)
    {
        var x = Square("inv", input);
        var y = Op.Made("inv", Backend.Current.Matrices(Inverse, x, null, x.shape), x,
            (g, _, y) => -tf.matmul(y, tf.matmul(g, y, transpose_b: true), transpose_a: true));
        return adjoint ? matrix_transpose(y) : y;
    }

    /// <summary>
    /// The X of least ‖A X − B‖² + λ ‖X‖². Without λ: by QR, which needs full rank; where A has more columns than rows, the X of least
    /// norm
    /// with A X = B. With λ: by Cholesky.
    /// </summary>
    /// <param name="matrix">A, (…, m, n).</param>
    /// <param name="rhs">B, (…, m, k).</param>
    /// <param name="l2_regularizer">λ > 0, which may be a variable; null: none.</param>
    /// <returns>(…, n, k).</returns>
    /// <exception cref="NumericException">A Aᵀ + λ is not positive definite.</exception>
    public static Tensor lstsq(Operand matrix, Operand rhs, Operand? l2_regularizer = null)
    {
        var (a, b) = Op.Match("lstsq", Matrices("lstsq", matrix), Matrices("lstsq", rhs));
        var wide = a.shape[^1] > a.shape[^2];
        if (l2_regularizer is null)
        {
            var (q, r) = qr(wide ? matrix_transpose(a) : a);
            return wide ? tf.matmul(q, triangular_solve(r, b, lower: false, adjoint: true))
                : triangular_solve(r, tf.matmul(q, b, transpose_a: true), lower: false);
        }
        var gram = tf.matmul(a, a, transpose_a: !wide, transpose_b: wide);
        var l = cholesky(gram + l2_regularizer * tf.eye(gram.shape[^1], dtype: a.dtype));
        return wide ? tf.matmul(a, cholesky_solve(l, b), transpose_a: true) : cholesky_solve(l, tf.matmul(a, b, transpose_a: true));
    }
}
