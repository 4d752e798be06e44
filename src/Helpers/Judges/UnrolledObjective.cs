using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A validation loss after some steps of training, differentiated through these steps.</summary>
/// <remarks>
/// w_t = w_{t−1} − rate·∂L(w_{t−1}, λ)/∂w for T steps, then V(w_T). Backwards with a_T = ∂V/∂w_T: a_{t−1} = a_t − rate·H a_t, and each step
/// adds
/// −rate·(∂²L/∂λ∂w)·a_t to dV/dλ; −a_t·∂L/∂w goes to the variables of a learned rate. Memory: the weights of each step, no graph. T = 1
/// without restart
/// is T1–T2: every evaluation trains one step and looks back over it alone. Short horizons are greedy: at the optimum of training one step
/// pulls a
/// strength down wherever the weights shrink, whatever the exact gradient says.
/// Judge: other data. Sources: Maclaurin, Duvenaud, Adams 2015; Luketina et al. 2016 (T1–T2); Franceschi et al. 2017.
/// </remarks>
public sealed class UnrolledObjective : HyperObjective
{
    readonly TrainingProblem training;
    readonly Func<Tensor> validation;
    readonly Hyperparameter rate;
    readonly int steps;
    readonly Tensor[]? start;
    readonly bool learnsRate;

    /// <summary>A validation loss judges after some steps of gradient descent.</summary>
    /// <param name="training">The inner problem. Each evaluation leaves its weights where the steps end.</param>
    /// <param name="validation">The loss on other data, a function of the weights; may read the learned variables too.</param>
    /// <param name="variables">What the validation loss moves.</param>
    /// <param name="rate">The learning rate of the steps; a function of learned variables is learned with them.</param>
    /// <param name="steps">How many steps are unrolled; 1: T1–T2.</param>
    /// <param name="restart">Whether every evaluation begins at today's weights; otherwise it begins where the last one ended.</param>
    public UnrolledObjective(TrainingProblem training, Func<Tensor> validation, IEnumerable<Variable> variables, Hyperparameter rate,
        int steps = 1, bool restart = false)
        : base(Judge.Validation, variables, training.Weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (this.training, this.validation, this.rate, this.steps) = (training, validation, rate, steps);
        start = restart ? training.Values() : null;
        rate.SayKept("UnrolledObjective rate");
        learnsRate = rate.variables.Any(Variables.Contains);
        var others = string.Join(", ", rate.trainable_variables.Where(v => !Variables.Contains(v)).Select(v => $"'{v.name}'"));
        if (others.Length > 0)
            Warnings.Once("rate:" + others,
                $"UnrolledObjective: the rate reads the variable {others}, which is not among the variables that this judge moves, so it "
                    + "does not move. Name it among them, or make it with trainable: false to say that this is meant.", this);
    }

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        // While the steps are made only the weights are to move; that the others stand still is no oversight to be warned of.
        var trainable = Variables.Select(v => v.trainable).ToList();
        foreach (var v in Variables) v.trainable = false;
        try
        {
            return LookAhead();
        }
        finally
        {
            foreach (var (v, was) in Variables.Zip(trainable)) v.trainable = was;
        }
    }

    Hypergradient LookAhead()
    {
        var step = (double)rate;
        var path = new List<Tensor[]> { start ?? training.Values() };
        training.Assign(path[0]);
        for (var t = 0; t < steps; t++)
        {
            path.Add([.. path[^1].Zip(training.FiniteGradients(nameof(UnrolledObjective)), (w, g) => w - step * g)]);
            training.Assign(path[^1]);
        }
        var (loss, adjoint, byVariables) = training.Validate(validation, Variables);
        var byRate = 0.0;
        var norm = 0.0;
        for (var t = steps - 1; t >= 0; t--)
        {
            training.Assign(path[t]);
            var here = new Curvature(training, Variables);
            if (t == steps - 1) norm = TrainingProblem.Norm(here.Gradient);
            var (hessian, mixed) = here.Both(adjoint);
            byVariables = [.. byVariables.Zip(mixed, (g, m) => Derivatives.Sum(g, -step, m))];
            byRate -= (double)tf.reduce_sum(here.Gradient * adjoint);
            adjoint -= step * hessian;
        }
        training.Assign(path[^1]);
        return new(loss, Read(learnsRate ? [.. byVariables.Zip(OfRate(byRate), (g, r) => Derivatives.Sum(g, 1, r))] : byVariables), norm);
    }

    Tensor?[] OfRate(double byRate) => Derivatives.Of(() => rate.value() * byRate, [.. Variables]).Gradients;
}
