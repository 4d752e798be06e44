using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The L2 strengths of a model, or other variables that somebody brought in, moved by the model's loss on other data: by how it would
/// answer to training anew.
/// </summary>
/// <remarks>
/// In a model with <c>regularizers.l2(new Positive(0.01))</c>: <c>model.fit(x, y, callbacks: [new ValidationStrength(model, x, y, xv,
/// yv).ToCallback(optimizers.Adam(0.05), every: 20)])</c>.
/// The gradient is that of <see cref="ImplicitObjective"/>, −(∂²L/∂λ∂w)·H⁻¹·∂V/∂w: L is the training loss with its penalties, V the same
/// loss on the other data without them. It
/// takes today's weights for the optimum of training, so let the fit make some steps between two looks.
/// Judge: other data, at least five rows for each variable. Sources: Larsen et al. 1996; Lorraine, Vicol, Duvenaud 2020.
/// </remarks>
public sealed class ValidationStrength : HyperObjective
{
    readonly ImplicitObjective implicitly;

    /// <summary>Other data judge what somebody brought into a model.</summary>
    /// <param name="model">A model that is built and compiled, with a <see cref="Positive"/> where it had a strength.</param>
    /// <param name="x">The inputs that the fit trains on.</param>
    /// <param name="y">Their targets.</param>
    /// <param name="xv">Inputs that no fit sees.</param>
    /// <param name="yv">Their targets.</param>
    /// <param name="solver">How H⁻¹ is applied; default <see cref="ConjugateGradient"/>, for convex losses. For a network, whose loss is
    /// not convex: <c>new NeumannSeries(10, 0.01)</c>, ten steps of plain descent ahead, at a rate at which it is stable.</param>
    /// <param name="tolerance">The largest norm of the gradient of the training loss that is accepted; default: any.</param>
    /// <exception cref="JudgeException">There are no rows to judge by, or every target to train on is the same.</exception>
    /// <exception cref="ArgumentException">Nobody brought a variable into the model that trains.</exception>
    public ValidationStrength(Model model, Tensor x, Tensor y, Tensor xv, Tensor yv, LinearSolver? solver = null,
        double tolerance = double.PositiveInfinity)
        : base(Judge.Validation, model.hyper_variables, [])
    {
        implicitly = new(ModelLosses.Training(model, x, y, Variables), ModelLosses.Other(model, x, y, xv, yv), Variables, solver,
            tolerance: tolerance);
    }

    /// <inheritdoc/>
    public override Hypergradient Evaluate() => implicitly.Evaluate();
}
