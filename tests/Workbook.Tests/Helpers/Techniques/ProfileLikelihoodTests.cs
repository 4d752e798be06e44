using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Helpers.Techniques.TransformGoldens;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Maxima and intervals against R's MASS::boxcox, closed forms, and likelihoods that have none.</summary>
public class ProfileLikelihoodTests
{
    public static TheoryData<int> Intervals => [.. Enumerable.Range(0, All("intervals").Count())];

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Exponents_and_intervals_are_those_of_MASS_boxcox(int index)
    {
        var golden = All("intervals").ElementAt(index);
        var (y, features) = Model(golden.GetProperty("model").GetString()!);
        var transform = new BoxCox();
        var profile = features is null ? transform.Profile(y) : transform.Profile(y, LeastSquares.Residuals(features));
        var (low, high) = profile.Interval(golden.Number("level"));
        // R looks at a grid of 1e-5.
        Assert.Equal(golden.Number("best"), profile.Best, 2e-5);
        Assert.Equal(golden.Number("low"), low, 2e-5);
        Assert.Equal(golden.Number("high"), high, 2e-5);
        Assert.Equal(1, (double)transform.Lambda);
    }

    [Fact]
    public void The_interval_of_a_mean_with_known_noise_is_the_classic_one()
    {
        // 25 rows of noise 2 around 3: 3 ± 1.96 · 2/5.
        var profile = ProfileLikelihood.Of(m => -25 * (m - 3) * (m - 3) / 8, low: -1, high: 1);
        Assert.Equal(3, profile.Best, 1e-7);
        Assert.Equal((3 - 1.959963984540054 * 0.4, 3 + 1.959963984540054 * 0.4), profile.Interval(), (a, b) =>
            Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
        Assert.Equal("3.000 (2.216 to 3.784)", profile.ToString());
        Assert.Equal(0, profile.Maximum, 1e-12);
        Assert.Equal(-25.0 / 8, profile.At(4));
    }

    [Fact]
    public void A_likelihood_that_levels_off_has_an_open_interval() =>
        Assert.Equal(double.PositiveInfinity, ProfileLikelihood.Of(v => v > 0 ? -Math.Tanh(v) : -9 * v * v).Interval().High);

    [Fact]
    public void A_likelihood_that_only_grows_is_refused_and_says_what_may_be_missing()
    {
        var message = Assert.Throws<ArgumentException>(() => ProfileLikelihood.Of(v => -v, what: "lambda")).Message;
        Assert.Contains("one that still grows at -", message);
        Assert.Contains("log-Jacobian", message);
        Assert.Contains("none between", Assert.Throws<ArgumentException>(() => ProfileLikelihood.Of(_ => double.NaN)).Message);
        Assert.Throws<ArgumentException>(() => ProfileLikelihood.Of(v => -v * v, low: 1, high: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProfileLikelihood.Of(v => -v * v).Interval(1));
    }

    [Fact]
    public void Quantiles_are_those_of_scipy_and_scores_those_of_qqnorm()
    {
        foreach (var golden in All("quantiles"))
        {
            Assert.Equal(golden.Number("z"), StandardNormal.Quantile(golden.Number("p")), 1e-10);
            Assert.Equal(1, StandardNormal.Below(golden.Number("z")) / golden.Number("p"), 1e-12);
        }
        Assert.Equal(double.NegativeInfinity, StandardNormal.Quantile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(double.NaN));
        // R 4.2: qqnorm(1:5)$x and qqnorm(1:12)$x[1:2].
        Assert.Equal([-1.1797611176, -0.4972005707, 0, 0.4972005707, 1.1797611176], StandardNormal.Scores(5),
            (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([-1.7316643962, -1.1503493804], StandardNormal.Scores(12)[..2], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_column_that_others_say_is_refused()
    {
        var wool = DataSets.Wool();
        var twice = tf.concat([wool.X, 2 * wool.X[.., 0..1] + 5], 1);
        Assert.Contains("column 3", Assert.Throws<ArgumentException>(() => LeastSquares.Residuals(twice)).Message);
        Assert.Contains("more rows", Assert.Throws<ArgumentException>(() => LeastSquares.Residuals(wool.X[0..4])).Message);
        Assert.Contains("one level", Assert.Throws<ArgumentException>(() => LeastSquares.Factor(tf.ones(4))).Message);
    }

    static (Tensor Y, Tensor? Features) Model(string name)
    {
        DataSet poisons = DataSets.Poisons(), wool = DataSets.Wool(), trees = DataSets.Trees();
        var (poison, treatment) = (LeastSquares.Factor(poisons.X[.., 0]), LeastSquares.Factor(poisons.X[.., 1]));
        return name switch
        {
            "poisons" => (poisons.y, tf.concat([poison, treatment], 1)),
            "poisons with interaction" => (poisons.y, tf.concat([poison, treatment,
                tf.reshape(tf.expand_dims(poison, 2) * tf.expand_dims(treatment, 1), (48, 6))], 1)),
            "wool" => (wool.y, wool.X),
            "wool with factors" => (wool.y, tf.concat([.. Enumerable.Range(0, 3).Select(j => LeastSquares.Factor(wool.X[.., j]))], 1)),
            "trees" => (trees.y, trees.X),
            _ => (trees.y, null),
        };
    }
}
