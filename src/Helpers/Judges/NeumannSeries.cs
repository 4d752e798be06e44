using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// H⁻¹·b ≈ step · Σ_{k=0…terms} (I − step·H)ᵏ·b: what that many steps of unrolled descent at the optimum would give. Source: Lorraine et
/// al. 2020.
/// </summary>
/// <remarks>
/// It takes about as many terms as the condition number of H; on the way there more terms can make it worse before they make it better.
/// </remarks>
public sealed class NeumannSeries : LinearSolver
{
    readonly int terms;
    readonly Hyperparameter step;

    /// <summary>A truncated Neumann series.</summary>
    /// <param name="terms">How many terms after the first; 0: H is taken for I/step.</param>
    /// <param name="step">At most 1 / (largest eigenvalue of H); the learning rate of a stable training will do.</param>
    public NeumannSeries(int terms, Hyperparameter step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(terms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)step, nameof(step));
        (this.terms, this.step) = (terms, step);
    }

    /// <inheritdoc/>
    public override Tensor Solve(Func<Tensor, Tensor> product, Tensor b)
    {
        var step = this.step.Fixed("NeumannSeries step");
        var (sum, term) = (b, b);
        for (var k = 0; k < terms; k++)
        {
            var image = product(term);
            if (k == 0 && !Derivatives.AreFinite(image) && Derivatives.AreFinite(b))
                throw Derivatives.NotFinite(nameof(NeumannSeries), "the products with the Hessian");
            term -= step * image;
            sum += term;
        }
        // A term never grows while 0 ≤ H ≤ 2/step; the slack is for rounding.
        var growth = TrainingProblem.Norm(term) / TrainingProblem.Norm(b);
        if (growth > 1.0001 || double.IsNaN(growth) && TrainingProblem.Norm(b) > 0)
            throw new JudgeException(
                $"NeumannSeries diverges: expected terms that shrink. Received: a last term {Numbers.Show(growth)} times the first. "
                    + $"The step {Numbers.Show(step)} is above 2 / (largest eigenvalue of the Hessian), or the weights are not at a "
                        + "minimum.");
        return step * sum;
    }
}
