using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// A variational autoencoder of handwritten digits whose decoder noise σ² is learned, fixed, or follows a ramp: the study of notebook 10,
/// 24 seeds in <c>data/studies/variational-digits.csv</c>.
/// </summary>
/// <remarks>
/// 64 pixels from 0 to 1 → 32 tanh units → 8 latents → 32 tanh units → 64 pixels; 1198 digits train, every third of the file tests. All
/// ways have the same first weights and the same training: Adam at 0.005, <see cref="Epochs"/> epochs of batches of 100. The yardstick is
/// the lower bound on log p of a test digit, in nats. A model whose σ² was fixed is also measured with the σ² that fits its training
/// errors, so that a wrong σ² counts by what it did to the weights, and not by its own size.
/// </remarks>
public sealed class VariationalDigits
{
    /// <summary>The passes over the training digits.</summary>
    public const int Epochs = 100;

    /// <summary>Pixels of a digit.</summary>
    public const int Pixels = 64;

    const int Latents = 8, Draws = 8;

    readonly Sequential model;
    readonly GaussianLatent latent;
    readonly NormalNoise noise;

    VariationalDigits(Sequential model, GaussianLatent latent, NormalNoise noise) =>
        (this.model, this.latent, this.noise) = (model, latent, noise);

    /// <summary>The fixed σ² of the study.</summary>
    public static IReadOnlyList<double> Fixed { get; } = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>The same as the columns name them.</summary>
    public static IReadOnlyList<string> FixedWays { get; } = [.. Fixed.Select(s => $"σ² = {Numbers.Show(s)}")];

    /// <summary>The training digits, shape (1198, 64), from 0 to 1.</summary>
    public static Tensor Train { get; } = Rows(i => i % 3 != 0);

    /// <summary>The test digits, shape (599, 64), from 0 to 1.</summary>
    public static Tensor Test { get; } = Rows(i => i % 3 == 0);

    /// <summary>σ².</summary>
    public double Noise => Math.Pow((double)noise.Scale.Value[0], 2);

    /// <summary>The stored table.</summary>
    public static Study Stored() => Study.Stored("variational-digits");

    /// <summary>All ways for one seed.</summary>
    /// <param name="seed">Of first weights, batches and draws.</param>
    /// <returns>For learned, "σ² = …" of <see cref="Fixed"/>, last (the learned σ² of the same seed, fixed) and ramp (from 1 to it over the
    /// first half): the bound; with ", refitted" that with the σ² of the training errors; with ", error" the mean squared error of a test
    /// pixel; ", KL"; ", active" latents; ", σ²".</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed)
    {
        var numbers = new Dictionary<string, double>();
        void Add(string way, VariationalDigits trained)
        {
            foreach (var (what, number) in trained.Look()) numbers[way + what] = Numbers.Round(number, 6);
        }

        var learned = Trained(seed);
        Add("learned", learned);
        foreach (var (way, s) in FixedWays.Zip(Fixed)) Add(way, Trained(seed, _ => s));
        Add("last", Trained(seed, _ => learned.Noise));
        Add("ramp", Trained(seed, epoch => Math.Pow(learned.Noise, Math.Min(1, 2.0 * epoch / Epochs))));
        return numbers;
    }

    /// <summary>One training.</summary>
    /// <param name="seed">Of first weights, batches and draws.</param>
    /// <param name="path">σ² for each epoch; default: it is learned, from 1 on.</param>
    public static VariationalDigits Trained(int seed, Func<int, double>? path = null)
    {
        utils.set_random_seed(seed);
        var latent = new GaussianLatent(Latents);
        var model = Sequential([Input(Pixels), layers.Dense(32, "tanh"), latent, layers.Dense(32, "tanh"), layers.Dense(Pixels)]);
        var noise = new NormalNoise();
        noise.Scale.Raw.trainable = path is null;
        model.compile(optimizers.Adam(0.005), noise);
        var follow = callbacks.LambdaCallback(on_epoch_begin: (epoch, _) =>
            noise.Scale.Assign(tf.fill(1, tf.constant((float)Math.Sqrt(path!(epoch))))));
        model.fit(Train, Train, epochs: Epochs, batch_size: 100, verbose: 0, callbacks: path is null ? [] : [follow]);
        return new(model, latent, noise);
    }

    /// <summary>Digits as they come back, through the means of their latents.</summary>
    /// <param name="x">Pixels, shape (n, 64).</param>
    public Tensor Drawn(Tensor x) => model.predict(x);

    /// <summary>The numbers of <see cref="Run"/> on the test digits.</summary>
    public IReadOnlyDictionary<string, double> Look()
    {
        var (error, divergences) = Means(Test);
        var (fitted, kl) = (Means(Train).Error, divergences.Sum());
        double Bound(double s) => -Pixels / 2.0 * (Math.Log(2 * Math.PI * s) + error / s) - kl;
        return new Dictionary<string, double>
        {
            [""] = Bound(Noise),
            [", refitted"] = Bound(fitted),
            [", error"] = (double)tf.reduce_mean(tf.square(Drawn(Test) - Test)),
            [", KL"] = kl,
            [", active"] = divergences.Count(k => k > 0.01),
            [", σ²"] = Noise,
        };
    }

    /// <summary>The mean squared error of a pixel over draws of the latents, the same for all models, and KL of each latent.</summary>
    (double Error, double[] Divergences) Means(Tensor x)
    {
        var hidden = model.layers[0].Apply(x);
        var (mean, log) = latent.Density(hidden);
        var error = Enumerable.Range(0, Draws).Average(draw =>
        {
            var z = mean + tf.exp(0.5 * log) * tf.random.normal(mean.shape, seed: draw + 1);
            return (double)tf.reduce_mean(tf.square(model.layers[3].Apply(model.layers[2].Apply(z)) - x));
        });
        return (error, tf.cast(latent.Divergences(hidden), tf.float64).ToArray<double>());
    }

    static Tensor Rows(Func<int, bool> chosen)
    {
        var digits = DataSets.Digits();
        return tf.cast(tf.gather(digits.X, Enumerable.Range(0, digits.Rows).Where(chosen).ToArray()) / 16, tf.float32);
    }
}
