using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Truth: R 4.2, lm.fit, optimize and uniroot on the likelihood, and MASS::boxcox (Data/make_series.R).</summary>
public class WindowForecasterTests
{
    public static TheoryData<string> Cases => ["lynx", "lynx, two lags", "sunspots", "AirPassengers"];

    [Theory, MemberData(nameof(Cases))]
    public void Lambda_and_its_interval_are_those_of_R(string name)
    {
        var (truth, series, train, forecaster) = Of(name);
        var profile = forecaster.Profile(train);
        var (low, high) = profile.Interval();
        // optimize stops where the likelihood is flat to rounding.
        Assert.Equal(truth.Number("lambda"), profile.Best, 1e-6);
        Assert.Equal(truth.Number("low"), low, 1e-6);
        Assert.Equal(truth.Number("high"), high, 1e-6);
        Assert.Equal(truth.Number("lambda_all"), forecaster.Profile(series).Best, 1e-6);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Weights_noise_forecasts_and_intervals_are_those_of_R(string name)
    {
        var (truth, series, train, learned) = Of(name);
        var plain = new WindowForecaster(learned.Lags);
        foreach (var (forecaster, which) in new[] { (learned, "learned"), (plain, "raw") })
        {
            var scores = truth.GetProperty(which);
            Assert.Equal(scores.Number("train"), forecaster.Fit(train), 1e-8);
            var forecast = forecaster.Forecast(series, train.size);
            var (low, high) = forecast.Interval(0.9);
            // R's Box-Cox at 1 is x − 1, which moves its intercept; λ itself is good to 1e-7 of its flat maximum.
            var weights = scores.GetProperty("weights").Numbers();
            Assert.Equal(weights[1..], forecaster.Weights.read_value().ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.Equal(1, scores.Number("sigma") / (double)forecaster.Noise.Value, 1e-5);
            Same(scores.GetProperty("median").Numbers(), forecast.Median);
            Assert.Equal(scores.Number("nll"), forecast.Loss, 1e-6);
            Assert.Equal(1, scores.Number("mae") / forecast.Errors.Average(), 1e-5);
            Assert.Equal((int)scores.Number("covered"), forecast.Covered());
            Same(scores.GetProperty("upper").Numbers(), high);
            // Below -1, where the 1 + x of R ends, Yeo-Johnson goes on.
            Same([.. scores.GetProperty("lower").Numbers().Select(v => name == "sunspots" && which == "learned" ? Math.Max(v, 0) : v)],
                [.. low.Select(v => name == "sunspots" && which == "learned" ? Math.Max(v, 0) : v)]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void At_the_fit_one_likelihood_is_at_rest_in_all_that_is_learned(string name)
    {
        var (truth, _, train, forecaster) = Of(name);
        var at = forecaster.Fit(train);
        Assert.Equal(truth.GetProperty("learned").Number("train"), at, 1e-8);
        using var tape = tf.GradientTape();
        var loss = forecaster.Loss(train);
        Variable[] all = [forecaster.Transform!.Lambda, forecaster.Weights, forecaster.Intercept, forecaster.Noise.Raw];
        Assert.Equal(all.ToHashSet(), forecaster.trainable_variables.ToHashSet());
        // In units of what a weight of 1 changes: the values z themselves.
        var size = (double)tf.reduce_max(tf.abs(forecaster.Transform.Apply(train))) / (double)forecaster.Noise.Value;
        foreach (var gradient in tape.gradient(loss, all))
            Assert.True((double)tf.reduce_max(tf.abs(gradient!)) < 1e-5 * Math.Max(1, size * size), $"{gradient}");
    }

    [Fact]
    public void Values_ahead_are_those_of_the_recursion_and_their_deviations_of_its_echo()
    {
        var forecaster = new WindowForecaster([1, 2]);
        forecaster.Weights.assign(tf.constant(new[] { 0.5, -0.25 }));
        forecaster.Intercept.assign(3.0);
        forecaster.Noise.Assign(2.0);
        var ahead = forecaster.Ahead(new double[] { 1, 4, 2, 8, 4, 6, 8 }, 3);
        // 3 + 4 − 1.5, 3 + 2.75 − 2, 3 + 1.875 − 1.375; 1, 0.5, 0.25 − 0.25.
        Assert.Equal([5.5, 3.75, 3.5], ahead.Median, (a, b) => Math.Abs(a - b) < 1e-12);
        var (low, high) = ahead.Interval(0.9);
        double[] deviations = [2, 2 * Math.Sqrt(1.25), 2 * Math.Sqrt(1.25)];
        Assert.Equal(deviations.Select(d => 2 * 1.6448536269514722 * d), high.Zip(low, (h, l) => h - l), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Contains("beyond the series", Assert.Throws<InvalidOperationException>(() => ahead.Loss).Message);
        Assert.Throws<InvalidOperationException>(() => ahead.Errors);
    }

    [Fact]
    public void The_first_value_ahead_is_the_one_step_forecast()
    {
        var (_, series, train, forecaster) = Of("lynx");
        forecaster.Fit(train);
        var (one, ahead) = (forecaster.Forecast(series, train.size), forecaster.Ahead(train, 20));
        Assert.Equal(one.Median[0], ahead.Median[0], 1e-9);
        Assert.Equal(one.Quantile(0.95)[0], ahead.Quantile(0.95)[0], 1e-9);
        Assert.All(ahead.Quantile(0.05), v => Assert.True(v > 0));
        var fixedForecast = ahead.Quantile(0.95)[5];
        forecaster.Transform!.Lambda.assign(1.0);
        Assert.Equal(fixedForecast, ahead.Quantile(0.95)[5]);
    }

    [Fact]
    public void A_lambda_that_does_not_train_stays()
    {
        var (_, _, train, _) = Of("lynx");
        var transform = new BoxCox(0.0, dtype: tf.float64);
        transform.Lambda.trainable = false;
        var forecaster = new WindowForecaster([1, 2], transform);
        forecaster.Fit(train);
        Assert.Equal(0, (double)transform.Lambda);
        Assert.DoesNotContain(transform.Lambda, forecaster.trainable_variables);
    }

    [Fact]
    public void What_it_cannot_forecast_says_what_to_do()
    {
        static string Says(Action action) => Assert.ThrowsAny<Exception>(action).Message;
        var nile = DataSets.Nile().y;
        var forecaster = new WindowForecaster([1, 12], new BoxCox(dtype: tf.float64));
        foreach (var ask in new Action<Operand>[] { x => forecaster.Fit(x), x => forecaster.Loss(x), x => forecaster.Profile(x),
            x => forecaster.Forecast(x, 12), x => forecaster.Ahead(x, 2) })
        {
            double[] gap = nile.ToArray<double>();
            gap[41] = double.NaN;
            Assert.Contains("Received: NaN in row 41", Says(() => ask(gap)));
            Assert.Contains("expected a series that changes. Received: 40 times 7", Says(() => ask(tf.fill(40, tf.constant(7.0)))));
            Assert.Contains("at least 17 values, for the largest lag, 12", Says(() => ask(nile[..16])));
            Assert.Contains("shape (50, 2)", Says(() => ask(tf.reshape(nile, (50, 2)))));
            double[] zero = nile.ToArray<double>();
            zero[3] = 0;
            Assert.Contains("YeoJohnson", Says(() => ask(zero)));
            zero[3] = -2;
            Assert.Contains("YeoJohnson", Says(() => ask(zero)));
        }
        Assert.Contains("from 12, the largest lag, to 99", Says(() => forecaster.Forecast(nile, 11)));
        Assert.Contains("from 12, the largest lag, to 99", Says(() => forecaster.Forecast(nile, 100)));
        Assert.Throws<ArgumentOutOfRangeException>(() => forecaster.Ahead(nile, 0));
        Assert.Contains("A negative lag looks into the future", Says(() => new WindowForecaster([-1])));
        Assert.Contains("one lambda in float64", Says(() => new WindowForecaster([1], new BoxCox())));
        Assert.Contains("lambda is asked for. Received: none", Says(() => new WindowForecaster([1]).Profile(nile)));
        Assert.Contains("no noise to learn", Says(() => new WindowForecaster([1]).Fit(tf.range(1.0, 40))));
    }

    static (JsonElement Truth, Tensor Series, Tensor Train, WindowForecaster Forecaster) Of(string name)
    {
        var truth = SeriesCases.Of(name);
        var series = tf.constant(truth.GetProperty("series").Numbers());
        // For x ≥ 0 Yeo-Johnson is Box-Cox of 1 + x.
        LearnedTransform transform = truth.Number("shift") == 1 ? new YeoJohnson(dtype: tf.float64) : new BoxCox(dtype: tf.float64);
        return (truth, series, series[..(series.size - (int)truth.Number("test"))],
            new([.. truth.GetProperty("lags").Numbers().Select(l => (int)l)], transform));
    }

    static void Same(double[] truth, IReadOnlyList<double> found) =>
        Assert.Equal(truth, found, (a, b) => Math.Abs(a - b) < 1e-5 * truth.Max(Math.Abs));
}
