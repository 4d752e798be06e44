using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The two losses of a compiled model that other data judge: one trains the weights, the other is asked.</summary>
static class ModelLosses
{
    /// <summary>The training loss with its penalties, and the weights that it moves.</summary>
    public static TrainingProblem Training(Model model, Tensor x, Tensor y, IEnumerable<Variable> learned) =>
        new(() => Loss(model, x, y), model.trainable_variables.Except(learned));

    /// <summary>
    /// The same loss on other rows without the penalties: other data judge what the model says, not how large its weights are.
    /// </summary>
    /// <exception cref="JudgeException">There are no rows to judge by, or every target to train on is the same.</exception>
    public static Func<Tensor> Other(Model model, Tensor x, Tensor y, Tensor xv, Tensor yv)
    {
        foreach (var (inputs, targets, name) in new[] { (x, y, "x"), (xv, yv, "xv") })
            if (inputs.shape[0] == 0 || inputs.shape[0] != targets.shape[0])
                throw new JudgeException(
                    $"A judge needs data: expected as many rows of {name} as of {name.Replace('x', 'y')}, at least one. "
                        + $"Received: {inputs.shape[0]} and {targets.shape[0]}. Check how the rows were split.");
        if ((bool)tf.reduce_all(tf.equal(y, y[..1])))
            throw new JudgeException(
                $"A judge needs data: expected targets that differ, to train on. Received: {y.shape[0]} that are the same. "
                    + "A constant fits them without any weight, so no strength matters. Check how the rows were split.");
        return () => model.losses.Aggregate(Loss(model, xv, yv), (loss, penalty) => loss - penalty);
    }

    static Tensor Loss(Model model, Tensor x, Tensor y) => model.compute_loss(x, y, [model.Apply(x)], null);
}
