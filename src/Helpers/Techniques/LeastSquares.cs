using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Linear models of a target, as R's lm fits them.</summary>
public static class LeastSquares
{
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
