using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>What the notebooks say one writes in Keras 3 does there what they say.</summary>
[Trait("speed", "slow")]
public class ElsewhereTests
{
    // R 4.2, nlme::gls with varIdent, by maximum likelihood. Keras trains in float32, 400 steps of Adam.
    [Fact]
    public async Task Uncertainty_weights_in_Keras_find_the_weights_and_noises_of_gls()
    {
        var (x1, y1, x2, y2) = ReferenceData.TwoTasks();
        var found = await Elsewhere.Run("08-two-losses-one-model",
            new Dictionary<string, Tensor> { ["x1"] = x1, ["y1"] = y1, ["x2"] = x2, ["y2"] = y2 },
            "x, y = [x1, x2], [y1[:, None], y2[:, None]]",
            ("w", "model.network.kernel"), ("sigma", "np.exp(0.5 * np.array(model.s))"),
            ("owned", "[v is model.s for v in model.trainable_variables]"));
        Assert.Equal([0.9908722381, -1.9869426407, 0.5056280765], found["w"], (a, b) => Math.Abs(a - b) < 2e-3);
        Assert.Equal([0.0999624, 0.8659565], found["sigma"], (a, b) => Math.Abs(a - b) < 2e-3);
        Assert.Contains(1.0, found["owned"]);
    }

    // R 4.2, MASS::boxcox: -0.75016. Keras computes in float32.
    [Fact]
    public async Task An_exponent_in_Keras_that_pays_for_its_stretch_is_the_one_of_Box_and_Cox()
    {
        var poisons = DataSets.Poisons();
        var found = await Elsewhere.Run("06-the-jacobian-is-the-price", new Dictionary<string, Tensor>
        {
            ["x"] = tf.concat([LeastSquares.Factor(poisons.X[.., 0]), LeastSquares.Factor(poisons.X[.., 1])], 1),
            ["y"] = tf.expand_dims(poisons.y, 1),
        }, "", ("lambda", "model.lam"), ("owned", "[v is model.lam for v in model.trainable_variables]"));
        Assert.Equal(-0.75016, found["lambda"][0], 5e-3);
        Assert.Contains(1.0, found["owned"]);
    }

    // R 4.2, nls: ω = 0.5686898. Keras descends in float32.
    [Fact]
    public async Task A_period_in_Keras_that_begins_at_the_peak_of_the_spectrum_is_that_of_nls()
    {
        var spots = Scaling.Standardize(tf.sqrt(DataSets.Sunspots().y + 1));
        var found = await Elsewhere.Run("12-what-cannot-be-learned",
            new Dictionary<string, Tensor> { ["y"] = tf.expand_dims(spots, 1) }, "",
            ("period", "period"), ("owned", "[v is wave.cycles for v in model.trainable_variables]"));
        Assert.Equal(2 * Math.PI / 0.5686898, found["period"][0], 1e-2);
        Assert.Contains(1.0, found["owned"]);
    }

    // scipy 1.10, L-BFGS-B on the evidence: 0.03186 and 2.7811. Keras computes in float32.
    [Fact]
    public async Task Two_strengths_in_Keras_are_those_of_the_largest_evidence()
    {
        var data = SecondOrder.Of(DataSets.Diabetes());
        var found = await Elsewhere.Run("04-one-strength-two-or-sixty-four",
            new Dictionary<string, Tensor> { ["x"] = Scaling.Standardize(data.X), ["y"] = Scaling.Center(data.y) }, "",
            ("strengths", "np.exp(s)"));
        Assert.Equal(1, found["strengths"][0] / 0.0318599, 0.02);
        Assert.Equal(1, found["strengths"][1] / 2.7811, 0.02);
    }

    // The features that the target was made of.
    [Fact]
    public async Task Gates_in_Keras_keep_the_features_that_say_something()
    {
        var x = tf.random.normal((200, 6), seed: 1);
        var y = 2.0 * x[.., 1..2] - 1.5 * x[.., 4..5] + 0.1 * tf.random.normal((200, 1), seed: 2);
        var found = await Elsewhere.Run("11-variables-that-delete-work", new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y }, "",
            ("kept", "kept"), ("prediction", "model.predict(x, verbose=0)[:, 0]"));
        Assert.Equal([1, 4], found["kept"]);
        Assert.True(Estimate.Of([.. found["prediction"].Zip(y.ToArray<float>(), (a, b) => (a - b) * (a - b))]).Value < 0.1);
    }

    // scipy 1.10, BFGS over the rates with the start by a linear system. Keras computes in float32.
    [Fact]
    public async Task A_rate_for_each_weight_in_Keras_is_the_one_found_here()
    {
        var tasks = Sinusoids.Draw(tasks: 400, rows: 5, seed: 31);
        var found = await Elsewhere.Run("13-learning-to-learn", new Dictionary<string, Tensor>
        {
            ["x"] = tasks.X,
            ["y"] = tasks.Y,
            ["qx"] = tasks.QueryX,
            ["qy"] = tasks.QueryY,
        }, "", ("rates", "rates"), ("loss", "after_a_step()"));
        Assert.Equal([1.6585234, 1.5217699, -0.0302318], found["rates"], (a, b) => Math.Abs(a - b) < 0.01);
        Assert.Equal(0.4668025, found["loss"][0], 1e-3);
    }

    // scikit-learn 1.2, PCA(5) of the digits: 0.0361968, divided by n. Keras trains in float32, in batches, with drawn latents.
    [Fact]
    public async Task A_noise_in_Keras_is_the_one_of_probabilistic_PCA()
    {
        var found = await Elsewhere.Run("10-noise-is-a-variable", new Dictionary<string, Tensor> { ["x"] = DataSets.Digits().X / 16.0 },
            "keras.utils.set_random_seed(1)", ("noise", "np.exp(vae.log_noise)"),
            ("owned", "[v is vae.log_noise for v in vae.trainable_variables]"));
        Assert.Equal(1, found["noise"][0] / 0.0361968, 0.03);
        Assert.Contains(1.0, found["owned"]);
    }

    // scipy 1.10, the root of ‖w(λ)‖² = C; the columns and Keras are float32.
    [Fact]
    public async Task A_price_in_Keras_is_the_ridge_strength_that_has_the_length()
    {
        var data = DataSets.Diabetes();
        var found = await Elsewhere.Run("09-say-what-you-want", new Dictionary<string, Tensor>
        {
            ["x"] = Scaling.Standardize(data.X),
            ["y"] = tf.expand_dims(Scaling.Standardize(data.y), 1),
        }, "length = 0.7243187", ("price", "model.price"), ("length", "np.sum(np.array(model.network.kernel) ** 2)"));
        Assert.Equal(0.32335263, found["price"][0], 1e-4);
        Assert.Equal(0.25 * 0.7243187, found["length"][0], 1e-4);
    }

    // Techniques/temperature.json: the truth by bisection, in float64; Keras descends in float32.
    [Fact]
    public async Task A_temperature_in_Keras_is_the_one_found_here()
    {
        var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.File(
            "tests/Workbook.Tests/Helpers/Techniques/temperature.json"), TestContext.Current.CancellationToken)).RootElement;
        var logits = tf.constant(truth.GetProperty("logits").Deserialize<double[][]>()!.SelectMany(r => r).ToArray());
        var found = await Elsewhere.Run("14-bring-your-own-model", new Dictionary<string, Tensor>
        {
            ["logits"] = tf.reshape(logits, (-1, 3)),
            ["labels"] = tf.constant(truth.GetProperty("labels").Deserialize<int[]>()!),
        }, "", ("T", "temperature"));
        Assert.Equal(truth.GetProperty("temperature").GetDouble(), found["T"][0], 1e-4);
    }

    // R 4.2, lm.fit and optimize (Helpers/Techniques/Data/make_series.R). The 80 years come as float32, which holds whole numbers exactly.
    [Fact]
    public async Task The_power_and_the_noise_of_a_window_on_lynx_in_Keras_are_those_of_R()
    {
        var found = await Elsewhere.Run("07-skewed-series-sliding-windows",
            new Dictionary<string, Tensor> { ["series"] = DataSets.Lynx().y[..80] }, "", ("lambda", "lam"), ("weights", "weights"));
        Assert.Equal(0.0716056, found["lambda"][0], 1e-3);
        Assert.Equal(7, found["weights"].Length);
        Assert.True(found["weights"][0] > 0.8);
    }

    // scikit-learn 1.2, BayesianRidge without priors on columns of length 1.
    [Fact]
    public async Task The_evidence_in_Keras_finds_the_strength_of_BayesianRidge()
    {
        var data = DataSets.Diabetes();
        var found = await Elsewhere.Run("02-let-the-data-price-complexity", new Dictionary<string, Tensor>
        {
            ["x"] = Scaling.UnitLength(data.X),
            ["y"] = tf.expand_dims(Scaling.Center(data.y), 1),
        }, "", ("strength", "strength"), ("alpha", "tf.exp(logs[0])"));
        // The columns come as float32.
        Assert.Equal(0.033611841, found["strength"][0], 1e-5);
        Assert.Equal(3.410195e-4, found["alpha"][0], 1e-8);
    }
}
