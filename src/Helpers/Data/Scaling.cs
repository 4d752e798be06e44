using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Ways to scale the columns of a matrix, or a vector, before learning. Differentiable.</summary>
public static class Scaling
{
    /// <summary>x − mean: columns of mean 0.</summary>
    /// <param name="x">Shape (rows, …).</param>
    public static Tensor Center(Operand x) => x - tf.reduce_mean(x, axis: 0);

    /// <summary>
    /// (x − mean) / sd, with the standard deviation of the population (divided by n): columns of mean 0 and variance 1. scikit-learn:
    /// StandardScaler.
    /// </summary>
    /// <param name="x">Shape (rows, …). A column that does not vary becomes 0.</param>
    public static Tensor Standardize(Operand x)
    {
        var centred = Center(x);
        return centred / Spread(x, tf.sqrt(tf.reduce_mean(tf.square(centred), axis: 0)));
    }

    /// <summary>(x − mean) / ‖x − mean‖: columns of mean 0 and length 1. scikit-learn: load_diabetes with its default scaling.</summary>
    /// <param name="x">Shape (rows, …). A column that does not vary becomes 0.</param>
    public static Tensor UnitLength(Operand x)
    {
        var centred = Center(x);
        return centred / Spread(x, tf.sqrt(tf.reduce_sum(tf.square(centred), axis: 0)));
    }

    /// <summary>(x − mean) / sd with the means and deviations of other rows, so that nothing of x is known to what was trained on
    /// those.</summary>
    /// <param name="x">Shape (rows, …).</param>
    /// <param name="rows">The rows that give means and deviations, the other dimensions as in x. A column that does not vary there is
    /// only shifted.</param>
    public static Tensor StandardizeBy(Operand x, Operand rows) =>
        (x - tf.reduce_mean(rows, axis: 0)) / Spread(rows, tf.math.reduce_std(rows, axis: 0));

    /// <summary>A measure of how columns vary, with 1 for those whose values differ by rounding at most.</summary>
    static Tensor Spread(Operand x, Tensor measure)
    {
        var (high, low) = (tf.reduce_max(x, axis: 0), tf.reduce_min(x, axis: 0));
        var rounding = (measure.dtype == DType.Float64 ? 1e-13 : 1e-6) * tf.maximum(tf.abs(high), tf.abs(low));
        var varies = tf.greater(high - low, rounding);
        // The root of 0 has no derivative, so what is not taken must not be 0 either.
        return tf.where(varies, measure, tf.ones_like(measure));
    }
}
