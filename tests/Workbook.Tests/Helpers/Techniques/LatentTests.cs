using System.Globalization;
using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Latents and a learned noise. Truth: numpy and scikit-learn on the digits (latents.json, by make_latents.py), and
/// formulas.</summary>
public class LatentTests
{
    static readonly JsonElement truth = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/latents.json"))).RootElement;

    static readonly Tensor digits = DataSets.Digits().X / 16.0;

    static readonly ProbabilisticPca pca = ProbabilisticPca.Of(digits);

    [Fact]
    public void Eigenvalues_and_the_noise_that_is_left_are_those_of_numpy_and_of_scikit_learn()
    {
        var values = truth.GetProperty("eigenvalues").Deserialize<double[]>()!;
        for (var j = 0; j < values.Length; j++) Assert.Equal(values[j], pca.Eigenvalues[j], 1e-13);
        // Three pixels are the same in all digits.
        Assert.Equal((64, 3), (pca.Eigenvalues.Count, pca.Eigenvalues.Count(v => v == 0)));
        foreach (var p in truth.GetProperty("learned").EnumerateObject())
        {
            var q = int.Parse(p.Name, CultureInfo.InvariantCulture);
            Assert.Equal(p.Value.GetProperty("noise").GetDouble(), pca.Noise(q), 1e-13);
            Assert.Equal(p.Value.GetProperty("sklearn").GetDouble(), pca.Noise(q), 1e-13);
            Assert.Equal(p.Value.GetProperty("likelihood").GetDouble(), pca.LogLikelihood(q), 1e-10);
        }
    }

    [Fact]
    public void At_a_given_noise_the_likelihood_is_that_of_the_density_with_the_best_kernel()
    {
        foreach (var p in truth.GetProperty("fixed").EnumerateObject())
        {
            var s = double.Parse(p.Name, CultureInfo.InvariantCulture);
            Assert.Equal(p.Value.GetProperty("active").GetInt32(), pca.Active(16, s));
            Assert.Equal(p.Value.GetProperty("divergence").GetDouble(), pca.Divergence(16, s), 1e-12);
            Assert.Equal(p.Value.GetProperty("likelihood").GetDouble(), pca.LogLikelihood(16, s), 1e-9);
        }
        // W'W has the lengths λ − σ², and 0 for what is not used.
        var kernel = pca.Kernel(16, 0.1);
        var lengths = tf.linalg.diag_part(tf.matmul(kernel, kernel, transpose_a: true)).ToArray<double>();
        for (var j = 0; j < 16; j++) Assert.Equal(Math.Max(pca.Eigenvalues[j] - 0.1, 0), lengths[j], 1e-12);
        Assert.Equal(0, (double)tf.norm(pca.Kernel(16, 1)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [Trait("speed", "slow")]
    public void A_linear_autoencoder_learns_the_noise_of_probabilistic_pca_to_eight_digits(int latents)
    {
        var vae = new LinearVae(digits, latents);
        vae.Fit(steps: 6000);
        Assert.Equal(1, (double)vae.Noise.Value / pca.Noise(latents), 1e-8);
        Assert.Equal(pca.LogLikelihood(latents), (double)vae.Bound, 1e-6);
        // Line by line: σ² is the squared error that is left, a pixel.
        Assert.Equal((double)vae.Noise.Value, (double)vae.Error / 64, 1e-10);
        // It decodes as the principal components do, up to a turn of the latents.
        var kernel = pca.Kernel(latents, pca.Noise(latents));
        Assert.True((double)tf.reduce_max(tf.abs(tf.matmul(kernel, kernel, transpose_b: true)
            - tf.matmul(vae.Decoder, vae.Decoder, transpose_b: true))) < 1e-3);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.19)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [Trait("speed", "slow")]
    public void At_a_given_noise_as_many_latents_speak_as_eigenvalues_lie_above_it(double noise)
    {
        var vae = new LinearVae(digits, 16, noise, learned: false);
        vae.Fit(steps: 2000, rate: 0.05);
        Assert.Equal(noise, (double)vae.Noise.Value, 1e-12);
        Assert.Equal(pca.Active(16, noise), vae.Active());
        Assert.Equal(pca.Divergence(16, noise), (double)tf.reduce_sum(vae.Divergences), 2e-3);
    }

    [Fact]
    public void The_bound_is_the_mean_of_what_rows_and_draws_would_give()
    {
        var random = new SplitMix64(3);
        var x = tf.reshape(tf.constant(Enumerable.Range(0, 60).Select(_ => random.NextNormal()).ToArray()), (20, 3));
        var vae = new LinearVae(x, 2, noise: 0.7, seed: 4);
        vae.Spread.Assign(tf.constant(new[] { 0.3, 1.5 }));
        // For a linear decoder two opposite draws of each latent, √2 of its deviation out, have the exact mean square.
        var (mean, error) = (vae.Encode(x), 0.0);
        foreach (var (j, sign) in new[] { (0, 1), (0, -1), (1, 1), (1, -1) })
        {
            var away = tf.one_hot(j, 2, dtype: tf.float64) * sign * tf.sqrt(2.0 * vae.Spread.Value);
            error += (double)tf.reduce_mean(tf.reduce_sum(tf.square(x - vae.Decode(mean + away)), 1)) / 4;
        }
        var kl = (double)tf.reduce_mean(0.5 * tf.reduce_sum(tf.square(mean) + vae.Spread.Value - tf.math.log(vae.Spread.Value) - 1.0, 1));
        Assert.Equal(error, (double)vae.Error, 1e-12);
        Assert.Equal(-1.5 * Math.Log(2 * Math.PI * 0.7) - error / 1.4 - kl, (double)vae.Bound, 1e-12);
    }

    [Fact]
    public void A_layer_of_latents_adds_its_divergence_to_the_loss_and_draws_in_training_alone()
    {
        var layer = new GaussianLatent(2, weight: 0.5, seed: 1);
        var model = Sequential([Input(3), layer]);
        model.layers[0].set_weights([tf.constant(new[,] { { 1f, 0 }, { 0, 2 }, { 0, 0 } }), tf.zeros(2),
            tf.zeros((3, 2)), tf.constant(new[] { 0f, 1 })]);
        var x = tf.constant(new[,] { { 1f, 1, 5 }, { -3, 0, 5 } });
        var (m, v) = (new[,] { { 1.0, 2 }, { -3, 0 } }, new[] { 1, Math.E });
        double[] expected = [.. Enumerable.Range(0, 2).Select(j =>
            Enumerable.Range(0, 2).Average(i => 0.5 * (m[i, j] * m[i, j] + v[j] - Math.Log(v[j]) - 1)))];
        Assert.Equal(expected, layer.Divergences(x).ToArray<float>().Select(k => (double)k), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([1f, 2, -3, 0], model.Apply(x).ToArray<float>());
        model.Apply(x);
        Assert.Equal(0.5 * expected.Sum(), model.losses.Sum(l => (double)l), 1e-5);
        var many = model.Apply(tf.zeros((20000, 3)), training: true);
        var (center, moment) = (tf.reduce_mean(many, 0), tf.reduce_mean(tf.square(many), 0));
        // Three standard errors.
        Assert.InRange(Math.Abs((double)center[1]), 0, 3 * Math.Sqrt(Math.E / 20000));
        Assert.InRange((double)moment[1] / Math.E, 1 - 3 * Math.Sqrt(2.0 / 20000), 1 + 3 * Math.Sqrt(2.0 / 20000));
    }

    [Fact]
    public void A_weight_of_the_divergence_that_the_training_loss_judges_is_removed()
    {
        utils.set_random_seed(1);
        var weight = tf.Variable(0.01f, name: "weight");
        var model = Sequential([Input(64), layers.Dense(16, "tanh"), new GaussianLatent(4, weight), layers.Dense(64)]);
        // From 1 on it would look as if it rested: with σ² = 32 every latent falls silent, and so does the slope.
        model.compile(optimizers.Adam(0.01), "mse");
        Assert.Contains(weight, model.hyper_variables);
        var x = tf.cast(digits[..100], tf.float32);
        model.fit(x, x, epochs: 100, batch_size: 100, verbose: 0);
        Assert.True((double)weight < 0, $"Expected it below 0. Received: {(double)weight}.");
    }

    [Fact]
    public void A_table_in_a_unit_for_which_the_steps_are_too_small_is_named()
    {
        var x = 1000.0 * tf.random.normal((30, 4), seed: 1, dtype: tf.float64);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            new LinearVae(x, 2).Fit(steps: 200);
        Assert.Contains("divide the table by", Assert.Single(heard));
    }

    [Fact]
    public void Tables_latents_and_noises_that_make_no_sense_are_refused()
    {
        Assert.Contains("at least two rows", Assert.Throws<ShapeException>(() => new LinearVae(tf.zeros(4), 1)).Message);
        Assert.Contains("all the same", Assert.Throws<JudgeException>(() => ProbabilisticPca.Of(tf.ones((5, 3)))).Message);
        Assert.Contains("row 1, column 0", Assert.Throws<JudgeException>(
            () => ProbabilisticPca.Of(tf.constant(new[,] { { 1.0, 2 }, { double.NaN, 1 } }))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearVae(digits, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearVae(digits, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearVae(digits, 2, noise: 0));
        Assert.Contains("leaves no noise", Assert.Throws<ArgumentOutOfRangeException>(() => pca.Noise(61)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => pca.Active(16, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianLatent(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianLatent(2, weight: -1));
        Assert.Contains("Flatten", Assert.Throws<ShapeException>(() => new GaussianLatent(2).Apply(tf.zeros((2, 3, 4)))).Message);
        // With as many latents as directions nothing is left to be noise.
        var flat = tf.concat([digits[.., 20..21], digits[.., 20..21] * 2.0, digits[.., 20..21] * 3.0], 1);
        Assert.Contains("no noise", Assert.Throws<JudgeException>(() => new LinearVae(flat, 1)).Message);
        Assert.Equal(1, new LinearVae(flat, 1, noise: 0.1, learned: false).Decoder.shape[1]);
    }
}
