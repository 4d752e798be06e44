using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors.TensorFlow;

sealed partial class TensorFlowBackend
{
    /// <inheritdoc/>
    public override Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Shape shape)
    {
        if (a.dtype == DType.Bool) return base.MatMul(a, b, transposeA, transposeB, shape);
        var batched = shape.Rank > 2;
        using var op = Op(batched ? "BatchMatMulV2"u8 : "MatMul"u8);
        // False is the default; each attribute set is a call more.
        if (transposeA) op.Set(batched ? "adj_x"u8 : "transpose_a"u8, true);
        if (transposeB) op.Set(batched ? "adj_y"u8 : "transpose_b"u8, true);
        return op.Add(a).Add(b).Run(shape, a.dtype);
    }

    /// <inheritdoc/>
    public override Tensor Matrices(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape)
    {
        kernel.For(a.dtype);
        // What TensorFlow refuses (a singular matrix), the embedded kernel says in our words.
        return (a.size == 0 || shape.Size == 0 ? null : Decomposed(kernel, a, b, shape)) ?? base.Matrices(kernel, a, b, shape);
    }

    /// <summary>
    /// A result without NaN. TensorFlow fills NaN in where a matrix holds it or is not positive definite; the embedded kernel raises.
    /// </summary>
    static Tensor? Finite(Tensor? result) => result is not null && !HasNaN(result) ? result : null;

    Tensor? Decomposed(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape)
    {
        var batch = new Shape(a.shape.Dims[..^2]);
        if (kernel is SolveKernel solve)
        {
            using var op = Op("MatrixSolve"u8);
            return Finite(op.Add(a).Add(b!).Set("adjoint"u8, solve.Adjoint).RunUnlessRefused(shape, a.dtype));
        }
        if (kernel is TriangularKernel triangular)
        {
            using var op = Op("MatrixTriangularSolve"u8);
            return op.Add(a).Add(b!).Set("lower"u8, triangular.Lower).Set("adjoint"u8, triangular.Adjoint).Run(shape, a.dtype);
        }
        switch (kernel.Op)
        {
            case "cholesky":
                using (var op = Op("Cholesky"u8)) return Finite(op.Add(a).RunUnlessRefused(shape, a.dtype));
            case "inv":
                using (var op = Op("MatrixInverse"u8)) return Finite(op.Add(a).RunUnlessRefused(shape, a.dtype));
            case "det":
                using (var op = Op("MatrixDeterminant"u8)) return op.Add(a).Run(batch, a.dtype).View(shape);
            case "slogdet":
                using (var op = Op("LogMatrixDeterminant"u8))
                {
                    var (sign, log) = op.Add(a).Run(batch, a.dtype, batch, a.dtype);
                    var column = new Shape([.. batch, 1, 1]);
                    return Concat([sign.View(column), log.View(column)], batch.Rank + 1, shape);
                }
            case "eigh":
                using (var op = Op("SelfAdjointEigV2"u8))
                {
                    if (HasNaN(Zip(Basic.Subtract, a, a, a.shape))) return null;
                    var (values, vectors) = op.Add(a).Set("compute_v"u8, true).Run(new([.. batch, a.shape[^1]]), a.dtype, a.shape, a.dtype);
                    return Concat([values.View(new([.. batch, 1, a.shape[^1]])), vectors], batch.Rank, shape);
                }
            // TensorFlow loses matrices whose squares under- or overflow.
            case "qr" when SquaresFit(a):
                using (var op = Op("Qr"u8))
                    return op.Add(a).Set("full_matrices"u8, false)
                        .Run(shape, a.dtype, new([.. batch, a.shape[^1], a.shape[^1]]), a.dtype).First;
            default:
                return null;
        }
    }

    static bool SquaresFit(Tensor x)
    {
        var (largest, limit) = x.Data is double[] d ? (TensorPrimitives.MaxMagnitude<double>(d), 1e150)
            : (TensorPrimitives.MaxMagnitude<float>((float[])x.Data), 1e15);
        return Math.Abs(largest) < limit && Math.Abs(largest) > 1 / limit;
    }

    /// <summary>Looks at the elements, which is little beside a decomposition.</summary>
    static bool HasNaN(Tensor x) => x.Data is double[] d ? Array.Exists(d, double.IsNaN) : Array.Exists((float[])x.Data, float.IsNaN);
}
