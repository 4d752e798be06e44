using System.Globalization;
using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Noise whose form is learned. Truth: scipy on the same numbers (noise.json, by make_noise.py), and closed forms.</summary>
public sealed class LearnedNoiseTests : IDisposable
{
    static readonly JsonElement truth = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/noise.json"))).RootElement;

    public LearnedNoiseTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void Degrees_of_freedom_are_those_of_scipy()
    {
        var fit = truth.GetProperty("student").GetProperty("fit");
        var noise = new StudentNoise();
        var shift = Learned(noise, Student());
        Assert.Equal(fit.GetProperty("degrees").GetDouble(), (double)noise.Degrees.Value, 1e-5);
        Assert.Equal(fit.GetProperty("scale").GetDouble(), (double)noise.Scale.Value[0], 1e-6);
        Assert.Equal(fit.GetProperty("shift").GetDouble(), (double)shift[0], 1e-6);
        Assert.Equal(fit.GetProperty("loss").GetDouble(), Loss(noise, Student(), shift), 1e-9);
    }

    [Theory]
    [InlineData("student", 1e-7, 1e-3)]
    // Near α = 2 the likelihood is so flat that descent is slow.
    [InlineData("normal", 5e-5, 0.03)]
    [Trait("speed", "slow")]
    public void The_form_of_Barrons_loss_is_that_of_scipy(string which, double loss, double form)
    {
        var data = which == "student" ? Student() : Normal();
        var fit = truth.GetProperty("robust").GetProperty(which);
        var noise = new RobustNoise();
        var shift = Learned(noise, data);
        Assert.Equal(fit.GetProperty("loss").GetDouble(), Loss(noise, data, shift), loss);
        Assert.Equal(fit.GetProperty("alpha").GetDouble(), (double)noise.Alpha.Value, form);
        Assert.Equal(fit.GetProperty("scale").GetDouble(), (double)noise.Scale.Value[0], form);
    }

    [Fact]
    public void The_integral_of_the_density_is_that_of_quadrature_and_of_its_closed_forms()
    {
        foreach (var p in truth.GetProperty("partition").EnumerateObject())
            Assert.Equal(Math.Log(p.Value.GetDouble()), Partition(p.Name), 1e-9);
        foreach (var p in truth.GetProperty("exact").EnumerateObject())
            Assert.Equal(Math.Log(p.Value.GetDouble()), Partition(p.Name), 1e-11);
    }

    [Theory]
    // −log p(1.5) and its slope by log ν, with 70 decimal digits (Stirling from x = 400 on); scipy agrees up to ν = 100.
    [InlineData(3.0, 2.1201204254943549, -0.0971607169196)]
    [InlineData(1e3, 2.0440485396728882, -0.000110636594699)]
    [InlineData(1e5, 2.0439396270179526, -1.09387655846e-6)]
    [InlineData(1e8, 2.0439385342984226, -1.09375012656e-9)]
    public void Many_degrees_of_freedom_lose_no_digits_in_float32_either(double degrees, double loss, double slope)
    {
        foreach (var dtype in new[] { tf.float32, tf.float64 })
        {
            config.set_floatx(dtype);
            var noise = new StudentNoise(degrees);
            using var tape = tf.GradientTape();
            var found = noise.Apply(tf.cast(tf.constant(new[,] { { 1.5 } }), dtype), tf.zeros((1, 1), dtype));
            Assert.Equal(loss, (double)found, dtype == tf.float32 ? 3e-7 : 1e-12);
            Assert.Equal(1, (double)tape.gradient(found, noise.Degrees.Raw)! / slope, dtype == tf.float32 ? 1e-5 : 1e-6);
        }
    }

    [Theory]
    [InlineData(0.0, "log")]
    [InlineData(1.0, "root")]
    [InlineData(2.0, "square")]
    public void At_its_known_places_Barrons_loss_is_the_known_loss(double alpha, string kind)
    {
        foreach (var z in new[] { 0.0, 1e-6, 0.3, -2, 50 })
            Assert.Equal(kind switch
            {
                "log" => Math.Log(z * z / 2 + 1),
                "root" => Math.Sqrt(z * z + 1) - 1,
                _ => z * z / 2,
            }, (double)RobustNoise.Rho(tf.constant(z, tf.float64), tf.constant(alpha, tf.float64)), 1e-9 * (1 + z * z));
    }

    /// <summary>Far out Barron's loss at α = 1 is |z|.</summary>
    [Fact]
    public void A_residual_whose_square_has_no_place_in_float32_has_its_cost()
    {
        var (far, noise) = (tf.fill((1, 1), 1e25f), new RobustNoise(1, scale: 1));
        using var tape = tf.GradientTape();
        tape.watch(far);
        var loss = noise.Apply(far, tf.zeros((1, 1)));
        Assert.Equal(1, (double)loss / 1e25, 1e-6);
        Assert.Equal(1, (double)tape.gradient(loss, far)![0, 0], 1e-6);
    }

    [Fact]
    public void Without_its_integral_the_form_runs_to_its_end()
    {
        var (z, alpha) = (Normal(), new Bounded(1.0, 0, 2, "alpha", tf.float64));
        var first = (double)alpha.Value;
        for (var i = 0; i < 600; i++) optimizers.SGD(1).minimize(() => tf.reduce_mean(RobustNoise.Rho(z, alpha.Value)), [alpha.Raw]);
        Assert.InRange((double)alpha.Value, 0, 0.2 * first);
    }

    [Fact]
    public void A_normal_scale_is_the_root_of_the_mean_square_of_each_output()
    {
        var y = tf.stack([Normal(), 3 * Normal()], 1);
        var noise = new NormalNoise(scales: 2);
        var shift = Learned(noise, y);
        var error = tf.sqrt(tf.reduce_mean(tf.square(y - shift), 0)).ToArray<double>();
        var scales = noise.Scale.Value.ToArray<double>();
        for (var k = 0; k < 2; k++) Assert.Equal(error[k], scales[k], 1e-7);
        // The entropy of the normal density.
        Assert.Equal(error.Sum(e => 0.5 * Math.Log(2 * Math.PI * Math.E * e * e)), Loss(noise, y, shift), 1e-9);
    }

    [Fact]
    public void A_model_that_is_compiled_with_it_owns_its_variables_and_trains_them()
    {
        var noise = new StudentNoise(degrees: 5, scale: 2);
        var model = Sequential([Input(1), layers.Dense(1)]);
        model.compile(optimizers.Adam(0.05), noise);
        Assert.Contains(noise.Scale.Raw, model.hyper_variables);
        Assert.Contains(noise.Degrees.Raw, model.hyper_variables);
        // Targets of shape (n) meet predictions of shape (n, 1).
        model.fit(tf.expand_dims(Student(), 1), Student(), epochs: 2, verbose: 0);
        Assert.NotEqual(2, (double)noise.Scale.Value[0], 1e-3);
        Assert.NotEqual(5, (double)noise.Degrees.Value, 1e-3);
    }

    [Fact]
    public void Shapes_that_do_not_fit_and_first_values_outside_are_refused()
    {
        Assert.Contains("one shape (n, 2)", Assert.Throws<ShapeException>(
            () => new NormalNoise(scales: 2).Apply(tf.zeros((4, 3)), tf.zeros((4, 3)))).Message);
        Assert.Throws<ShapeException>(() => new NormalNoise().Apply(tf.zeros(4), tf.zeros((4, 3))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalNoise(scale: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalNoise(scales: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StudentNoise(degrees: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustNoise(alpha: 2));
    }

    static double Partition(string alpha) =>
        (double)RobustNoise.LogPartition(tf.constant(double.Parse(alpha, CultureInfo.InvariantCulture), tf.float64));

    /// <summary>Descends on the noise and a shift until nothing moves.</summary>
    static Variable Learned(LearnedNoise noise, Tensor y)
    {
        if (y.ndim == 1) y = tf.expand_dims(y, 1);
        var shift = tf.Variable(tf.zeros(y.shape[1], tf.float64), name: "shift");
        Variable[] all = [shift, .. noise.trainable_variables];
        var adam = optimizers.Adam(0.05);
        for (var i = 0; i < 200; i++) adam.minimize(() => noise.Apply(y, tf.zeros_like(y) + shift), all);
        var plain = optimizers.SGD(0.3, momentum: 0.9);
        for (var i = 0; i < 1500; i++)
        {
            using var tape = tf.GradientTape();
            var gradients = tape.gradient(noise.Apply(y, tf.zeros_like(y) + shift), all);
            if (gradients.Max(g => (double)tf.reduce_max(tf.abs(g!))) < 1e-9) break;
            plain.apply_gradients(gradients.Zip(all));
        }
        return shift;
    }

    static double Loss(LearnedNoise noise, Tensor y, Variable shift)
    {
        if (y.ndim == 1) y = tf.expand_dims(y, 1);
        return (double)noise.Apply(y, tf.zeros_like(y) + shift);
    }

    static Tensor Student()
    {
        var random = new SplitMix64(5);
        double[] all = [.. Enumerable.Range(0, 1000).Select(_ =>
            random.NextNormal() / Math.Sqrt(Enumerable.Range(0, 4).Select(_ => random.NextNormal()).Average(z => z * z)))];
        return Same(all, "student");
    }

    static Tensor Normal()
    {
        var random = new SplitMix64(9);
        return Same([.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())], "normal");
    }

    static Tensor Same(double[] drawn, string which)
    {
        Assert.Equal(truth.GetProperty(which).GetProperty("sum").GetDouble(), drawn.Sum(), 1e-8);
        Assert.Equal(truth.GetProperty(which).GetProperty("squares").GetDouble(), drawn.Sum(z => z * z), 1e-8);
        return tf.constant(drawn);
    }
}
