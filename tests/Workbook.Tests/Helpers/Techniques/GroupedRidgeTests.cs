using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// Truths: refits without each row, the density of a normal vector, BayesianRidge and L-BFGS-B (make_strengths.py).
/// </summary>
public class GroupedRidgeTests
{
    public static TheoryData<string, string> Cases =>
        new(StrengthCases.Names.SelectMany(n => new[] { "one", "two" }.Select(g => (n, g))));

    [Theory, MemberData(nameof(Cases))]
    public void Leave_one_out_has_the_strengths_that_refits_have(string name, string number)
    {
        var table = StrengthCases.Of(name);
        var (x, y, one, two) = table.Table();
        var truth = table.GetProperty("loo_" + number);
        var fit = GroupedRidge.ByLeaveOneOut(x, y, number == "one" ? one : two);
        Assert.Equal(1, fit.LeaveOneOut / truth.Number("error"), 1e-7);
        Same(truth.GetProperty("strengths").Numbers(), fit.Strengths);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_evidence_has_the_strengths_at_which_the_density_of_the_targets_is_largest(string name, string number)
    {
        var table = StrengthCases.Of(name);
        var (x, y, one, two) = table.Table();
        var truth = table.GetProperty("evidence_" + number);
        var fit = GroupedRidge.ByEvidence(x, y, number == "one" ? one : two);
        Assert.Equal(truth.Number("log"), fit.LogEvidence, 1e-6);
        Same(truth.GetProperty("strengths").Numbers(), fit.Strengths);
        // BayesianRidge follows the noise to 0 where features outnumber rows; here 1e-6 is the end.
        if (number == "one") Assert.Equal(1, fit.Strengths[0] / Math.Max(1e-6, table.Number("bayesian_ridge")), 1e-5);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Given_strengths_are_judged_as_by_refits_and_by_the_density(string name, string number)
    {
        if (number == "one") return;
        var table = StrengthCases.Of(name);
        var (x, y, _, two) = table.Table();
        var fit = GroupedRidge.At(x, y, two, 0.3, 0.6);
        Assert.Equal(1, fit.LeaveOneOut / table.GetProperty("given").Number("error"), 1e-9);
        Assert.Equal(table.GetProperty("given").Number("log"), fit.LogEvidence, 1e-8);
        // The predictions are those of the normal equations, so their mean on the rows is the targets'.
        Assert.Equal(0, (double)tf.reduce_mean(fit.Predict(x) - y) / (double)tf.math.reduce_std(y), 1e-9);
    }

    [Theory]
    [InlineData("one", 1e-6)]
    [InlineData("two", 1e-6)]
    [InlineData("each", 2e-3)]
    [Trait("speed", "slow")]
    public void On_the_64_features_of_diabetes_the_judges_end_where_LBFGSB_does(string groups, double within)
    {
        var whole = StrengthCases.Diabetes.GetProperty("whole");
        var data = SecondOrder.Of(DataSets.Diabetes());
        var loo = GroupedRidge.ByLeaveOneOut(data.X, data.y, Of(groups, data));
        var evidence = GroupedRidge.ByEvidence(data.X, data.y, Of(groups, data));
        Assert.InRange(loo.LeaveOneOut / whole.GetProperty("loo " + groups).Number("value"), 0.99, 1 + within);
        Assert.InRange(-evidence.LogEvidence / whole.GetProperty("evidence " + groups).Number("value"), 0.99, 1 + within);
        if (groups == "each") return;
        // At e^-14, its lower bound, theirs counts as free.
        Same([.. whole.GetProperty("loo " + groups).GetProperty("strengths").Numbers().Select(s => s < 1e-6 ? 1e-6 : s)], loo.Strengths);
        Same(whole.GetProperty("evidence " + groups).GetProperty("strengths").Numbers(), evidence.Strengths);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [Trait("speed", "slow")]
    public void The_errors_on_ten_outer_folds_are_those_of_scipy(string groups)
    {
        var data = SecondOrder.Of(DataSets.Diabetes());
        var folds = StrengthCases.Diabetes.GetProperty("folds");
        for (var fold = 0; fold < 10; fold++)
        {
            int[] train = [.. Enumerable.Range(0, 442).Where(i => i % 10 != fold)],
                test = [.. Enumerable.Range(0, 442).Where(i => i % 10 == fold)];
            Tensor x = tf.gather(data.X, train), y = tf.gather(data.y, train), xv = tf.gather(data.X, test), yv = tf.gather(data.y, test);
            foreach (var (judge, fit) in new[] { ("loo", GroupedRidge.ByLeaveOneOut(x, y, Of(groups, data))),
                         ("evidence", GroupedRidge.ByEvidence(x, y, Of(groups, data))) })
                Assert.Equal(1, fit.Error(xv, yv) / folds.GetProperty($"{judge} {groups}").Numbers()[fold], 1e-5);
            Assert.Equal(1, GroupedRidge.At(x, y, Groups.One(64), 0).Error(xv, yv)
                / folds.GetProperty("least squares of 64").Numbers()[fold], 1e-6);
        }
    }

    [Fact]
    public void The_strengths_of_other_rows_are_where_a_scan_finds_them()
    {
        var (x, y, _, two) = StrengthCases.Of("other units").Table();
        Tensor tx = x[..28], ty = y[..28], xv = x[28..], yv = y[28..];
        var fit = GroupedRidge.ByOtherData(tx, ty, xv, yv, two);
        var best = fit.Error(xv, yv);
        foreach (var first in new[] { 1e-6, 1e-4, 1e-2, 1, 100 })
            foreach (var second in new[] { 1e-6, 1e-4, 1e-2, 1, 100 })
                Assert.True(GroupedRidge.At(tx, ty, two, first, second).Error(xv, yv) >= best * (1 - 1e-9));
        const double h = 1e-4;
        double At(int g, double by) => Math.Log(GroupedRidge.At(tx, ty, two,
            [.. fit.Strengths.Select((s, k) => k == g ? s * Math.Exp(by) : s)]).Error(xv, yv));
        for (var g = 0; g < 2; g++)
            if (fit.Strengths[g] is > 2e-6 and < 5e5) Assert.Equal(0, (At(g, h) - At(g, -h)) / (2 * h), 1e-6);
    }

    [Theory]
    [InlineData(1e-9, -40)]
    [InlineData(1e9, 1e12)]
    public void Units_change_no_strength_and_no_prediction(double factor, double shift)
    {
        var (x, y, _, two) = StrengthCases.Of("constant columns").Table();
        GroupedFit plain = GroupedRidge.ByEvidence(x, y, two), other = GroupedRidge.ByEvidence(factor * x, 1000 * y + shift, two);
        // A shift of 1e12 leaves the targets four digits.
        var within = Math.Abs(shift) > 1e9 ? 1e-2 : 1e-5;
        Assert.All(plain.Strengths.Zip(other.Strengths), s => Assert.Equal(1, s.Second / s.First, within));
        Assert.All(plain.Predict(x).ToArray<double>().Zip(((other.Predict(factor * x) - shift) / 1000).ToArray<double>()),
            p => Assert.Equal(p.First, p.Second, within));
    }

    [Fact]
    public void A_constant_column_has_the_weight_0_and_changes_nothing()
    {
        var (x, y, _, _) = StrengthCases.Of("constant columns").Table();
        var with = GroupedRidge.ByLeaveOneOut(x, y, Groups.One(5));
        var without = GroupedRidge.ByLeaveOneOut(tf.gather(x, new[] { 0, 2, 3 }, axis: 1), y, Groups.One(3));
        Assert.Equal(0, with.Weights[1]);
        Assert.Equal(0, with.Weights[4]);
        Assert.Equal(1, with.Strengths[0] / without.Strengths[0], 1e-6);
        Assert.Equal(without.LeaveOneOut, with.LeaveOneOut, 1e-9);
    }

    [Fact]
    public void At_the_evidence_each_strength_is_its_count_of_determined_weights_by_their_squares()
    {
        var (x, y, _, two) = StrengthCases.Of("other units").Table();
        var fit = GroupedRidge.ByEvidence(x, y, two);
        for (var g = 0; g < 2; g++)
        {
            var squares = two.Members(two.Names[g]).Sum(j => fit.Standardized[j] * fit.Standardized[j]);
            // MacKay's fixed point: n·s/σ² = γ/‖w‖².
            Assert.Equal(1, 40 * fit.Strengths[g] / (fit.Noise * fit.Noise) * squares / fit.Determined[g], 1e-5);
        }
    }

    [Fact]
    public void Targets_of_one_value_are_refused_and_so_are_numbers_that_are_missing()
    {
        var (x, y, one, two) = StrengthCases.Of("other units").Table();
        Assert.Contains("expected targets that differ", Assert.Throws<JudgeException>(
            () => GroupedRidge.ByEvidence(x, tf.fill(40, tf.constant(3.3)), one)).Message);
        Assert.Contains("column 1", Assert.Throws<ArgumentException>(() => GroupedRidge.ByEvidence(
            tf.concat([x[.., ..1], tf.math.log(x[.., 1..2] - 1e9), x[.., 2..]], 1), y, one)).Message);
        Assert.Contains("Make the groups", Assert.Throws<ArgumentException>(
            () => GroupedRidge.ByEvidence(x, y, Groups.One(5))).Message);
        Assert.Contains("one for each group", Assert.Throws<ArgumentException>(() => GroupedRidge.At(x, y, two, 1)).Message);
        Assert.Contains("row of features for each target", Assert.Throws<ArgumentException>(
            () => GroupedRidge.ByEvidence(x, y[..39], one)).Message);
    }

    [Fact]
    public void Targets_without_noise_are_refused_by_the_evidence_and_not_by_leave_one_out()
    {
        var (x, _, one, _) = StrengthCases.Of("other units").Table();
        var exact = tf.reduce_sum(Scaling.Standardize(x), 1);
        Assert.Equal(1e-6, GroupedRidge.ByLeaveOneOut(x, exact, one).Strengths[0], 1e-8);
        var fit = GroupedRidge.ByEvidence(x, exact, one);
        Assert.Equal(1e-6, fit.Strengths[0], 1e-8);
    }

    static Groups Of(string groups, DataSet data) => groups switch
    {
        "one" => Groups.One(64),
        "two" => Groups.By(data.Features, f => SecondOrder.Is(f) ? "second order" : "main"),
        _ => Groups.PerFeature(data.Features),
    };

    /// <summary>Equal to five digits, or both at the same end.</summary>
    static void Same(double[] truth, IReadOnlyList<double> found)
    {
        Assert.Equal(truth.Length, found.Count);
        foreach (var (t, f) in truth.Zip(found))
            if (t > 9e5) Assert.True(f > 1e3, $"expected off, received {f}");
            else if (t < 1.1e-6) Assert.True(f < 1.1e-6, $"expected free, received {f}");
            else Assert.Equal(1, f / t, 1e-4);
    }
}
