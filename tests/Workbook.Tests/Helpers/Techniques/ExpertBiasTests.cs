using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Prices of experts. Truth: the assignment problem, by scipy (cheap-models.json, by make_cheap_models.py).</summary>
public class ExpertBiasTests
{
    static readonly JsonElement truth = JsonDocument.Parse(File.ReadAllText(
        Repository.File("tests/Workbook.Tests/Helpers/Techniques/cheap-models.json"))).RootElement.GetProperty("experts");

    [Fact]
    public void Learned_biases_reach_the_largest_sum_that_equal_loads_allow()
    {
        var scores = Scores();
        var experts = new ExpertBias(rate: 0.02);
        Assert.Equal(truth.GetProperty("free").GetDouble(), (double)tf.reduce_sum(experts.Apply(scores)), 1e-3);
        Assert.Equal(truth.GetProperty("free_loads").Deserialize<int[]>()!, experts.Loads);
        for (var i = 0; i < 400; i++) experts.Apply(scores, training: true);
        experts = Finer(experts, scores);
        var routed = experts.Apply(scores);
        var (equal, sum) = (truth.GetProperty("equal").GetDouble(), (double)tf.reduce_sum(routed));
        Assert.All(experts.Loads, load => Assert.InRange(load, 14, 18));
        // Duality: at any biases the sum of what is chosen is at least what equal loads can reach, less the price of unequal ones.
        var prices = (-experts.bias!).ToArray<double>();
        var bound = sum - experts.Loads.Zip(prices, (load, price) => (load - 16) * price).Sum();
        Assert.InRange(bound, equal - 1e-3, equal + 1e-2);
        Assert.Equal(0, prices.Sum(), 1e-4);
    }

    [Fact]
    public void What_is_chosen_keeps_its_score_and_the_bias_gets_no_gradient()
    {
        var experts = new ExpertBias(k: 2);
        var x = tf.constant(new[,] { { 0.1f, 0.4f, 0.3f }, { 0.5f, 0.2f, 0.6f } });
        using var tape = tf.GradientTape();
        tape.watch(x);
        var y = experts.Apply(x, training: true);
        Assert.Equal([0, 0.4f, 0.3f, 0.5f, 0, 0.6f], y.ToArray<float>());
        Assert.Equal([1, 1, 2], experts.Loads);
        Assert.Equal([0, 1, 1, 1, 0, 1], tape.gradient(tf.reduce_sum(y), x)!.ToArray<float>());
        Assert.Empty(experts.trainable_variables);
        // 4/3 on average: the third expert became dearer, the others cheaper, and the mean is 0.
        float[] moved = [0.001f, 0.001f, -0.001f];
        var b = experts.bias!.read_value().ToArray<float>();
        for (var i = 0; i < 3; i++) Assert.Equal(moved[i] - moved.Average(), b[i], 1e-7);
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_named_and_move_no_bias()
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity })
            foreach (var training in new[] { true, false })
            {
                var experts = new ExpertBias(name: "experts");
                var scores = tf.constant(new[,] { { 1f, 2, 0 }, { 3, bad, 1 } });
                var said = Assert.Throws<NumericException>(() => experts.Apply(scores, training));
                Assert.Contains("'experts'", said.Message);
                Assert.Contains("token 1", said.Message);
                Assert.All(experts.bias!.read_value().ToArray<float>(), b => Assert.Equal(0, b));
            }
    }

    [Fact]
    public void An_expert_that_is_closed_to_a_token_by_minus_infinity_is_not_chosen()
    {
        var experts = new ExpertBias(k: 2, name: "experts");
        var x = tf.constant(new[,] { { 1f, float.NegativeInfinity, 0 }, { 3, 2, 1 } });
        Assert.Equal([1, 0, 0, 3, 2, 0], experts.Apply(x, training: true).ToArray<float>());
        Assert.Equal([2, 1, 1], experts.Loads);
        var closed = tf.constant(new[,] { { 1f, float.NegativeInfinity, float.NegativeInfinity } });
        Assert.Contains("token 0", Assert.Throws<NumericException>(() => experts.Apply(closed, training: true)).Message);
    }

    [Fact]
    public void Tokens_that_are_masked_out_fill_no_expert()
    {
        var (masking, experts) = (Workbook.Keras.keras.layers.Masking(), new ExpertBias(rate: 1));
        var x = tf.constant(new[, ,] { { { 1f, 2, 0 }, { 3, 1, 1 }, { 0, 0, 0 } }, { { 1, 5, 0 }, { 0, 0, 0 }, { 0, 0, 0 } } });
        var y = experts.Apply(masking.Apply(x), training: true);
        Assert.Equal([1, 2, 0], experts.Loads);
        Assert.Equal([0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0], y.ToArray<float>());
        Assert.Equal([0f, -1, 1], experts.bias!.read_value().ToArray<float>());
    }

    [Fact]
    public void A_layer_that_is_frozen_moves_no_bias()
    {
        var experts = new ExpertBias();
        experts.Apply(Scores());
        experts.trainable = false;
        experts.Apply(Scores(), training: true);
        Assert.All(experts.bias!.read_value().ToArray<float>(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Outside_of_training_no_bias_moves()
    {
        var experts = new ExpertBias();
        experts.Apply(Scores());
        Assert.All(experts.bias!.read_value().ToArray<float>(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Fewer_experts_than_choices_and_numbers_outside_are_refused()
    {
        Assert.Contains("more than k = 3 experts",
            Assert.Throws<ShapeException>(() => new ExpertBias(k: 3).Apply(tf.zeros((4, 3)))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpertBias(k: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpertBias(rate: 0));
    }

    /// <summary>The same biases, moved in ever smaller steps.</summary>
    static ExpertBias Finer(ExpertBias rough, Tensor scores)
    {
        for (var rate = 0.01; rate > 2e-4; rate /= 2)
        {
            var fine = new ExpertBias(rate: rate);
            fine.Apply(scores);
            fine.bias!.assign(rough.bias!);
            for (var i = 0; i < 100; i++) fine.Apply(scores, training: true);
            rough = fine;
        }
        return rough;
    }

    static Tensor Scores()
    {
        var (tokens, experts) = (truth.GetProperty("tokens").GetInt32(), truth.GetProperty("experts").GetInt32());
        var scores = new double[tokens, experts];
        for (var i = 0; i < tokens; i++)
            for (var e = 0; e < experts; e++)
            {
                var wave = 43758.5453 * Math.Sin(12.9898 * i + 78.233 * e);
                scores[i, e] = Math.Round(2 * (wave - Math.Floor(wave)) + 0.2 * (3.5 - e), 6);
            }
        Assert.Equal(truth.GetProperty("sum").GetDouble(), scores.Cast<double>().Sum(), 1e-5);
        return tf.cast(tf.constant(scores), tf.float32);
    }
}
