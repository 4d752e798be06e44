using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    /// <summary>Small enough for the matrices below to be far from singular.</summary>
    static Domain Small => new(-1, 1);

    static OpRow[] LinearAlgebra =>
    [
        Unary("polygamma", x => tf.stack([tf.math.polygamma(0, x), tf.math.polygamma(1, x), tf.math.polygamma(4, x)]), new(1, 3), -0.5,
            -2.5, 50),
        Shaped("matrix_transpose", Real, (x => [tf.linalg.matrix_transpose(x[0])], [(2, 3, 4)]),
            (x => [tf.linalg.matrix_transpose(x[0])], [(0, 3)])),
        Shaped("diag", Real, (x => [tf.linalg.diag(x[0])], [3]), (x => [tf.linalg.diag(x[0])], [(2, 1, 2)]),
            (x => [tf.linalg.diag(x[0])], [(2, 0)])),
        Shaped("diag_part", Real, (x => [tf.linalg.diag_part(x[0])], [(3, 3)]), (x => [tf.linalg.diag_part(x[0])], [(2, 2, 3)]),
            (x => [tf.linalg.diag_part(x[0])], [(3, 1)]), (x => [tf.linalg.diag_part(x[0])], [(0, 2)])),
        Shaped("set_diag", Real, (x => [tf.linalg.set_diag(x[0], x[1])], [(3, 3), 3]),
            (x => [tf.linalg.set_diag(x[0], x[1])], [(2, 2, 3), (2, 2)]), (x => [tf.linalg.set_diag(x[0], x[1])], [(3, 2), 2])),
        Shaped("band_part", Real, (x => [tf.linalg.band_part(x[0], -1, 0)], [(3, 3)]),
            (x => [tf.linalg.band_part(x[0], 0, 1)], [(2, 2, 4)]), (x => [tf.linalg.band_part(x[0], 1, -1)], [(4, 2)])),
        Shaped("trace", Real, (x => [tf.linalg.trace(x[0])], [(3, 3)]), (x => [tf.linalg.trace(x[0])], [(2, 2, 3)]),
            (x => [tf.linalg.trace(x[0])], [(0, 0)])),
        Shaped("matvec", Real, (x => [tf.linalg.matvec(x[0], x[1])], [(2, 3), (2, 3)]),
            (x => [tf.linalg.matvec(x[0], x[1], transpose_a: true)], [(2, 3, 2), 3])),
        Shaped("cholesky", Small, (x => [tf.linalg.cholesky(Definite(x[0]))], [(3, 3)]),
            (x => [tf.linalg.cholesky(Definite(x[0]))], [(2, 2, 2)]), (x => [tf.linalg.cholesky(Definite(x[0]))], [(1, 1)]),
                (x => [tf.linalg.cholesky(Definite(x[0]))], [(0, 2, 2)])),
        Shaped("triangular_solve", Small,
            (x => [tf.linalg.triangular_solve(Regular(x[0]), x[1])], [(3, 3), (3, 2)]),
            (x => [tf.linalg.triangular_solve(Regular(x[0]), x[1], adjoint: true)], [(2, 2), (3, 2, 1)]),
            (x => [tf.linalg.triangular_solve(Regular(x[0]), x[1], lower: false)], [(2, 2, 2), (2, 3)]),
            (x => [tf.linalg.triangular_solve(Regular(x[0]), x[1], lower: false, adjoint: true)], [(2, 1, 2, 2), (2, 2, 1)])),
        Shaped("cholesky_solve", Small, (x => [tf.linalg.cholesky_solve(tf.linalg.cholesky(Definite(x[0])), x[1])], [(3, 3), (3, 2)])),
        Shaped("solve", Small,
            (x => [tf.linalg.solve(Regular(x[0]), x[1])], [(3, 3), (3, 2)]),
            (x => [tf.linalg.solve(Regular(x[0]), x[1], adjoint: true)], [(2, 2, 2), (2, 1)]),
            (x => [tf.linalg.solve(Regular(x[0]), x[1])], [(1, 1), (3, 1, 1)]),
            (x => [tf.linalg.solve(Regular(x[0]), x[1])], [(2, 2), (2, 0)])),
        Shaped("inv", Small, (x => [tf.linalg.inv(Regular(x[0]))], [(3, 3)]),
            (x => [tf.linalg.inv(Regular(x[0]), adjoint: true)], [(2, 2, 2)])),
        Shaped("lstsq", Small,
            (x => [tf.linalg.lstsq(x[0], x[1])], [(4, 2), (4, 2)]),
            (x => [tf.linalg.lstsq(x[0], x[1])], [(2, 4), (2, 1)]),
            (x => [tf.linalg.lstsq(x[0], x[1], tf.square(x[2]) + 0.5)], [(4, 2), (4, 1), Shape.Scalar]),
            (x => [tf.linalg.lstsq(x[0], x[1], tf.square(x[2]) + 0.5)], [(2, 3), (2, 1), Shape.Scalar])),
        new("det",
            [.. Shaped("det", Small, (x => [tf.linalg.det(Regular(x[0]))], [(3, 3)]), (x => [tf.linalg.det(x[0])], [(2, 2, 2)]),
                (x => [tf.linalg.det(x[0])], [(1, 1)]), (x => [tf.linalg.det(x[0])], [(0, 0)])).Cases,
            .. Singular.Select(a => new OpCase(x => [tf.linalg.det(x[0])], [a]))]),
        Shaped("logdet", Small, (x => [tf.linalg.logdet(Definite(x[0]))], [(3, 3)]),
            (x => [tf.linalg.logdet(Definite(x[0]))], [(2, 2, 2)])),
        Shaped("slogdet", Small, (x => [tf.linalg.slogdet(Regular(x[0])).log_abs_determinant], [(3, 3)]),
            (x => [tf.linalg.slogdet(-Regular(x[0])).log_abs_determinant], [(2, 3, 3)])),
        Shaped("eigh", Small, (x => Eigen(x[0] + tf.linalg.matrix_transpose(x[0])), [(3, 3)]),
            (x => Eigen(x[0] + tf.linalg.matrix_transpose(x[0])), [(2, 2, 2)]), (x => Eigen(x[0]), [(1, 1)])),
        Shaped("eigvalsh", Small, (x => [tf.linalg.eigvalsh(x[0] + tf.linalg.matrix_transpose(x[0]))], [(4, 4)])),
        Shaped("qr", Small, (x => Both(tf.linalg.qr(x[0])), [(3, 3)]), (x => Both(tf.linalg.qr(x[0])), [(2, 4, 2)]),
            (x => Both(tf.linalg.qr(x[0])), [(2, 4)])),
        Shaped("norm", NotZero,
            (x => [tf.norm(x[0]), tf.norm(x[0], axis: 1, keepdims: true), tf.norm(x[0], 1, axis: 0), tf.norm(x[0], double.PositiveInfinity),
                tf.norm(x[0], 3, axis: -1)], [(3, 2)]),
            (x => [tf.norm(x[0], "fro", axis: [0, 2]), tf.norm(x[0], 1, axis: [1, 2]),
                tf.norm(x[0], double.PositiveInfinity, axis: [0, 1], keepdims: true), tf.norm(x[0], 2, axis: [0, -1])], [(2, 3, 3)]),
            (x => [tf.norm(x[0], tf.exp(x[1] / 4))], [3, Shape.Scalar])),
        Shaped("global_norm", Real, (x => [tf.linalg.global_norm([x[0], null, x[1]])], [(2, 3), 2])),
        Shaped("clip_by_norm", Positive, (x => [tf.clip_by_norm(x[0], x[1])], [(2, 3), Shape.Scalar]),
            (x => [tf.clip_by_norm(x[0], 100.0 * x[1], axes: 1)], [(2, 3), Shape.Scalar])),
        Shaped("clip_by_global_norm", Positive,
            (x => [.. tf.clip_by_global_norm([x[0], null, x[1]], 2.0).list_clipped.OfType<Tensor>()], [(2, 3), 2]),
                (x => [.. tf.clip_by_global_norm([x[0]], 50.0 * x[1]).list_clipped.OfType<Tensor>()], [2, Shape.Scalar])),
        Shaped("einsum", Real,
            (x => [tf.einsum("bij,bjk->bik", x[0], x[1])], [(2, 2, 3), (2, 3, 2)]),
            (x => [tf.einsum("...i,ji,...j->...", x[0], x[1], x[2])], [(2, 1, 3), (2, 3), (3, 2)]),
            (x => [tf.einsum("iij->ji", x[0])], [(2, 2, 3)]),
            (x => [tf.einsum("ij,kl", x[0], x[1])], [(1, 2), (2, 0)])),
        Shaped("tensordot", Real,
            (x => [tf.tensordot(x[0], x[1], 1)], [(2, 3), (3, 2)]),
            (x => [tf.tensordot(x[0], x[1], 0)], [2, 3]),
            (x => [tf.tensordot(x[0], x[1], [[0, -1], [1, 0]])], [(2, 3, 2), (2, 2, 2)])),
    ];

    /// <summary>A symmetric positive definite matrix made of any square one.</summary>
    static Tensor Definite(Tensor x) => tf.matmul(x, x, transpose_b: true) + tf.eye(x.shape[^1], dtype: tf.float64);

    /// <summary>A matrix far from singular, whose triangles are too.</summary>
    static Tensor Regular(Tensor x) => x + 2 * tf.eye(x.shape[^1], dtype: tf.float64);

    /// <summary>Of ranks 1, 2, 1 and 0: elimination leaves an exact zero.</summary>
    static Tensor[] Singular =>
    [
        new double[,] { { 1, 2 }, { 2, 4 } },
        new double[,] { { 1, 2, 3 }, { 2, 4, 6 }, { 0, 1, 5 } },
        new double[,] { { 1, 2, 3 }, { 2, 4, 6 }, { 4, 8, 12 } },
        new double[,] { { 0, 0 }, { 0, 0 } },
    ];

    /// <summary>Eigenvalues, and of eigenvectors what does not depend on their signs.</summary>
    static Tensor[] Eigen(Tensor x) => tf.linalg.eigh(x) is var (e, v) ? [e, tf.einsum("...ij,...kj->...jik", v, v)] : [];

    static Tensor[] Both((Tensor q, Tensor r) factors) => [factors.q, factors.r];
}
