using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Truth: scipy 1.10, L-BFGS-B on the same blobs from the same generator.</summary>
public sealed class LabelNoiseTests : IDisposable
{
    public LabelNoiseTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(0.1, 0.0920, 0.0951)]
    [InlineData(0.2, 0.1840, 0.1891)]
    [InlineData(0.4, 0.4130, 0.4173)]
    [Trait("speed", "slow")]
    public void The_rate_is_that_of_scipy_and_near_the_noise_that_was_put_in(double rate, double realised, double learned)
    {
        var blobs = NoisyBlobs.Draw([rate, rate, rate], seed: 202, rows: 1500);
        // 1.5: a third of the labels drawn anew are right by chance.
        Assert.Equal(realised, 1.5 * blobs.Wrong, 1e-4);
        var noise = new LabelNoise(3, initial: 0.12);
        var model = blobs.Fit(noise);
        Assert.Equal(learned, (double)noise.Rates.Value[0], 2e-3);
        Assert.InRange((double)noise.Rates.Value[0], realised - 0.02, realised + 0.02);
    }

    [Fact]
    public void With_one_rate_the_loss_is_the_cross_entropy_of_mixed_probabilities()
    {
        var noise = new LabelNoise(4, initial: 0.2);
        var p = tf.constant(new[,] { { 0.7, 0.1, 0.1, 0.1 }, { 0.25, 0.25, 0.4, 0.1 } });
        var y = tf.one_hot(tf.constant(new[] { 0, 3 }), 4, dtype: tf.float64);
        var expected = -(Math.Log(0.8 * 0.7 + 0.05) + Math.Log(0.8 * 0.1 + 0.05)) / 2;
        Assert.Equal(expected, (double)noise.Apply(y, p), 1e-6);
        // Rates that are all the same are one rate.
        Assert.Equal(expected, (double)new LabelNoise(4, perClass: true, initial: 0.2).Apply(y, p), 1e-6);
    }

    [Fact]
    public void The_model_that_is_compiled_with_it_owns_the_rate()
    {
        var noise = new LabelNoise(3);
        var model = keras.Sequential([keras.Input(2), layers.Dense(3, activation: "softmax")]);
        model.compile("adam", noise);
        Assert.Contains(noise.Rates.Raw, model.hyper_variables);
    }

    [Fact]
    public void Logits_are_refused_with_what_to_do() =>
        Assert.Contains("softmax", Assert.Throws<ArgumentException>(
            () => new LabelNoise(3).Apply(tf.one_hot(tf.constant(new[] { 0, 1 }), 3, dtype: tf.float64),
                tf.constant(new[,] { { 2.0, 1, 3 }, { 0.1, 4, 1 } }))).Message);

    [Fact]
    public void Labels_that_are_not_one_hot_are_refused_with_what_to_do() =>
        Assert.Contains("tf.one_hot", Assert.Throws<ShapeException>(
            () => new LabelNoise(3).Apply(tf.constant(new[] { 0.0, 1 }), tf.ones((2, 3), tf.float64))).Message);
}
