using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>A learned threshold. Truth: √λ, and where the estimate of its slope vanishes for a flat density, ε/8 + √(λ + ε²/64).</summary>
public sealed class ThresholdTests : IDisposable
{
    public ThresholdTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(0.2, 0.226556)]
    [InlineData(0.1, 0.212890)]
    [InlineData(0.02, 0.202516)]
    public void For_a_flat_density_the_estimate_rests_beside_the_best_threshold(double band, double rests)
    {
        // Even places between 0 and 1, and the middle of each.
        const int Rows = 20_000;
        var x = tf.expand_dims((tf.cast(tf.range(Rows), tf.float64) + 0.5) / (double)Rows, 1);
        var threshold = new Threshold(price: 0.04, initial: 0.3, band: band);
        threshold.Apply(x);
        var optimizer = optimizers.SGD(20);
        for (var i = 0; i < 80; i++)
            optimizer.minimize(() => tf.reduce_mean(tf.square(x - threshold.Apply(x, training: true))) + threshold.losses[0],
                [threshold.log_theta!]);
        Assert.Equal(band / 8 + Math.Sqrt(0.04 + band * band / 64), (double)threshold.Value[0], 5e-4);
        Assert.Equal(rests, (double)threshold.Value[0], 5e-4);
    }

    [Fact]
    public void What_is_above_its_threshold_passes_and_the_rest_is_0()
    {
        var threshold = new Threshold(price: 0.5, initial: 1, band: 0.5);
        using var tape = tf.GradientTape();
        var x = tf.constant(new[,] { { 0.5, 1.1 }, { 2.0, -3.0 } });
        tape.watch(x);
        var z = threshold.Apply(x, training: true);
        Assert.Equal([0, 1.1, 2, 0], z.ToArray<double>());
        // Two of four above: on average one of the two units of a row.
        Assert.Equal(0.5 * 1, (double)Assert.Single(threshold.losses), 1e-15);
        var loss = tf.reduce_sum(z) + threshold.losses[0];
        var found = tape.gradient(loss, [x, threshold.log_theta!]);
        Assert.Equal([0, 1, 1, 0], found[0]!.ToArray<double>());
        // 1.1 alone lies in the band: −θ/ε for what passes, −1/ε a half for the count, by log θ at θ = 1.
        Assert.Equal([0, -1 / 0.5 - 0.5 / 2 / 0.5], found[1]!.ToArray<double>());
    }

    [Fact]
    public void Steps_that_are_masked_out_cost_nothing_and_say_nothing_of_the_band()
    {
        var (masking, threshold) = (layers.Masking(), new Threshold(price: 0.5, initial: 1, band: 0.5));
        double[,,] steps = { { { 0.5, 1.1 }, { 2.0, 3.0 } }, { { 1.2, 0.3 }, { 0, 0 } } }, padded =
            { { { 0.5, 1.1 }, { 2.0, 3.0 }, { 0, 0 }, { 0, 0 } }, { { 1.2, 0.3 }, { 0, 0 }, { 0, 0 }, { 0, 0 } } };
        foreach (var x in new[] { tf.constant(steps), tf.constant(padded) })
        {
            using var tape = tf.GradientTape();
            threshold.Apply(masking.Apply(x), training: true);
            var loss = Assert.Single(threshold.losses);
            // Of three steps that count, four of six numbers are above; 1.1 of the second unit and 1.2 of the first lie in the band.
            Assert.Equal(0.5 * 2 * 4 / 6, (double)loss, 1e-15);
            var slope = tape.gradient(loss, threshold.log_theta!)!.ToArray<double>();
            foreach (var s in slope) Assert.Equal(-0.5 * 2 / 6 / 0.5, s, 1e-15);
        }
        // All masked out: nothing to pay for.
        threshold.Apply(masking.Apply(tf.zeros((2, 3, 2), tf.float64)), training: true);
        Assert.Equal(0, (double)Assert.Single(threshold.losses));
        var low = new Threshold(initial: 0.02, band: 0.1);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 12; i++) low.Apply(masking.Apply(tf.constant(padded)), training: true);
        Assert.Contains("the nearest is 0.28 away", Assert.Single(heard));
    }

    [Fact]
    public void An_empty_band_is_said_with_the_distance_to_the_nearest()
    {
        var threshold = new Threshold(initial: 5, band: 0.1);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 30; i++) threshold.Apply(tf.constant(new[,] { { 1.0 }, { 2.0 } }), training: true);
        Assert.Contains("the nearest is 3 away", Assert.Single(heard));
    }

    [Fact]
    public void Data_that_all_lie_far_away_are_said_at_once_and_no_data_cost_nothing()
    {
        var threshold = new Threshold(price: 1, initial: 100, band: 0.1);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            threshold.Apply(tf.random.normal((32, 2), seed: 1, dtype: tf.float64), training: true);
        Assert.Contains("none in a step", Assert.Single(heard));
        threshold.Apply(tf.zeros((0, 2), tf.float64), training: true);
        Assert.Equal(0, (double)Assert.Single(threshold.losses));
    }

    [Fact]
    public void A_single_unit_whose_band_stays_empty_is_named_and_numbers_that_are_none_are_not()
    {
        string[] Heard(Tensor x, int steps)
        {
            var threshold = new Threshold(initial: 1, band: 0.2);
            var heard = new List<string>();
            using (Warnings.Hear(message =>
            {
                heard.Add(message);
                return true;
            }))
                for (var i = 0; i < steps; i++) threshold.Apply(x, training: true);
            return [.. heard];
        }
        var x = tf.constant(new[,] { { 1.05, 50 }, { 0.2, 51 } });
        Assert.Empty(Heard(x, 99));
        Assert.Contains("at 1 of 2 units (1); the nearest is 49 away", Assert.Single(Heard(x, 200)));
        Assert.Empty(Heard(x * double.NaN, 200));
    }

    /// <summary>Truth: the same descent in numpy (make_cheap_models.py): 593 steps of θ itself, 2551 of its logarithm.</summary>
    [Fact]
    public void From_far_below_the_logarithm_takes_four_times_as_many_steps_of_Adam_as_the_threshold_itself_would()
    {
        var far = JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/cheap-models.json")))
            .RootElement.GetProperty("far");
        var x = tf.expand_dims((tf.cast(tf.range(1000), tf.float64) + 0.5) / 1000.0, 1);
        var threshold = new Threshold(price: 0.25, initial: 0.01, band: 0.02);
        threshold.Apply(x);
        var (adam, steps) = (optimizers.Adam(0.001), 0);
        for (; (double)threshold.Value[0] < 0.45; steps++)
            adam.minimize(() => tf.reduce_mean(tf.square(x - threshold.Apply(x, training: true))) + threshold.losses[0],
                [threshold.log_theta!]);
        // Where Adam adds its epsilon differs a little.
        Assert.Equal(far.GetProperty("log_theta").GetInt32(), steps, 10.0);
        Assert.InRange(steps / far.GetProperty("theta").GetDouble(), 4, 5);
    }

    [Fact]
    public void A_price_alone_moves_a_threshold_alike_under_Adam_be_it_small_or_large()
    {
        var x = tf.expand_dims((tf.cast(tf.range(1000), tf.float64) + 0.5) / 1000.0, 1);
        double Moved(double price)
        {
            var threshold = new Threshold(price, initial: 0.3, band: 0.1);
            threshold.Apply(x);
            var adam = optimizers.Adam(0.01);
            for (var i = 0; i < 20; i++)
                adam.minimize(() =>
                {
                    threshold.Apply(x, training: true);
                    return threshold.losses[0];
                }, [threshold.log_theta!]);
            return (double)threshold.Value[0];
        }
        Assert.InRange(Moved(1), 0.35, 0.4);
        Assert.Equal(Moved(1), Moved(0.01), 1e-4);
        Assert.Equal(Moved(1), Moved(100), 1e-4);
    }

    [Fact]
    public void Numbers_outside_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(initial: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(band: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(band: double.PositiveInfinity));
        Assert.ThrowsAny<ArgumentException>(() => new Threshold(price: -1));
        Assert.Throws<ShapeException>(() => new Threshold().Apply(tf.zeros(3)));
        Assert.Throws<ModelException>(() => new Threshold().Value);
    }
}
