namespace Workbook.Tensors.Backends.Kernels;

/// <summary>y with a y = b, or aᵀ y = b.</summary>
/// <param name="adjoint">Whether a is transposed.</param>
public sealed class SolveKernel(bool adjoint) : MatrixKernel(adjoint ? "solve_adjoint" : "solve",
    LinearAlgebra.Solve<float>(adjoint), LinearAlgebra.Solve<double>(adjoint))
{
    /// <summary>Whether a is transposed.</summary>
    public bool Adjoint { get; } = adjoint;
}

/// <summary>The same where a is triangular.</summary>
/// <param name="lower">Whether a is the lower triangle, else the upper.</param>
/// <param name="adjoint">Whether it is transposed.</param>
public sealed class TriangularKernel(bool lower, bool adjoint) : MatrixKernel(
    $"triangular_solve_{(lower ? "lower" : "upper")}{(adjoint ? "_adjoint" : "")}",
    LinearAlgebra.TriangularSolve<float>(lower, adjoint), LinearAlgebra.TriangularSolve<double>(lower, adjoint))
{
    /// <summary>Whether a is the lower triangle, else the upper.</summary>
    public bool Lower { get; } = lower;

    /// <summary>Whether a is transposed.</summary>
    public bool Adjoint { get; } = adjoint;
}
