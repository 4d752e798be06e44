using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Linear models of a target, as R's lm fits them.</summary>
public static class LeastSquares
{
    /// <summary>Decides between weights that are equally good.</summary>
    const double Tie = 1e-12;

    /// <summary>What least squares with an intercept leaves of a target.</summary>
    /// <param name="features">The columns beside the intercept, shape (rows, columns).</param>
    /// <returns>A function of a target of shape (rows,), as float64: z minus its fit.</returns>
    /// <exception cref="ArgumentException">A column that the intercept and those before it already say; or too few rows.</exception>
    public static Func<Tensor, Tensor> Residuals(Tensor features)
    {
        var x = tf.cast(features, tf.float64);
        if (x.ndim != 2 || x.shape[0] <= x.shape[1] + 1)
            throw new ArgumentException($"LeastSquares: expected a table with more rows than columns and an intercept. Received: shape "
                + $"{x.shape}. Give more rows or fewer columns.");
        Column.NoGaps(nameof(LeastSquares), x);
        var (q, r) = tf.linalg.qr(tf.concat([tf.ones((x.shape[0], 1), tf.float64), x], 1));
        var lengths = tf.sqrt(tf.reduce_sum(tf.square(x), 0)).ToArray<double>();
        var own = tf.abs(tf.linalg.diag_part(r)).ToArray<double>()[1..];
        if (Enumerable.Range(0, own.Length).FirstOrDefault(j => !(own[j] > 1e-10 * lengths[j]), -1) is >= 0 and var same)
            throw new ArgumentException($"LeastSquares: expected columns that each say something new. Received: column {same} (counted from 0), "
                + "which the intercept and the columns before it already say. Leave it out.");
        return z => z - tf.linalg.matvec(q, tf.linalg.matvec(q, z, transpose_a: true));
    }

    /// <summary>The mean square that an intercept and the best weights of some columns leave of a target, a scalar.</summary>
    /// <remarks>
    /// Differentiable in the columns, to any order: what a column is made of (a frequency, a knot, a shift) descends while the weights are
    /// at their best at every step, so that they need no rate. Columns that others already say change nothing; they bend the loss by
    /// about one part in 10¹². Source: G. Golub, V. Pereyra (1973), variable projection.
    /// </remarks>
    /// <param name="y">The target, shape (rows,).</param>
    /// <param name="columns">Each of shape (rows,); none: the variance of the target.</param>
    /// <exception cref="ShapeException">A column of another length, or a target that is no vector.</exception>
    public static Tensor MeanSquare(Tensor y, params IReadOnlyList<Tensor> columns)
    {
        if (y.ndim != 1 || y.shape[0] == 0)
            throw new ShapeException($"LeastSquares: expected a target of shape (rows,), at least one. Received: {y.shape}. Of a column take "
                + "tf.reshape(y, -1).");
        var target = tf.expand_dims(Centred(y), 1);
        if (columns.FirstOrDefault(c => c.ndim != 1 || c.shape[0] != y.shape[0]) is { } odd)
            throw new ShapeException($"LeastSquares: expected columns of shape {y.shape}, as the target. Received: {odd.shape}. "
                + "Give each feature as a vector.");
        if (columns.Count == 0) return tf.reduce_mean(tf.square(target));
        var x = tf.stack([.. columns.Select(Centred)], 1);
        var lengths = tf.stop_gradient(tf.sqrt(tf.reduce_sum(tf.square(x), 0)));
        x /= tf.where(lengths > 0, lengths, tf.ones_like(lengths));
        var w = tf.linalg.lstsq(x, target, Tie);
        // With the penalty of the weights, which vanish from its slope: they are where it is least.
        return (tf.reduce_sum(tf.square(target - tf.matmul(x, w))) + Tie * tf.reduce_sum(tf.square(w))) / y.shape[0];
    }

    static Tensor Centred(Tensor column)
    {
        var v = tf.cast(column, tf.float64);
        return v - tf.reduce_mean(v);
    }

    /// <summary>A column for each level of a factor but the first, 1 in its rows and 0 elsewhere. R: factor.</summary>
    /// <param name="column">The levels, shape (rows,).</param>
    /// <returns>Shape (rows, levels − 1), float64; levels in increasing order.</returns>
    /// <exception cref="ArgumentException">There is one level alone.</exception>
    public static Tensor Factor(Tensor column)
    {
        var x = tf.cast(column, tf.float64);
        double[] levels = [.. x.ToArray<double>().Distinct().Order().Skip(1)];
        if (levels.Length == 0)
            throw new ArgumentException("LeastSquares: expected a factor of at least two levels. Received: one level alone. Leave it out.");
        return tf.stack([.. levels.Select(l => tf.cast(tf.equal(x, l), tf.float64))], 1);
    }
}
