using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>A loss of somebody's own loop, and the variables that the loop moves.</summary>
sealed class FunctionPatient(Func<Tensor> loss, IReadOnlyList<Variable> variables, Optimizer? optimizer, Action? step) : Patient
{
    public override string Name => "a loss of your own";

    public override IEnumerable<object?> Roots => [loss, step, optimizer];

    public override bool HasStep => step is not null || optimizer is not null;

    public override Tensor Loss(bool training) => loss();

    public override void Step()
    {
        if (step is not null) step();
        else
        {
            using var tape = tf.GradientTape(watch_accessed_variables: false);
            tape.watch(variables.Where(v => v.trainable));
            var gradients = tape.gradient(loss(), variables);
            if (gradients.Any(g => g is not null)) optimizer!.apply_gradients(gradients.Zip(variables));
        }
    }

    public override Optimizer? MoverOf(Variable variable) => optimizer;

    public override IEnumerable<(Variable Variable, bool Asked)> Candidates(IReadOnlyList<Variable> read, IReadOnlyList<Variable> kept)
    {
        // Where weights stand in the list too, they are there to be moved: a kernel is no number that somebody brought in.
        var numbers = variables.Where(v => !v.MadeByLayer || v.shape.Rank == 0).ToList();
        return (numbers.Count > 0 ? numbers : variables).Select(v => (v, true))
            .Concat(kept.Where(v => !v.MadeByLayer).Select(v => (v, false))).DistinctBy(c => c.v);
    }

    public override string? OwnerOf(Variable variable) => variables.Contains(variable) ? "your list" : null;

    public override string Nothing => "The list of variables is empty. Name those that should be learned: "
        + "Doctor.Examine(() => loss, [v], optimizer).";
}
