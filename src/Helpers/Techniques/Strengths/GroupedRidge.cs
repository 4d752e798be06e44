using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Ridge regression with a learned strength for each group of features, for any table of numbers.</summary>
/// <remarks>
/// Minimises 1/(2n)·‖y − b − Zw‖² + ½·Σ_j s_j·w_j², with a free intercept b and the features Z standardised by the rows given, so the
/// units of the features do not matter; s_j is the strength of j's group, as <c>regularizers.l2</c> takes it beside "mse". A feature that
/// is constant gets the weight 0. Strengths go from 1e-6 (the feature is free) to 1e6 (it is off), which are its answers where a judge
/// only wants less, or more; features may outnumber rows.
/// The judge is the evidence with the noise at its best, log p = −n/2·log(Q/n) − ½·log|A|/|nS| − n/2·(1 + log 2π), A = Z'Z + nS,
/// Q = y'(y − Zw); or the error of each row left out, e_i/(1 − h_i); or other rows. Gradients by log s are closed forms; a quasi-Newton
/// descent starts at the best common strength. One look costs n·d² + d³ operations, or n²·d + n³ where features outnumber rows.
/// With many strengths a judge can have several minima: the one found is the lowest of four descents.
/// Sources: MacKay 1992; Allen 1974; one strength by evidence is scikit-learn's BayesianRidge without priors, by leave-one-out its RidgeCV.
/// </remarks>
public static class GroupedRidge
{
    /// <summary>The strengths of the largest evidence.</summary>
    /// <remarks>
    /// Features that outnumber rows can fit every target; the evidence may then grow for as long as strengths and noise fall. The end,
    /// 1e-6, is no maximum, and a warning says so.
    /// </remarks>
    /// <param name="X">Features, shape (n, d), as they are.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="groups">Which features share a strength.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit, or numbers that are not finite.</exception>
    /// <exception cref="JudgeException">Targets that are all the same, or that the features fit without any noise.</exception>
    public static GroupedFit ByEvidence(Tensor X, Tensor y, Groups groups)
    {
        var fit = Fit(X, y, groups, (table, s) => new RidgeAt(table, s).Evidence());
        if (X.shape[1] >= X.shape[0] && fit.Noise < 1e-2 * (double)tf.math.reduce_std(tf.cast(y, tf.float64))
            && fit.Strengths.Select((s, g) => (s, Name: groups.Names[g])).Where(g => g.s <= 1.001 * StrengthSearch.Free).ToList()
                is { Count: > 0 } free)
            Warnings.Once($"evidence:{X.shape}:{string.Join(' ', free.Select(g => g.Name))}",
                $"GroupedRidge: expected a largest evidence. Received: one that still grows at {Numbers.Show(StrengthSearch.Free)}, the "
                    + $"smallest strength, of {string.Join(", ", free.Take(3).Select(g => g.Name))}: {X.shape[1]} features can fit all "
                    + $"{X.shape[0]} targets without noise. Judge by GroupedRidge.ByLeaveOneOut, or take fewer features than rows.");
        return fit;
    }

    /// <summary>The strengths of the smallest error on each row, predicted by the model of all others.</summary>
    /// <remarks>Features are standardised once, by all rows.</remarks>
    /// <inheritdoc cref="ByEvidence"/>
    public static GroupedFit ByLeaveOneOut(Tensor X, Tensor y, Groups groups) =>
        Fit(X, y, groups, (table, s) => new RidgeAt(table, s).LeaveOneOut());

    /// <summary>The strengths of the smallest error on other rows.</summary>
    /// <param name="X">Features, shape (n, d), as they are.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="xv">Features of rows that do not train, at least one.</param>
    /// <param name="yv">Their targets.</param>
    /// <param name="groups">Which features share a strength.</param>
    /// <inheritdoc cref="ByEvidence"/>
    public static GroupedFit ByOtherData(Tensor X, Tensor y, Tensor xv, Tensor yv, Groups groups)
    {
        var (others, targets) = RidgeTable.Read(xv, yv, 1);
        return Fit(X, y, groups, (table, s) => new RidgeAt(table, s).OtherData(table.Like(others), targets));
    }

    /// <summary>Given strengths: what the model and both judges say of them.</summary>
    /// <param name="X">Features, shape (n, d), as they are.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="groups">Which features share a strength.</param>
    /// <param name="strengths">One for each group, at least 0; below 1e-12 it counts as 1e-12.</param>
    /// <exception cref="ArgumentException">Not one strength for each group, or one below 0.</exception>
    public static GroupedFit At(Tensor X, Tensor y, Groups groups, params double[] strengths)
    {
        if (strengths.Length != groups.Count || !Array.TrueForAll(strengths, s => s >= 0 && double.IsFinite(s)))
            throw new ArgumentException(
                $"GroupedRidge: expected {groups.Count} strengths of at least 0, one for each group. "
                    + $"Received: {string.Join(", ", strengths.Take(12).Select(s => Numbers.Show(s)))}.");
        return Answer(Table(X, y, groups), groups, strengths, evaluations: 1);
    }

    static GroupedFit Fit(Tensor X, Tensor y, Groups groups, Func<RidgeTable, double[], (double, double[])> judge)
    {
        var table = Table(X, y, groups);
        var search = new StrengthSearch(groups.Count, s =>
        {
            var (value, slopes) = judge(table, [.. groups.Of.Select(g => s[g])]);
            var byGroup = new double[groups.Count];
            for (var j = 0; j < slopes.Length; j++) byGroup[groups.Of[j]] += slopes[j];
            return (value, byGroup);
        });
        var found = search.Minimize();
        return Answer(table, groups, found, search.Evaluations);
    }

    static GroupedFit Answer(RidgeTable table, Groups groups, double[] strengths, int evaluations)
    {
        var at = new RidgeAt(table, [.. groups.Of.Select(g => strengths[g])]);
        var determined = new double[groups.Count];
        foreach (var (g, share) in groups.Of.Zip(at.Determined())) determined[g] += share;
        var weights = table.Unscale(at.Weights);
        return new(groups, strengths, determined, at.Weights, weights, table.Intercept(weights), Math.Exp(at.LeaveOneOut().Value),
            -table.Rows * at.Evidence().Value, Math.Sqrt(at.NoiseVariance), evaluations);
    }

    static RidgeTable Table(Tensor X, Tensor y, Groups groups)
    {
        var table = new RidgeTable(X, y);
        return table.Columns == groups.Features ? table : throw new ArgumentException(
            $"GroupedRidge: expected {groups.Features} features, as many as the groups have. Received: X of shape {X.shape}. "
                + "Make the groups from the features of this table.");
    }
}
