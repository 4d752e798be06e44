using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A validation loss at the optimum of training, differentiated by the implicit function theorem.</summary>
/// <remarks>
/// Where ∂L(w, λ)/∂w = 0: dV/dλ = ∂V/∂λ − (∂²L/∂λ∂w)·H⁻¹·∂V/∂w with H = ∂²L/∂w². How H⁻¹ is applied is the choice of a
/// <see cref="LinearSolver"/>. It holds
/// at the optimum only, so weights that have not converged are refused. The loss must be twice differentiable there.
/// Judge: other data. Sources: Larsen et al. 1996; Pedregosa 2016; Lorraine, Vicol, Duvenaud 2020.
/// </remarks>
public sealed class ImplicitObjective : HyperObjective
{
    readonly TrainingProblem training;
    readonly Func<Tensor> validation;
    readonly LinearSolver solver;
    readonly Action? train;
    readonly double tolerance;

    /// <summary>A validation loss judges at the optimum of training.</summary>
    /// <param name="training">The inner problem.</param>
    /// <param name="validation">The loss on other data, a function of the weights; may read the learned variables too.</param>
    /// <param name="variables">What the validation loss moves.</param>
    /// <param name="solver">How H⁻¹ is applied; default <see cref="ConjugateGradient"/>.</param>
    /// <param name="train">Brings the weights to the optimum for the current variables, before each evaluation: a closed form, or
    /// <see cref="TrainingProblem.Minimize"/>; null: you do it.</param>
    /// <param name="tolerance">The largest norm of the gradient of the training loss that counts as converged.</param>
    public ImplicitObjective(TrainingProblem training, Func<Tensor> validation, IEnumerable<Variable> variables,
        LinearSolver? solver = null, Action? train = null, double tolerance = 1e-4)
        : base(Judge.Validation, variables, training.Weights) =>
        (this.training, this.validation, this.solver, this.train, this.tolerance) = (training, validation,
            solver ?? new ConjugateGradient(), train, tolerance);

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        train?.Invoke();
        var here = new Curvature(training, Variables);
        var norm = TrainingProblem.Norm(here.Gradient);
        if (!(norm <= tolerance)) throw TrainingProblem.NotConverged(norm, tolerance, "");
        var (loss, byWeights, byVariables) = training.Validate(validation, Variables);
        var mixed = here.Mixed(solver.Solve(Hessian, byWeights));
        Tensor Hessian(Tensor v)
        {
            var product = here.Hessian(v);
            return Derivatives.AreFinite(product) || !Derivatives.AreFinite(v) ? product
                : throw Derivatives.NotFinite(nameof(ImplicitObjective), "the second derivatives of the training loss by the weights");
        }

        return new(loss, Read([.. byVariables.Zip(mixed, (g, m) => Derivatives.Sum(g, -1, m))]), norm);
    }
}
