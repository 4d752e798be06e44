using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// The evidence and ARD on tables with features in other units, constant columns, more columns than rows, copies of columns, no signal:
/// the same call gives what scikit-learn gives, or an error that says what to do.
/// </summary>
public class LinearJudgeTests
{
    public static TheoryData<string> Tables => [.. LinearTables.Linear];

    // Both iterate to convergence; what is left is rounding, times a condition number of up to 1e8 where columns are in other units.
    const double Relative = 1e-5;

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_largest_evidence_is_that_of_scikit_learn_on_any_table(string name)
    {
        var (x, y, golden) = LinearTables.Table(name);
        var (expected, fit) = (golden.GetProperty("evidence"), Evidence.Maximize(x, y));
        if (!expected.GetProperty("signal").GetBoolean())
        {
            Assert.Equal((double.PositiveInfinity, 0.0), (fit.Lambda, fit.Gamma));
            Assert.All(fit.Weights.ToArray<double>(), w => Assert.Equal(0, w));
            Assert.Equal((double)tf.reduce_mean(y), fit.Intercept, 1e-10);
            return;
        }
        if (name.Contains("0.0001", StringComparison.Ordinal))
        {
            // Four maxima: scikit-learn stops in the one nearest to its start, this is the largest.
            var theirs = Evidence.Log(Scaling.Center(x), Scaling.Center(y), expected.GetProperty("alpha").GetDouble(),
                expected.GetProperty("lambda").GetDouble());
            Assert.True(fit.LogEvidence >= (double)theirs - 1e-6, $"{fit.LogEvidence} < {theirs}");
            return;
        }
        Assert.Equal(1, fit.Alpha / expected.GetProperty("alpha").GetDouble(), Relative);
        Assert.Equal(1, fit.Lambda / expected.GetProperty("lambda").GetDouble(), Relative);
        Same(x, y, expected.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()).ToArray(), fit.Weights);
        var both = Evidence.Log(Scaling.Center(x), Scaling.Center(y), fit.Alpha, fit.Lambda);
        Assert.Equal((double)both, fit.LogEvidence, 1e-6 * Math.Abs(fit.LogEvidence));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void ARD_keeps_the_features_of_scikit_learn_on_any_table(string name)
    {
        var (x, y, golden) = LinearTables.Table(name);
        var (expected, fit) = (golden.GetProperty("ard"), Ard.Maximize(x, y));
        Assert.Equal(expected.GetProperty("kept").EnumerateArray().Select(i => i.GetInt32()), fit.Kept);
        Assert.Equal(1, fit.Alpha / expected.GetProperty("alpha").GetDouble(), Relative);
        Same(x, y, expected.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()).ToArray(), fit.Weights);
        Assert.All(Enumerable.Range(0, x.shape[1]).Except(fit.Kept),
            i => Assert.Equal((0.0, double.PositiveInfinity), ((double)fit.Weights[i], fit.Lambda[i])));
    }

    [Fact]
    public void Units_of_the_features_and_of_the_target_change_nothing_but_the_units_of_ARD()
    {
        var (x, y, _) = LinearTables.Table("diabetes");
        var units = tf.constant(Enumerable.Range(-4, 10).Select(k => Math.Pow(10, k)).ToArray());
        var (plain, scaled) = (Ard.Maximize(x, y), Ard.Maximize(x * units, 1e-6 * y + 5));
        Assert.Equal(plain.Kept, scaled.Kept);
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(plain.Weights * 1e-6 - scaled.Weights * units)), 1e-11);
        Assert.Equal(1, scaled.Alpha / (1e12 * plain.Alpha), 1e-6);
        Assert.Equal(plain.LogEvidence + 442 * Math.Log(1e6), scaled.LogEvidence, 1e-5);
    }

    public static TheoryData<string> Judges => ["evidence", "ARD", "joint MAP", "kernel"];

    [Theory]
    [MemberData(nameof(Judges))]
    public void Data_that_judge_nothing_are_refused_with_what_to_do(string judge)
    {
        Action<Tensor, Tensor> ask = judge switch
        {
            "evidence" => (x, y) => Evidence.Maximize(x, y),
            "ARD" => (x, y) => Ard.Maximize(x, y),
            "joint MAP" => (x, y) => JointMap.Fit(x, y),
            _ => (x, y) => new LearnedKernel(x, y),
        };
        Tensor few = DataSets.Trees().X, volume = DataSets.Trees().y;
        void Refuses(string what, Tensor x, Tensor y) =>
            Assert.Contains(what, Assert.Throws<JudgeException>(() => ask(x, y)).Message, StringComparison.Ordinal);
        Refuses("31 times 7.5. There is nothing to explain: predict this value", few, tf.fill(31, tf.constant(7.5, tf.float64)));
        Refuses("a feature that varies. Received: 2 that do not", tf.ones((31, 2), tf.float64), volume);
        Refuses("Give one target for each row", few[..30], volume);
        Refuses("Give one target for each row", few[..1], volume[..1]);
        Refuses("NaN in row 3, column 1. Leave the row or the column out",
            tf.where(tf.equal(few, 72.0), double.NaN, few), volume);
        Refuses("Leave the row out", few, tf.where(tf.equal(volume, 18.8), double.PositiveInfinity, volume));
    }

    [Fact]
    public void A_target_without_noise_is_refused_with_what_to_do()
    {
        Tensor x = DataSets.Trees().X, y = 3.0 * x[.., 0] - x[.., 1] + 4.0;
        foreach (var ask in new Action[] { () => Evidence.Maximize(x, y), () => Ard.Maximize(x, y) })
            Assert.Contains("Take the weights of tf.linalg.lstsq", Assert.Throws<JudgeException>(ask).Message, StringComparison.Ordinal);
        Assert.Contains("no noise to compare them with", Assert.Throws<NumericException>(() => JointMap.Fit(x, y)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_predicted_is_the_intercept_and_the_weighted_features()
    {
        var (x, y, golden) = LinearTables.Table("breast cancer");
        var expected = tf.linalg.matvec(x, tf.constant(golden.GetProperty("evidence").GetProperty("weights").EnumerateArray()
            .Select(w => w.GetDouble()).ToArray())) + golden.GetProperty("evidence").GetProperty("intercept").GetDouble();
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(expected - Evidence.Maximize(x, y).Predict(x))), 1e-5);
        // scikit-learn's ARD on the same table: a correlation of 0.88 with the target.
        Assert.Equal((double)tf.reduce_mean(y), (double)tf.reduce_mean(Ard.Maximize(x, y).Predict(x)), 1e-8);
    }

    /// <summary>Weights agree where they matter: in units of the features' and the target's deviations.</summary>
    static void Same(Tensor x, Tensor y, double[] expected, Tensor actual)
    {
        var units = tf.math.reduce_std(x, axis: 0) / tf.math.reduce_std(y);
        Assert.Equal(0, (double)tf.reduce_max(tf.abs((tf.constant(expected) - actual) * units)), 2e-5);
    }
}
