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
        try
        {
            return tf.squeeze(tf.linalg.solve(H, tf.expand_dims(b, 1)), 1);
        }
        catch (NumericException e)
        {
            throw new JudgeException(
                $"ExactSolver: expected a Hessian of the training loss that can be inverted. Received: a singular one ({e.Message}). "
                    + "Some direction of the weights does not matter to the training loss; a small l2 penalty settles it.");
        }
    }
}
