using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Truth: R 4.2, HoltWinters at given constants, and the least of its squares (Data/make_series.R).</summary>
public class SmoothingTests
{
    static readonly JsonElement[] cases = [.. JsonDocument.Parse(File.ReadAllText(
        Repository.File("tests/Workbook.Tests/Helpers/Techniques/Data/smoothing.json"))).RootElement.GetProperty("cases").EnumerateArray()];

    public static TheoryData<string> Cases => [.. cases.Select(Name)];

    [Theory, MemberData(nameof(Cases))]
    public void At_given_constants_squares_and_forecasts_are_those_of_HoltWinters(string name)
    {
        var (truth, x) = Of(name);
        var smoothing = Made(truth, truth.GetProperty("at").Numbers());
        var fitted = truth.GetProperty("fitted").Numbers();
        Same(fitted, smoothing.OneStep(x));
        Same(truth.GetProperty("forecast").Numbers(), smoothing.Forecast(x, 14));
        Assert.Equal(1, fitted.Length * (double)smoothing.Loss(x) / truth.Number("squares"), 1e-9);
    }

    // R's L-BFGS-B takes slopes from differences of 1e-3, so its constants have about four digits, and its sum of squares nine.
    [Theory, MemberData(nameof(Cases))]
    [Trait("speed", "slow")]
    public void The_constants_are_those_of_the_least_squares_and_R_finds_no_smaller(string name)
    {
        var (truth, x) = Of(name);
        var smoothing = Made(truth);
        var fit = smoothing.Fit(x);
        Assert.True(fit.Squares <= truth.Number("least_squares") * (1 + 1e-9), $"{fit.Squares} and {truth.Number("least_squares")}");
        Assert.True(fit.Squares <= truth.Number("own_squares") * (1 + 1e-9));
        var kept = smoothing.Constants.Select(c => (double)c.Value);
        foreach (var (ours, least, at) in fit.Constants.Zip(truth.GetProperty("least").Numbers(), kept))
        {
            Assert.Equal(least, ours, 1e-4);
            Assert.Equal(ours, at, 1e-8);
        }
        Assert.Equal(1, fit.Count * (double)smoothing.Loss(x) / fit.Squares, 1e-6);
    }

    [Fact]
    public void Constants_at_their_border_are_named()
    {
        var (_, lake) = Of("LakeHuron simple");
        var fit = new SimpleSmoothing().Fit(lake);
        Assert.Equal(["alpha"], fit.AtBorder);
        Assert.Equal(1, fit.Constants[0], 1e-9);
        Assert.Contains("at its border: alpha", fit.ToString());
        Assert.Empty(new SimpleSmoothing().Fit(DataSets.Nile().y).AtBorder);
    }

    // R, optimize on its own squares: 0.2465643, 2038872.
    [Fact]
    public void Descent_through_the_recursion_finds_the_constant_of_the_Nile()
    {
        var (nile, smoothing) = (DataSets.Nile().y, new SimpleSmoothing(0.5));
        for (var step = 0; step < 300; step++)
        {
            using var tape = tf.GradientTape();
            var loss = tf.log(smoothing.Loss(nile));
            smoothing.Alpha.Raw.assign_sub(5.0 * tape.gradient(loss, smoothing.Alpha.Raw)!);
        }
        Assert.Equal(0.2465643, (double)smoothing.Alpha.Value, 1e-6);
        Assert.Contains(smoothing.Alpha.Raw, smoothing.trainable_variables);
    }

    [Fact]
    public void The_gradient_through_level_trend_and_season_is_that_of_differences()
    {
        var x = DataSets.AirPassengers().y[..48];
        foreach (var multiplicative in new[] { false, true })
        {
            double Loss(double a, double b, double c) => (double)new SeasonalSmoothing(12, multiplicative, a, b, c).Loss(x);
            var smoothing = new SeasonalSmoothing(12, multiplicative, 0.3, 0.2, 0.4);
            using var tape = tf.GradientTape();
            var gradients = tape.gradient(smoothing.Loss(x), [.. smoothing.Constants.Select(c => c.Raw)]);
            const double h = 1e-6;
            double[] differences = [(Loss(0.3 + h, 0.2, 0.4) - Loss(0.3 - h, 0.2, 0.4)) / (2 * h) * 0.21,
                (Loss(0.3, 0.2 + h, 0.4) - Loss(0.3, 0.2 - h, 0.4)) / (2 * h) * 0.16,
                (Loss(0.3, 0.2, 0.4 + h) - Loss(0.3, 0.2, 0.4 - h)) / (2 * h) * 0.24];
            Assert.All(gradients.Zip(differences), g => Assert.Equal(1, (double)g.First! / g.Second, 1e-5));
        }
    }

    [Fact]
    public void Units_do_not_matter()
    {
        var x = DataSets.AirPassengers().y;
        SmoothingFit plain = new SeasonalSmoothing(12).Fit(x), other = new SeasonalSmoothing(12).Fit(1e6 * x);
        Assert.Equal(plain.Constants, other.Constants, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(1, other.Deviation / plain.Deviation / 1e6, 1e-9);
    }

    [Fact]
    public void What_it_cannot_smooth_says_what_to_do()
    {
        double[] Spoiled(double value)
        {
            double[] x = [.. DataSets.Nile().y.ToArray<double>()];
            x[17] = value;
            return x;
        }
        foreach (var smoothing in new Smoothing[] { new SimpleSmoothing(), new HoltSmoothing(), new SeasonalSmoothing(12) })
        {
            string Says(Operand series) => Assert.ThrowsAny<ArgumentException>(() => smoothing.Fit(series)).Message;
            Assert.Contains("Received: NaN in row 17", Says(Spoiled(double.NaN)));
            Assert.Contains("in row 17", Says(Spoiled(double.PositiveInfinity)));
            Assert.Contains("expected a series that changes. Received: 30 times 4", Says(tf.fill(30, tf.constant(4.0))));
            Assert.Contains("Received: 2.", Says(new double[] { 1, 2 }));
            Assert.Contains("Received: shape (10, 2)", Says(tf.ones((10, 2))));
            Assert.Throws<ArgumentOutOfRangeException>(() => smoothing.Forecast(DataSets.Nile().y, 0));
        }
        Assert.Contains("at least 24 values, two periods of 12. Received: 23",
            Assert.Throws<ArgumentException>(() => new SeasonalSmoothing(12).Fit(DataSets.Nile().y[..23])).Message);
        Assert.Contains("values above 0, for the season is a factor. Received: 0 in row 17",
            Assert.Throws<ArgumentException>(() => new SeasonalSmoothing(12, multiplicative: true).Fit(Spoiled(0))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeasonalSmoothing(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimpleSmoothing(1.0));
    }

    static string Name(JsonElement c) => $"{c.GetProperty("name").GetString()} {c.GetProperty("kind").GetString()}";

    static (JsonElement Truth, Tensor Series) Of(string name)
    {
        var truth = cases.Single(c => Name(c) == name);
        return (truth, tf.constant(truth.GetProperty("series").Numbers()));
    }

    static Smoothing Made(JsonElement truth, double[]? at = null)
    {
        Workbook.Keras.Hyperparameter? Given(int i) => at is null ? null : at[i];
        return truth.GetProperty("kind").GetString() switch
        {
            "simple" => new SimpleSmoothing(Given(0)),
            "holt" => new HoltSmoothing(Given(0), Given(1)),
            var season => new SeasonalSmoothing((int)truth.Number("period"), season == "multiplicative", Given(0), Given(1), Given(2)),
        };
    }

    static void Same(double[] truth, Tensor found) => Assert.Equal(truth, found.ToArray<double>(),
        (a, b) => Math.Abs(a - b) < 1e-9 * truth.Max(Math.Abs));
}
