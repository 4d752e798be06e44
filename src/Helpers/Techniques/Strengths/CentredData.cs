using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Features and target as the judges of a linear model take them: checked, float64, and centred where a free intercept is taken out.
/// </summary>
sealed class CentredData
{
    /// <summary>What varies less than this part of its own size is rounding.</summary>
    const double Rounding = 1e-13;

    CentredData(Tensor x, Tensor y, Tensor meanX, double meanY, double[] sizes, int freedom) =>
        (X, Y, MeanX, MeanY, Sizes, Freedom) = (x, y, meanX, meanY, sizes, freedom);

    /// <summary>Shape (n, d); a column that does not vary is exactly 0.</summary>
    public Tensor X { get; }

    /// <summary>Shape (n,).</summary>
    public Tensor Y { get; }

    public Tensor MeanX { get; }

    public double MeanY { get; }

    /// <summary>The lengths of the columns before they were centred: what is below their rounding is 0.</summary>
    public double[] Sizes { get; }

    /// <summary>1 with an intercept, which takes one direction of the rows; 0 without.</summary>
    public int Freedom { get; }

    /// <summary>The columns of <see cref="X"/>, copied.</summary>
    public double[][] ByColumn => [.. Enumerable.Range(0, Columns).Select(j => X[.., j].ToArray<double>())];

    public int Rows => X.shape[0];

    public int Columns => X.shape[1];

    /// <summary>The variance of the target, divided by n.</summary>
    public double Variance => (double)tf.reduce_mean(tf.square(Y));

    /// <param name="who">Who asks, for errors.</param>
    /// <param name="features">Shape (n, d).</param>
    /// <param name="target">Shape (n,) or (n, 1).</param>
    /// <param name="least">How many rows there must be.</param>
    /// <param name="intercept">Whether a free intercept is taken out; false: features and target are taken as they are.</param>
    /// <exception cref="JudgeException">There is nothing to judge by.</exception>
    public static CentredData Of(string who, Operand features, Operand target, int least = 2, bool intercept = true)
    {
        if (features.shape.Rank != 2)
            throw Refused(who, "features of shape (n, d)",
                $"shape {features.shape}. A single feature becomes a column with tf.expand_dims(x, 1)");
        Tensor x = tf.cast(features, tf.float64), y = tf.cast(target, tf.float64);
        if (y.size != x.shape[0] || y.size < least || x.shape[1] == 0)
            throw Refused(who, $"at least {(least == 2 ? "two" : "three")} rows, a target of one number for each, and a feature",
                $"features of shape {x.shape} and a target of shape {y.shape}. Give one target for each row");
        y = tf.reshape(y, y.size);
        if (Array.FindIndex(x.ToArray<double>(), v => !double.IsFinite(v)) is >= 0 and var bad)
            throw Refused(who, "finite features",
                $"{x.ToArray<double>()[bad]} in row {bad / x.shape[1]}, column {bad % x.shape[1]}. Leave the row or the column out");
        if (Array.FindIndex(y.ToArray<double>(), v => !double.IsFinite(v)) is >= 0 and var lost)
            throw Refused(who, "finite targets", $"{y.ToArray<double>()[lost]} in row {lost}. Leave the row out");
        if (intercept ? Same(y.ToArray<double>()) : (double)tf.reduce_max(tf.abs(y)) == 0)
            throw Refused(who, "at least two targets that are not all the same",
                $"{y.size} times {Numbers.Show((double)y[0])}. There is nothing to explain: predict this value, with weights of 0");
        var varies = Enumerable.Range(0, x.shape[1]).Select(j => x[.., j].ToArray<double>())
            .Select(c => intercept ? !Same(c) : c.Any(v => v != 0)).ToArray();
        if (!Array.Exists(varies, v => v))
            throw Refused(who, "a feature that varies",
                $"{varies.Length} that do not. There is nothing to explain with: predict the mean of the target, "
                    + Numbers.Show((double)tf.reduce_mean(y)));
        var sizes = tf.norm(x, axis: 0).ToArray<double>();
        if (!intercept) return new(x, y, tf.zeros(x.shape[1], tf.float64), 0, sizes, 0);
        var mean = tf.reduce_mean(x, axis: 0);
        var keep = tf.constant(Array.ConvertAll(varies, v => v ? 1.0 : 0.0));
        var meanY = tf.reduce_mean(y);
        return new((x - mean) * keep, y - meanY, mean, (double)meanY, sizes, 1);
    }

    /// <summary>The intercept that belongs to weights: mean of y − mean of x · w.</summary>
    public double Intercept(Tensor weights) => MeanY - (double)tf.reduce_sum(MeanX * weights);

    static JudgeException Refused(string who, string expected, string received) =>
        new($"{who}: a judge needs data: expected {expected}. Received: {received}.");

    static bool Same(double[] values) => values.Max() - values.Min() <= Rounding * Math.Max(Math.Abs(values.Max()), Math.Abs(values.Min()));
}
