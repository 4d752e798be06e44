using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The L2 strength of a linear model, judged by leaving out each sample in turn, without refitting.</summary>
/// <remarks>
/// In a model: <see cref="LeaveOneOutStrength"/>. With A = X'X + λI, w = A⁻¹X'y, residuals e = y − Xw and leverages h_i = x_i'A⁻¹x_i, the
/// error on sample i of the model trained without it is e_i/(1 − h_i), exactly.
/// Judge: other data. Sources: Allen 1974 (PRESS); scikit-learn's RidgeCV.
/// </remarks>
public static class LeaveOneOut
{
    /// <summary>The squared error on each row, predicted by a model that has seen all others.</summary>
    /// <remarks>The errors share all data but two rows, so they are not independent: an error of their mean is a guide, no test.</remarks>
    /// <param name="X">Features, shape (n, …).</param>
    /// <param name="y">Target, shape (n,).</param>
    /// <param name="predict">
    /// Fits a model of the other rows (features, target) and predicts the row left out: a tensor of one number.
    /// </param>
    /// <returns>n numbers, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">There are not as many rows in both, or fewer than two.</exception>
    public static double[] SquaredErrors(Tensor X, Tensor y, Func<Tensor, Tensor, Tensor, Operand> predict)
    {
        var n = X.shape[0];
        if (n < 2 || y.size != n)
            throw new ArgumentException(
                $"LeaveOneOut: expected at least two rows, and one target for each. Received: {n} rows and {y.size} targets.");
        return [.. Enumerable.Range(0, n).Select(i =>
        {
            int[] others = [.. Enumerable.Range(0, n).Where(j => j != i)];
            var predicted = tf.constant(predict(tf.gather(X, others), tf.gather(y, others), X[i..(i + 1)]), y.dtype);
            return Math.Pow(y[i].Item<double>() - tf.reduce_sum(predicted).Item<double>(), 2);
        })];
    }

    /// <summary>The mean squared error on the samples left out (PRESS / n), differentiable in the strength and in the data.</summary>
    /// <remarks>
    /// The features are not squared on the way, so columns may have any scales. A gradient needs strengths above 0.
    /// </remarks>
    /// <param name="X">Features, shape (n, d).</param>
    /// <param name="y">Target, shape (n,) or (n, 1).</param>
    /// <param name="strength">
    /// λ in ‖y − Xw‖² + λ‖w‖², at least 0; shape () or (d,), one for each weight. With no more rows than columns above 0.
    /// </param>
    /// <param name="intercept">Whether an intercept is fitted, which no strength holds; otherwise w alone predicts.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="JudgeException">
    /// Too few rows, other shapes, a strength below 0, or one so small that a row left out leaves a weight undetermined.
    /// </exception>
    public static Tensor Error(Operand X, Operand y, Operand strength, bool intercept = true)
    {
        if (X.shape is not [var n, > 0 and var d] || y.shape.Size != n || n < (intercept ? 2 : 1))
            throw new JudgeException(
                "LeaveOneOut: expected features of shape (n, d) with at least two rows, and one target for each. "
                    + $"Received: shapes {X.shape} and {y.shape}. Reshape them, or bring more rows.");
        Tensor x = tf.constant(X), target = tf.reshape(y, n);
        if (intercept) (x, target) = (Scaling.Center(x), Scaling.Center(target));
        var rows = new RidgeLeftOut(x, target, tf.broadcast_to(tf.constant(strength, X.dtype), d), intercept ? 1 : 0);
        return tf.reduce_mean(tf.square(rows.Errors));
    }

    /// <summary>The strength, or strengths, of the lowest mean squared error on the samples left out.</summary>
    /// <remarks>
    /// In one line: <c>var λ = LeaveOneOut.Minimize(X, y).Lambda</c>. One strength: ten of each factor of ten are compared, over all that
    /// make a difference to these features, and the best is refined; so it is the lowest of several minima. Several: descent on their
    /// logarithms to a local minimum, of which many strengths have many, between 1e-8 and 1e8 times the mean squared length of the columns
    /// of a group; at the upper end the group is as good as left out. Many strengths fit the rows that judge them too: see
    /// <see cref="LeaveOneOutFit.Error"/>.
    /// </remarks>
    /// <param name="X">Features, shape (n, d), of any scales; constant columns get the weight 0.</param>
    /// <param name="y">Target, shape (n,) or (n, 1).</param>
    /// <param name="groups">The number of the strength of each column, from 0; null: one strength for all.</param>
    /// <param name="intercept">Whether an intercept is fitted, which no strength holds.</param>
    /// <param name="start">Where several strengths begin, all at the same λ above 0; default: the best common one.</param>
    /// <exception cref="JudgeException">
    /// Too few rows, other shapes, a target of one value, no feature that varies, or an error that falls for ever as the strength grows.
    /// </exception>
    /// <exception cref="ArgumentException">Groups that do not fit the columns.</exception>
    public static LeaveOneOutFit Minimize(Operand X, Operand y, IReadOnlyList<int>? groups = null, bool intercept = true,
        double? start = null)
    {
        if (start is { } first) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first, nameof(start));
        var data = Data(X, y, intercept);
        var features = data.Columns;
        var numbers = Numbered(groups, features);
        var scan = new LeaveOneOutScan(data);
        var best = scan.Best();
        if (numbers.Max() == 0)
            return double.IsPositiveInfinity(best) ? throw NoSignal(scan)
                : Fit([best], scan.Error(Math.Max(best, scan.Low)), tf.constant(scan.Weights(best, features)));
        var squares = Array.ConvertAll(data.ByColumn, c => c.Sum(v => v * v));
        double[] middle = [.. Enumerable.Range(0, numbers.Max() + 1).Select(g =>
            Math.Log(Math.Max(squares.Where((_, j) => numbers[j] == g).Average(), 1e-16 * squares.Max())))];
        var unit = scan.Error(scan.High);
        double[] low = Array.ConvertAll(middle, m => m - 18.4), high = Array.ConvertAll(middle, m => m + 18.4);
        var logs = BoxDescent.Minimize(At, [.. low.Zip(high, (l, h) => Math.Clamp(Math.Log(start ?? best), l, h))], low, high).At;
        var lambdas = Array.ConvertAll(logs, Math.Exp);
        var rows = new RidgeLeftOut(data.X, data.Y, Each(logs), data.Freedom);
        return Fit(lambdas, (double)tf.reduce_mean(tf.square(rows.Errors)), tf.linalg.matvec(rows.ByTarget(), data.Y));

        Tensor Each(double[] logs) => tf.constant(Array.ConvertAll(numbers, g => Math.Exp(logs[g])));

        (double, double[]) At(double[] logs)
        {
            var (error, slopes) = RidgeLeftOut.WithSlopes(data.X, data.Y, Each(logs), data.Freedom);
            var sums = new double[logs.Length];
            for (var j = 0; j < slopes.Length; j++) sums[numbers[j]] += slopes[j] / error;
            return (Math.Log(error / unit), sums);
        }

        LeaveOneOutFit Fit(double[] lambdas, double error, Tensor w) =>
            new(lambdas, error, w, data.Intercept(w), data.Rows);
    }

    /// <summary>Features and target, checked: at least one row more than the model needs is left when one is taken away.</summary>
    internal static CentredData Data(Operand X, Operand y, bool intercept) =>
        CentredData.Of("LeaveOneOut", X, y, least: intercept ? 3 : 2, intercept);

    static JudgeException NoSignal(LeaveOneOutScan scan) => new(
        "LeaveOneOut: expected a strength of lowest error. Received: an error that falls for as long as the strength grows, to "
            + $"{Numbers.Show(scan.Error(scan.High))} with no weights at all. These features say nothing about rows that are left out: "
            + "bring others, or more rows, or predict the mean.");

    /// <summary>The number of the strength of each column, checked.</summary>
    internal static int[] Numbered(IReadOnlyList<int>? groups, int features)
    {
        int[] numbers = groups is null ? new int[features] : [.. groups];
        if (numbers.Length != features)
            throw new ArgumentException(
                $"LeaveOneOut: expected the number of a strength for each of the {features} columns. Received: {numbers.Length}.",
                nameof(groups));
        var idle = Enumerable.Range(0, Math.Max(0, numbers.Max()) + 1).Except(numbers).ToList();
        return numbers.Min() >= 0 && idle.Count == 0 ? numbers
            : throw new ArgumentException(
                "LeaveOneOut: expected groups numbered from 0 without a gap. "
                    + (idle.Count > 0 ? $"Received: none of the number {idle[0]}, to which no column belongs."
                        : $"Received: {numbers.Min()}."), nameof(groups));
    }
}
