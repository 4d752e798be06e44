namespace Workbook.Keras;

/// <summary>√ of the mean of squared errors over all batches. Keras: keras.metrics.RootMeanSquaredError.</summary>
/// <param name="name">The key in the history; default root_mean_squared_error.</param>
[Names("root_mean_squared_error", "rmse", "RootMeanSquaredError")]
public sealed class RootMeanSquaredError(string name = "root_mean_squared_error") : MeanOfFunction(Squares, name)
{
    /// <inheritdoc/>
    public override Tensor result() => tf.sqrt(base.result());

    static Tensor Squares(Tensor y_true, Tensor y_pred)
    {
        var (y, p) = Loss.Pair(y_true, y_pred);
        return tf.squared_difference(y, p);
    }
}
