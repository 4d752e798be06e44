using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: scikit-learn 1.2, ARDRegression on load_diabetes.</summary>
public class ArdTests
{
    static readonly DataSet data = DataSets.Diabetes();
    static readonly Tensor X = Scaling.UnitLength(data.X);

    [Fact]
    public void On_the_diabetes_data_seven_features_matter_as_for_scikit_learn()
    {
        var fit = Ard.Maximize(X, data.y);
        Assert.Equal(["sex", "bmi", "bp", "s1", "s3", "s5", "s6"], fit.Kept.Select(i => data.Features[i]));
        Assert.Equal(3.419337e-4, fit.Alpha, 3.419337e-4 * 1e-5);
        double[] expected = [-206.15, 536.67, 311.32, -108.01, -229.32, 537.36, 14.37];
        // The references have two decimals.
        Assert.Equal(expected, fit.Kept.Select(i => (double)fit.Weights[i]), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void The_precisions_are_a_maximum_of_the_evidence()
    {
        var fit = Ard.Maximize(X, data.y);
        double At(int k, double factor)
        {
            var lambda = fit.Kept.Select((i, j) => fit.Lambda[i] * (j == k ? factor : 1)).ToArray();
            return (double)Evidence.Log(tf.gather(X, fit.Kept.ToArray(), axis: 1), Scaling.Center(data.y), fit.Alpha, tf.constant(lambda));
        }
        Assert.Equal(fit.LogEvidence, At(0, 1), 1e-7);
        for (var k = 0; k < fit.Kept.Count; k++)
            foreach (var factor in new[] { 0.9, 1.1 }) Assert.True(At(k, factor) < fit.LogEvidence, $"{k}, {factor}");
        // And no feature that was left out comes back: its best precision is the largest.
        foreach (var gone in Enumerable.Range(0, 10).Except(fit.Kept))
        {
            var back = tf.gather(X, (int[])[.. fit.Kept, gone], axis: 1);
            double With(double lambda) => (double)Evidence.Log(back, Scaling.Center(data.y), fit.Alpha,
                tf.constant((double[])[.. fit.Kept.Select(i => fit.Lambda[i]), lambda]));
            Assert.True(With(1e-4) < With(1) && With(1) < With(1e4), $"{gone}");
        }
    }

    [Fact]
    public void A_precision_for_each_weight_explains_at_least_as_well_as_one_for_all()
    {
        foreach (var name in new[] { "diabetes", "breast cancer", "trees" })
        {
            var (x, y, _) = LinearTables.Table(name);
            Assert.True(Ard.Maximize(x, y).LogEvidence >= Evidence.Maximize(Scaling.Standardize(x), y).LogEvidence);
        }
    }
}
