using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A way to solve H·x = b for a symmetric matrix that is known by its products with vectors only.</summary>
public abstract class LinearSolver
{
    private protected LinearSolver()
    {
    }

    /// <summary>Solves H·x = b.</summary>
    /// <param name="product">H·v for a vector v, shape (n,).</param>
    /// <param name="b">The right side, shape (n,).</param>
    /// <returns>x, shape (n,).</returns>
    /// <exception cref="JudgeException">The system was not solved; the message says why.</exception>
    public abstract Tensor Solve(Func<Tensor, Tensor> product, Tensor b);
}
