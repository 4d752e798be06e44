namespace Workbook.Keras;

/// <summary>A loss made of a function.</summary>
/// <param name="function">From targets and predictions to one value per sample, or one in all.</param>
/// <param name="reduction">sum_over_batch_size (default), sum, mean_with_sample_weight, or none.</param>
/// <param name="name">The name in messages.</param>
/// <remarks>It does not own variables that the function reads; a fit names those that nobody owns.</remarks>
[Factory("Lambda")]
public sealed class LambdaLoss(Func<Tensor, Tensor, Tensor> function, string? reduction = "sum_over_batch_size", string name = "lambda")
    : Loss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor call(Tensor y_true, Tensor y_pred)
    {
        var (y, p) = Pair(y_true, y_pred);
        return function(y, p);
    }
}
