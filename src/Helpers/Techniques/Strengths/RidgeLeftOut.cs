using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The errors of a ridge regression on the rows left out, for one λ a column; differentiable.</summary>
/// <remarks>
/// More rows than columns: the orthogonal factor Q of [X; √Λ] has XA⁻¹X' = PP' with its first n rows P. Otherwise that of
/// [Λ^(−½)X'; 1'; I]: (XΛ⁻¹X' + I)⁻¹ = PP' with its last n rows P, and this is 1 − XA⁻¹X'; the row of ones, of any length, keeps what the
/// intercept takes apart from what is small. Neither squares the features, so their scales do not matter.
/// </remarks>
sealed class RidgeLeftOut
{
    const double Rounding = 64 * 2.220446049250313e-16;

    readonly Tensor own;
    readonly Func<Tensor> byTarget;

    /// <summary>All rows, each left out in turn.</summary>
    /// <param name="x">Features, shape (n, d), float64, centred if <paramref name="freedom"/> is 1.</param>
    /// <param name="y">Target, shape (n,), the same.</param>
    /// <param name="lambda">λ for each column, shape (d,).</param>
    /// <param name="freedom">1 with an intercept, 0 without.</param>
    public RidgeLeftOut(Tensor x, Tensor y, Tensor lambda, int freedom)
    {
        var (n, d) = (x.shape[0], x.shape[1]);
        var tall = n - freedom > d;
        RefuseStrengths(lambda, tall);
        var root = tf.sqrt(lambda);
        if (tall)
        {
            var stacked = tf.concat([x, tf.linalg.diag(root)], 0);
            var (q, r) = tf.linalg.qr(stacked);
            RefuseColumns(stacked, r);
            own = q[..n];
            Residual = y - Along(own, y);
            Rest = 1 - freedom / (double)n - tf.reduce_sum(tf.square(own), 1);
            byTarget = () => tf.linalg.triangular_solve(r, tf.transpose(own), lower: false);
        }
        else
        {
            var scaled = tf.transpose(x / root);
            // As long as the longest row, so that what the intercept takes is as small as all else.
            var length = Math.Max(1, Math.Sqrt((double)tf.reduce_max(tf.reduce_sum(tf.square(scaled), 0))));
            var ones = tf.fill((freedom, n), tf.constant(length / Math.Sqrt(n), tf.float64));
            own = tf.linalg.qr(tf.concat([scaled, ones, tf.eye(n, dtype: x.dtype)], 0)).q[(d + freedom)..];
            Residual = Along(own, y);
            Rest = tf.reduce_sum(tf.square(own), 1) - freedom / (n * (1 + length * length));
            byTarget = () => tf.transpose(Along(own, x)) / tf.expand_dims(lambda, 1);
        }
        RefuseAlone(Rest, tall);
        Errors = Residual / Rest;
    }

    /// <summary>y − prediction, shape (n,), of the model of all rows.</summary>
    public Tensor Residual { get; }

    /// <summary>One minus the leverage of each row, shape (n,).</summary>
    public Tensor Rest { get; }

    /// <summary>y − prediction of the model of all other rows, shape (n,).</summary>
    public Tensor Errors { get; }

    /// <summary>A⁻¹X', shape (d, n): how each weight answers to each target.</summary>
    public Tensor ByTarget() => byTarget();

    /// <summary>
    /// The mean square of the errors and its derivative by the logarithm of each λ, with w = A⁻¹X'y and Z = XA⁻¹:
    /// ∂eᵢ/∂λⱼ = Zᵢⱼ·wⱼ, ∂hᵢ/∂λⱼ = −Zᵢⱼ².
    /// </summary>
    public static (double Error, double[] ByLog) WithSlopes(Tensor x, Tensor y, Tensor lambda, int freedom)
    {
        var here = new RidgeLeftOut(x, y, lambda, freedom);
        var answers = here.ByTarget();
        var w = tf.linalg.matvec(answers, y);
        Tensor scaled = here.Errors / here.Rest;
        var slopes = 2.0 / y.size * lambda
            * (w * tf.linalg.matvec(answers, scaled) - tf.linalg.matvec(tf.square(answers), scaled * here.Errors));
        return ((double)tf.reduce_mean(tf.square(here.Errors)), slopes.ToArray<double>());
    }

    /// <summary>PP'·v for a vector or for each column.</summary>
    static Tensor Along(Tensor own, Tensor v) => v.shape.Rank == 1
        ? tf.linalg.matvec(own, tf.linalg.matvec(own, v, transpose_a: true))
        : tf.matmul(own, tf.matmul(own, v, transpose_a: true));

    static void RefuseStrengths(Tensor lambda, bool tall)
    {
        var least = (double)tf.reduce_min(lambda);
        if (!(least >= 0) || double.IsPositiveInfinity((double)tf.reduce_max(lambda)))
            throw new JudgeException(
                $"LeaveOneOut: expected strengths of at least 0, and finite. Received: {Numbers.Show(least)} to "
                    + $"{Numbers.Show((double)tf.reduce_max(lambda))}. Learn the logarithm of a strength, as Positive does.");
        if (least == 0 && !tall)
            throw new JudgeException(
                "LeaveOneOut: expected strengths above 0 for features that can fit every target, as there are no more rows than columns. "
                    + "Received: 0. Take a small one, or fewer features.");
    }

    static void RefuseColumns(Tensor stacked, Tensor r)
    {
        var lengths = tf.sqrt(tf.reduce_sum(tf.square(stacked), 0));
        var lost = tf.abs(tf.linalg.diag_part(r)) <= Rounding * lengths;
        if ((bool)tf.reduce_any(lost))
            throw new JudgeException(
                $"LeaveOneOut: expected columns that are no combinations of each other, where strengths are 0 or nearly so. "
                    + $"Received: column {(int)tf.argmax(tf.cast(lost, tf.int32))}, which the ones before it determine. "
                    + "Leave it out, or take a larger strength.");
    }

    static void RefuseAlone(Tensor rest, bool tall)
    {
        // Of a tall table it is a difference to 1, whose rounding says nothing.
        if (!((double)tf.reduce_min(rest) > (tall ? Rounding : 0)))
            throw new JudgeException(
                $"LeaveOneOut: expected rows whose weights are still determined when one row is left out. "
                    + $"Received: row {(int)tf.argmin(rest)}, which decides a weight alone (leverage 1). Take a larger strength, or leave out "
                    + "the feature that only this row has.");
    }
}
