using Workbook.Tensors;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Workbook.Helpers;

/// <summary>Features and target of a linear model as leaving out rows needs them: checked, in float64, centred for an intercept.</summary>
sealed class LeaveOneOutTable
{
    readonly Tensor x, y;

    /// <summary>Checks and centres.</summary>
    /// <param name="X">Features, shape (n, d).</param>
    /// <param name="y">Target, shape (n,) or (n, 1).</param>
    /// <param name="intercept">Whether a free intercept is fitted.</param>
    public LeaveOneOutTable(Operand X, Operand y, bool intercept)
    {
        var (features, target) = Checked(X, y, intercept);
        Freedom = intercept ? 1 : 0;
        (Means, Level) = intercept ? (tf.reduce_mean(features, axis: 0), (double)tf.reduce_mean(target))
            : (tf.zeros(features.shape[1], tf.float64), 0);
        (x, this.y) = intercept ? (Scaling.Center(features), Scaling.Center(target)) : (features, target);
        (Columns, Target) = ([.. Enumerable.Range(0, features.shape[1]).Select(j => x[.., j].ToArray<double>())],
            this.y.ToArray<double>());
        Sizes = [.. Enumerable.Range(0, features.shape[1]).Select(j => TensorPrimitives.Norm<double>(features[.., j].ToArray<double>()))];
        if (TensorPrimitives.Norm<double>(Target) == 0)
            throw new JudgeException(
                $"LeaveOneOut: expected a target that varies. Received: {Numbers.Show((double)target[0])} in all {target.size} rows. "
                    + "Every strength predicts it exactly, so there is nothing to learn from it.");
        if (Columns.All(c => TensorPrimitives.Norm<double>(c) == 0))
            throw new JudgeException(
                $"LeaveOneOut: expected a feature that varies. Received: {Columns.Length} constant ones. "
                    + "Only the mean of the target can be predicted; bring other features.");
    }

    /// <summary>The features, centred, shape (n, d).</summary>
    public Tensor X => x;

    /// <summary>The target, centred, shape (n,).</summary>
    public Tensor Y => y;

    /// <summary>The columns of <see cref="X"/>.</summary>
    public double[][] Columns { get; }

    /// <summary>The lengths of the columns before they were centred.</summary>
    public double[] Sizes { get; }

    /// <summary>The elements of <see cref="Y"/>.</summary>
    public double[] Target { get; }

    /// <summary>1 with an intercept, which takes one direction of the rows; 0 without.</summary>
    public int Freedom { get; }

    /// <summary>What was subtracted from the features, shape (d,).</summary>
    public Tensor Means { get; }

    /// <summary>What was subtracted from the target.</summary>
    public double Level { get; }

    static (Tensor X, Tensor Y) Checked(Operand X, Operand y, bool intercept)
    {
        Tensor features = tf.cast(X, tf.float64), target = tf.cast(y, tf.float64);
        var least = intercept ? 3 : 2;
        if (features.shape is not [var n, > 0] || target.shape is not ([_] or [_, 1]) || target.size != n)
            throw new JudgeException(
                "LeaveOneOut: expected features of shape (n, d), and one target for each of the n rows. "
                    + $"Received: shapes {features.shape} and {target.shape}. Reshape them, or select one target.");
        if (n < least)
            throw new JudgeException(
                $"LeaveOneOut: a judge needs data: expected at least {least} rows, so that a model is left when one is taken away. "
                    + $"Received: {n}. Bring more rows.");
        foreach (var (what, values) in new[] { ("features", features), ("targets", target) })
            if (!Derivatives.AreFinite(values))
                throw new JudgeException(
                    $"LeaveOneOut: expected finite {what}. Received: NaN or infinity among them. Fill or leave out these rows.");
        return (features, tf.reshape(target, n));
    }
}
