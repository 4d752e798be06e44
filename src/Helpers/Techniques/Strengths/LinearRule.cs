using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Predictions X·w + b, and their error.</summary>
static class LinearRule
{
    public static Tensor Predict(Tensor X, IReadOnlyList<double> weights, double intercept) =>
        X.shape is [_, var d] && d == weights.Count
            ? tf.linalg.matvec(tf.cast(X, tf.float64), tf.constant(weights.ToArray())) + intercept
            : throw new ArgumentException(
                $"Predict: expected features of shape (rows, {weights.Count}), as in the fit. Received: shape {X.shape}. "
                    + "Give it the columns that the fit had, in their order.");

    public static double Error(Tensor predicted, Tensor y) => y.size == predicted.size
        ? (double)tf.reduce_mean(tf.square(predicted - tf.cast(tf.reshape(y, y.size), tf.float64)))
        : throw new ArgumentException(
            $"Error: expected a target for each of the {predicted.size} rows. Received: {y.size}. Take both from the same rows.");
}
