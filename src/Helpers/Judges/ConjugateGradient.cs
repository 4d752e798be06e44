using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Conjugate gradients: one product for each iteration, exact after n of them but for rounding. Source: Hestenes and Stiefel 1952.
/// </summary>
/// <remarks>About √(condition number) iterations for each digit. H must be positive definite, which it is at a strict minimum.</remarks>
public sealed class ConjugateGradient : LinearSolver
{
    readonly double tolerance;
    readonly int? iterations;
    readonly bool truncate;

    /// <summary>Conjugate gradients.</summary>
    /// <param name="tolerance">The residual ‖b − H·x‖ / ‖b‖ at which it is done; about 1e-5 is what float32 can give.</param>
    /// <param name="iterations">The largest number of iterations; default 10 for each unknown.</param>
    /// <param name="truncate">Whether to take what there is after that many iterations; otherwise that is an error.</param>
    public ConjugateGradient(double tolerance = 1e-5, int? iterations = null, bool truncate = false) =>
        (this.tolerance, this.iterations, this.truncate) = (tolerance, iterations, truncate);

    /// <inheritdoc/>
    public override Tensor Solve(Func<Tensor, Tensor> product, Tensor b)
    {
        var (x, residual, direction) = (tf.zeros_like(b), b, b);
        var square = Dot(b, b);
        var goal = tolerance * tolerance * square;
        var limit = iterations ?? 10 * b.size;
        // A direction that curves less than rounding of the stiffest is one that does not matter.
        var (stiffest, rounding) = (0.0, b.dtype == DType.Float32 ? 1e-7 : 1e-15);
        for (var k = 0; k < limit && square > goal; k++)
        {
            var image = product(direction);
            var curvature = Dot(direction, image);
            if (!double.IsFinite(curvature) && double.IsFinite(square))
                throw Derivatives.NotFinite(nameof(ConjugateGradient), "the products with the Hessian");
            stiffest = Math.Max(stiffest, curvature / Dot(direction, direction));
            if (!(curvature > rounding * stiffest * Dot(direction, direction)))
                throw new JudgeException(
                    $"ConjugateGradient: expected a training loss that curves upwards. "
                        + $"Received: a curvature of {Numbers.Show(curvature)} along a direction in iteration {k + 1}. "
                            + "The weights are not at a minimum, or some direction does not matter; train longer, or add an l2 penalty.");
            var length = square / curvature;
            x += length * direction;
            residual -= length * image;
            var next = Dot(residual, residual);
            direction = residual + next / square * direction;
            square = next;
        }
        // Written so that NaN is refused too.
        if (!truncate && !(square <= goal))
            throw new JudgeException(
                $"ConjugateGradient stagnates: expected a relative residual of at most {Numbers.Show(tolerance)} within {limit} "
                    + $"iterations. Received: {Numbers.Show(Math.Sqrt(square / Dot(b, b)))}. "
                        + "The Hessian is ill-conditioned: use float64, more iterations, a larger tolerance, or truncate: true to take it "
                            + "as it is.");
        return x;
    }

    static double Dot(Tensor a, Tensor b) => (double)tf.reduce_sum(a * b);
}
