using Workbook.Tensors;
using Workbook.Tests.Tensors.Ops;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Seeded random matrices of float64.</summary>
static class Matrices
{
    /// <summary>Elements of either sign, between 1/4 and 7/4 in size.</summary>
    public static Tensor Any(string name, params int[] shape) => new Samples(name).Weights(shape);

    /// <summary>A symmetric matrix.</summary>
    public static Tensor Symmetric(string name, params int[] shape) => Any(name, shape) is var x ? x + Transposed(x) : x;

    /// <summary>A symmetric positive definite matrix.</summary>
    public static Tensor Definite(string name, params int[] shape) =>
        Any(name, shape) is var x ? tf.matmul(x, x, transpose_b: true) + Identity(shape[^1]) : x;

    public static Tensor Identity(int n) => tf.eye(n, dtype: tf.float64);

    public static Tensor Transposed(Tensor x) => tf.linalg.matrix_transpose(x);
}
