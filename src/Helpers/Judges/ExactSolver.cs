using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Builds H column by column and solves by LU decomposition: n products and n³/3 operations, for up to about a thousand weights.
/// </summary>
public sealed class ExactSolver : LinearSolver
{
    /// <inheritdoc/>
    public override Tensor Solve(Func<Tensor, Tensor> product, Tensor b)
    {
        var columns = Enumerable.Range(0, b.size).Select(k => product(tf.one_hot(k, b.size, dtype: b.dtype)));
        // H is symmetric, so its columns may be stacked as rows.
        var H = tf.stack([.. columns]);
        if (!Derivatives.AreFinite(H)) throw Derivatives.NotFinite(nameof(ExactSolver), "the products with the Hessian");
        Tensor x;
        try
        {
            x = tf.squeeze(tf.linalg.solve(H, tf.expand_dims(b, 1)), 1);
        }
        catch (NumericException e)
        {
            throw Singular(e.Message);
        }
        // ‖H‖·‖x‖/‖b‖ is at most the condition number: where it has eaten all digits, so has rounding.
        var condition = TrainingProblem.Norm(H) * TrainingProblem.Norm(x) / TrainingProblem.Norm(b);
        return condition > (b.dtype == DType.Float32 ? 1e6 : 1e14) ? throw Singular($"condition number {Numbers.Show(condition)}") : x;
    }

    static JudgeException Singular(string how) => new(
        $"ExactSolver: expected a Hessian of the training loss that can be inverted. Received: a singular one ({how}). "
            + "Some direction of the weights does not matter to the training loss: a column that others determine, a unit that never "
            + "fires. A small l2 penalty on all weights settles it.");
}
