using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Ridge regression with a free intercept on folds: does a judge of the strength help on rows that it has not seen?</summary>
/// <remarks>Each fold is held out in turn, contiguous as scikit-learn's KFold cuts them: the first n mod folds are one row longer.
/// </remarks>
public static class RidgeFolds
{
    /// <summary>√(mean squared error) on each fold, for any model.</summary>
    /// <param name="x">Features, shape (n, d), float64.</param>
    /// <param name="y">Target, shape (n,), float64.</param>
    /// <param name="fit">Features and target of the other rows → what predicts for features, shape (m, d): m numbers.</param>
    /// <param name="folds">How many, from 2 to n.</param>
    public static double[] ErrorsOf(Tensor x, Tensor y, Func<Tensor, Tensor, Func<Tensor, Tensor>> fit, int folds = 10)
    {
        var n = x.shape[0];
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, n);
        return [.. Enumerable.Range(0, folds).Select(k => Error(First(k), First(k + 1)))];

        int First(int fold) => fold * (n / folds) + Math.Min(fold, n % folds);

        double Error(int first, int last)
        {
            var error = y[first..last] - fit(Without(x), Without(y))(x[first..last]);
            return Math.Sqrt((double)tf.reduce_mean(tf.square(error)));

            Tensor Without(Tensor t) => tf.concat([t[..first], t[last..]], 0);
        }
    }

    /// <summary>√(mean squared error) on each fold.</summary>
    /// <param name="x">Features, shape (n, d), float64.</param>
    /// <param name="y">Target, shape (n,), float64.</param>
    /// <param name="judge">
    /// Features and target of the other rows, centred → λ in ‖y − Xw‖² + λ‖w‖², at least 0; ∞ predicts the mean. It never sees the fold.
    /// </param>
    /// <param name="folds">How many, from 2 to n.</param>
    public static double[] Errors(Tensor x, Tensor y, Func<Tensor, Tensor, double> judge, int folds = 10) =>
        ErrorsOf(x, y, (keptX, keptY) =>
        {
            var (meanX, meanY) = (tf.reduce_mean(keptX, axis: 0), tf.reduce_mean(keptY));
            var (centredX, centredY) = (keptX - meanX, keptY - meanY);
            var strength = judge(centredX, centredY);
            // ∞: the rows hold no signal, and the mean is the best prediction.
            if (double.IsPositiveInfinity(strength)) return held => tf.fill(held.shape[0], meanY);
            var ridge = strength * tf.eye(x.shape[1], dtype: x.dtype);
            var w = tf.linalg.solve(tf.matmul(centredX, centredX, transpose_a: true) + ridge,
                tf.matmul(centredX, tf.expand_dims(centredY, 1), transpose_a: true));
            return held => meanY + tf.matmul(held - meanX, w)[.., 0];
        }, folds);
}
