using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class WeightingTests
{
    readonly Variable x = tf.Variable(2.0, name: "x", dtype: tf.float64);

    // At 2: losses 4 and 3, slopes 4 and −2.
    Tensor[] Losses() => [tf.square(x), tf.square(x - 3.0) + 2.0];

    [Fact]
    public void The_weight_of_a_loss_is_the_slope_by_it()
    {
        var weights = new UncertaintyWeights(2, variance: 0.5, dtype: tf.float64);
        var step = Weighting.Descend(l => weights.Loss(2 * l[0], l[1]), weights.LogVariances).Step(Losses, [x, weights.LogVariances]);
        // e^(−s)/2 with e^s = ½, and twice that for a loss that was doubled.
        Near([2, 1], step.Weights);
        Near([4, 3], [.. step.Losses.Select(l => (double)l)]);
        Near([2 * 4 - 1 * 2], [(double)step.Gradients[0]]);
        // ½(1 − L/σ²), the first L doubled.
        Near([0.5 * (1 - 8 / 0.5), 0.5 * (1 - 3 / 0.5)], step.Gradients[1].ToArray<double>());
    }

    [Fact]
    public void A_loss_that_is_left_out_has_the_weight_zero() =>
        Near([1, 0], Weighting.Descend(l => l[0]).Step(Losses, [x]).Weights);

    [Fact]
    public void A_path_of_weights_is_followed_and_its_end_kept()
    {
        var replay = Weighting.Replay([[1, 2], [3, 4]]);
        double[][] seen = [.. Enumerable.Range(0, 3).Select(_ => replay.Step(Losses, [x]).Weights)];
        Near([1, 2, 3, 4, 3, 4], [.. seen.SelectMany(w => w)]);
        Near([1, 7], Weighting.Fixed(1, 7).Step(Losses, [x]).Weights);
        Assert.Empty(replay.Learned);
    }

    [Fact]
    public void A_rule_on_gradients_tells_its_weights()
    {
        var rule = new MGDA(2, dtype: tf.float64);
        var step = Weighting.By(rule).Step(Losses, [x]);
        // The shortest mean of 4 and −2 is 0.
        Near([1 / 3.0, 2 / 3.0], step.Weights);
        Near([0], [(double)step.Gradients[0]]);
    }

    [Fact]
    public void A_weight_is_its_ratio_times_the_common_factor()
    {
        double[] weights = [50, 2, 10];
        Near(weights, [.. Weighting.Ratio(weights).Zip(Weighting.Common(weights), (r, c) => r * c)]);
        Near([10, 10, 10], Weighting.Common(weights));
        Near([1], [Weighting.Ratio(weights).Aggregate((a, b) => a * b)]);
    }

    [Fact]
    public void A_common_factor_of_weights_that_are_not_positive_is_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => Weighting.Ratio([2, 0])).Message;
        Assert.Contains("expected weights above 0", message, StringComparison.Ordinal);
        Assert.Contains("Received: 2, 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_sum_to_the_number_of_losses_and_take_a_weight_of_zero()
    {
        Near([0.5, 1.5], Weighting.Shares([1, 3]));
        Near([2, 0], Weighting.Shares([7, 0]));
        Assert.Contains("Received: 0, 0", Assert.Throws<ArgumentException>(() => Weighting.Shares([0, 0])).Message);
        Assert.Contains("Received: 1, -1", Assert.Throws<ArgumentException>(() => Weighting.Shares([1, -1])).Message);
    }

    static void Near(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);
}
