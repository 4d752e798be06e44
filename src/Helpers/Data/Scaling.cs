using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Ways to scale the columns of a matrix, or a vector, before learning. Differentiable.</summary>
public static class Scaling
{
    /// <summary>x − mean: columns of mean 0.</summary>
    /// <param name="x">Shape (rows, …). A constant column gives zeros, not the rounding of its mean.</param>
    public static Tensor Center(Operand x)
    {
        var mean = tf.reduce_mean(x, axis: 0);
        var centred = x - mean;
        return tf.where(Flat(centred, x), tf.zeros_like(mean), centred);
    }

    /// <summary>
    /// (x − mean) / sd, with the standard deviation of the population (divided by n): columns of mean 0 and variance 1. scikit-learn:
    /// StandardScaler.
    /// </summary>
    /// <param name="x">Shape (rows, …). A constant column gives zeros.</param>
    public static Tensor Standardize(Operand x) => Divided(x, x, tf.reduce_mean);

    /// <summary>(x − mean) / ‖x − mean‖: columns of mean 0 and length 1. scikit-learn: load_diabetes with its default scaling.</summary>
    /// <param name="x">Shape (rows, …). A constant column gives zeros.</param>
    public static Tensor UnitLength(Operand x) => Divided(x, x, tf.reduce_sum);

    /// <summary>(x − mean) / sd with the means and deviations of other rows, so that nothing of x is known to what was trained on
    /// those.</summary>
    /// <param name="x">Shape (rows, …).</param>
    /// <param name="rows">
    /// The rows that give means and deviations, the other dimensions as in x. A column that is constant there gives zeros: a model that
    /// was trained on them knows nothing of it.
    /// </param>
    public static Tensor StandardizeBy(Operand x, Operand rows) => Divided(x, rows, tf.reduce_mean);

    /// <summary>(x − mean) / √(sum or mean of (rows − mean)²), 0 where rows do not vary but for rounding.</summary>
    static Tensor Divided(Operand x, Operand rows, Func<Operand, Axes?, bool, Tensor> gather)
    {
        var mean = tf.reduce_mean(rows, axis: 0);
        var centred = rows - mean;
        var flat = Flat(centred, rows);
        // The root has no slope at 0, so a flat column does not reach it.
        var square = tf.where(flat, tf.ones_like(mean), gather(tf.square(centred), 0, false));
        return tf.where(flat, tf.zeros_like(mean), x - mean) / tf.sqrt(square);
    }

    /// <summary>Which columns do not vary but for the rounding of their mean.</summary>
    static Tensor Flat(Tensor centred, Operand x) => tf.reduce_max(tf.abs(centred), 0)
        <= 16 * (centred.dtype == DType.Float32 ? 1.2e-7 : 2.3e-16) * tf.reduce_max(tf.abs(x), 0);
}
