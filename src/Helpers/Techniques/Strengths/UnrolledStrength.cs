using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The L2 strengths of a model, or other variables that somebody brought in, moved by the model's loss on other data after some steps of
/// training.
/// </summary>
/// <remarks>
/// In a model with <c>regularizers.l2(new Positive(0.01))</c>: <c>model.fit(x, y, callbacks: [new UnrolledStrength(model, x, y, xv, yv,
/// rate: 0.1, steps: 10).ToCallback(optimizers.Adam(0.05), every: 10)])</c>. One step is T1–T2, which is greedy: it sees what a strength
/// does at once, and wants less wherever the weights shrink. The exact gradient, that of <see cref="ValidationStrength"/>, takes about as
/// many steps as the condition number of the training loss. The gradient is that of <see cref="UnrolledObjective"/>; in a fit it looks
/// ahead from the weights of the fit, which it leaves alone.
/// Judge: other data, at least five rows for each variable. Sources: Maclaurin, Duvenaud, Adams 2015; Luketina et al. 2016 (T1–T2).
/// </remarks>
public sealed class UnrolledStrength : HyperObjective
{
    readonly UnrolledObjective unrolled;

    /// <summary>Other data judge what somebody brought into a model, some steps ahead.</summary>
    /// <param name="model">A model that is built and compiled, with a <see cref="Positive"/> where it had a strength.</param>
    /// <param name="x">The inputs that the fit trains on.</param>
    /// <param name="y">Their targets.</param>
    /// <param name="xv">Inputs that no fit sees.</param>
    /// <param name="yv">Their targets.</param>
    /// <param name="rate">The rate of the steps of plain descent: below 2 / (largest curvature of the training loss).</param>
    /// <param name="steps">How many are unrolled; 1: T1–T2.</param>
    /// <param name="restart">Whether every look begins at the weights of now; otherwise at those of its time.</param>
    /// <exception cref="JudgeException">There are no rows to judge by, or every target to train on is the same.</exception>
    /// <exception cref="ArgumentException">Nobody brought a variable into the model that trains.</exception>
    public UnrolledStrength(Model model, Tensor x, Tensor y, Tensor xv, Tensor yv, Hyperparameter rate, int steps = 1,
        bool restart = false) : this(model.hyper_variables, model, x, y, xv, yv, rate, steps, restart)
    {
    }

    UnrolledStrength(IReadOnlyList<Variable> learned, Model model, Tensor x, Tensor y, Tensor xv, Tensor yv, Hyperparameter rate,
        int steps, bool restart) : base(Judge.Validation, learned, model.trainable_variables.Except(learned)) =>
        unrolled = new(ModelLosses.Training(model, x, y, learned), ModelLosses.Other(model, x, y, xv, yv), learned, rate, steps, restart);

    /// <inheritdoc/>
    public override Hypergradient Evaluate() => unrolled.Evaluate();
}
