using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Truth: scikit-learn 1.2, Lasso and LassoCV on standardised columns (make_strengths.py).</summary>
public class LassoTests
{
    public static TheoryData<string> Cases => [.. StrengthCases.Names];

    [Theory, MemberData(nameof(Cases))]
    public void Strength_and_weights_are_those_of_LassoCV(string name)
    {
        var table = StrengthCases.Of(name);
        var (x, y, _, _) = table.Table();
        var truth = table.GetProperty("lasso");
        var fit = Lasso.CrossValidated(x, y, (int)truth.Number("folds"));
        Assert.Equal(1, fit.Strength / truth.Number("strength"), 1e-9);
        Same(truth.GetProperty("weights").Numbers(), fit.Standardized);
        Same(truth.GetProperty("at_weights").Numbers(), Lasso.Fit(x, y, truth.Number("at")).Standardized);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void On_the_64_features_of_diabetes_the_strength_and_a_fold_are_those_of_LassoCV()
    {
        var data = SecondOrder.Of(DataSets.Diabetes());
        Assert.Equal(1, Lasso.CrossValidated(data.X, data.y).Strength
            / StrengthCases.Diabetes.GetProperty("whole").GetProperty("lasso").Number("strength"), 1e-9);
        int[] train = [.. Enumerable.Range(0, 442).Where(i => i % 10 != 3)], test = [.. Enumerable.Range(0, 442).Where(i => i % 10 == 3)];
        var fit = Lasso.CrossValidated(tf.gather(data.X, train), tf.gather(data.y, train));
        Assert.Equal(1, fit.Error(tf.gather(data.X, test), tf.gather(data.y, test))
            / StrengthCases.Diabetes.GetProperty("folds").GetProperty("lasso").Numbers()[3], 1e-4);
    }

    [Fact]
    public void Constant_columns_stay_out_and_units_do_not_matter()
    {
        var (x, y, _, _) = StrengthCases.Of("constant columns").Table();
        LassoFit plain = Lasso.Fit(x, y, 0.1), other = Lasso.Fit(1e7 * x, y, 0.1);
        Assert.Equal(0, plain.Weights[1]);
        Assert.Equal(plain.Predict(x).ToArray<double>(), other.Predict(1e7 * x).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(plain.Weights.Count(w => w != 0), plain.Kept);
    }

    [Fact]
    public void What_it_cannot_fit_says_what_to_do()
    {
        var (x, y, _, _) = StrengthCases.Of("other units").Table();
        Assert.Throws<ArgumentOutOfRangeException>(() => Lasso.Fit(x, y, 0));
        Assert.Contains("targets that differ", Assert.Throws<JudgeException>(() => Lasso.Fit(x, tf.ones(40), 1)).Message);
        Assert.Contains("from 2 to 40 folds", Assert.Throws<ArgumentException>(() => Lasso.CrossValidated(x, y, 41)).Message);
        Assert.Contains("as in the fit", Assert.Throws<ArgumentException>(() => Lasso.Fit(x, y, 1).Predict(x[.., ..3])).Message);
    }

    static void Same(double[] truth, IReadOnlyList<double> found)
    {
        var size = truth.Max(Math.Abs);
        // Both stop at a duality gap; its root is the precision of the weights.
        Assert.All(truth.Zip(found), w => Assert.Equal(w.First, w.Second, 1e-3 * Math.Max(size, 1e-3)));
        Assert.Equal(truth.Count(w => Math.Abs(w) > 1e-2 * size), found.Count(w => Math.Abs(w) > 1e-2 * size));
    }
}
