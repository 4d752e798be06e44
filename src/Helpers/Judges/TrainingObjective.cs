using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The training loss as the judge, with the term that charges for the variables if there is one.</summary>
/// <remarks>
/// A plain training loss is monotone in most strengths, rates and weights, and removes them. Their own term makes it a likelihood: −d/2·log
/// λ and ½·log|A| for a
/// strength, log σ for a noise, the log-Jacobian for a transformation of the target. Weights may stand among the variables: all move down
/// one loss.
/// </remarks>
public sealed class TrainingObjective : HyperObjective
{
    readonly Func<Tensor> loss;
    readonly Func<Tensor>? term;

    /// <summary>The training loss judges.</summary>
    /// <param name="loss">The training loss, a scalar.</param>
    /// <param name="variables">What it moves.</param>
    /// <param name="term">What the variables cost, a scalar to add; null: the plain training loss.</param>
    public TrainingObjective(Func<Tensor> loss, IEnumerable<Variable> variables, Func<Tensor>? term = null)
        : base(term is null ? Judge.Train : Judge.Evidence, variables, []) => (this.loss, this.term) = (loss, term);

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        var (value, gradients) = Derivatives.Of(() => term is null ? loss() : loss() + term(), [.. Variables]);
        if (!double.IsFinite(value))
            throw new JudgeException(
                $"A judge needs data: expected a finite training loss. Received: {Numbers.Show(value)}. "
                    + "The data are empty, or the model has diverged.");
        return new(value, Read(gradients));
    }
}
