using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>MGDA, PCGrad and GradNorm on gradients that are known: the loss g·x has the gradient g.</summary>
public class GradientWeightsTests
{
    readonly Variable x = tf.Variable(tf.zeros(2, tf.float64), name: "x");

    /// <summary>References: numpy, from γ = clip((g₂ − g₁)·g₂ / ‖g₁ − g₂‖², 0, 1) for the first gradient's weight.</summary>
    [Theory]
    [InlineData(1, 0, 0, 1, 0.5)]
    [InlineData(1, 0, -0.5, 1, 0.5384615384615384)]
    [InlineData(1, 0, 3, 1, 1)]
    [InlineData(3, 1, 1, 0, 0)]
    [InlineData(1, 0, -2, 0, 0.6666666666666666)]
    public void MGDA_weighs_two_gradients_by_the_closed_form(double a, double b, double c, double d, double weight)
    {
        var balance = new MGDA(2, dtype: tf.float64);
        var direction = Direction(balance, [a, b], [c, d]);
        Near([weight, 1 - weight], balance.Weights);
        Near([weight * a + (1 - weight) * c, weight * b + (1 - weight) * d], direction);
    }

    [Fact]
    public void MGDA_finds_the_shortest_mean_of_many_gradients_and_lowers_every_loss()
    {
        var random = new SplitMix64(3);
        for (var round = 0; round < 50; round++)
        {
            var K = 2 + round % 5;
            // A common part, so that not every set of gradients surrounds 0.
            var gradients = Enumerable.Range(0, K)
                .Select(_ => Enumerable.Range(0, 6).Select(i => random.NextNormal() + (i == 0 ? 1 : 0)).ToArray()).ToArray();
            var balance = new MGDA(K, dtype: tf.float64);
            var d = Direction(balance, gradients);
            var weights = balance.Weights.read_value().ToArray<double>();
            Assert.Equal(1, weights.Sum(), 1e-12);
            Assert.All(weights, w => Assert.True(w >= 0));
            // The condition of optimality: d·g_i ≥ ‖d‖², with equality where a gradient has weight. The gap that MGDA leaves is 1e-13 of
            // the longest.
            var (squared, longest) = (Dot(d, d), gradients.Max(g => Dot(g, g)));
            Assert.All(gradients.Zip(weights),
                g => Assert.True(
                    Dot(d, g.First) >= squared - 1e-12 * longest && (g.Second < 1e-6 || Dot(d, g.First) <= squared + 1e-6 * longest)));
        }
    }

    [Fact]
    public void MGDA_gives_no_direction_where_gradients_surround_zero()
    {
        var balance = new MGDA(3, dtype: tf.float64);
        Near([0, 0], Direction(balance, [1, 0], [-0.5, 1], [-0.5, -1]));
        Near([1.0 / 3, 1.0 / 3, 1.0 / 3], balance.Weights);
    }

    [Fact]
    public void MGDA_of_equal_gradients_is_that_gradient() => Near([1, 2], Direction(new MGDA(2, dtype: tf.float64), [1, 2], [1, 2]));

    /// <summary>References: numpy. g₁' = (1, 0) + 0.4·(−0.5, 1), g₂' = (−0.5, 1) + 0.5·(1, 0).</summary>
    [Fact]
    public void PCGrad_takes_from_each_gradient_what_works_against_the_other()
    {
        var balance = new PCGrad(2, dtype: tf.float64);
        var direction = Direction(balance, [1, 0], [-0.5, 1]);
        Near([0.8, 1.4], direction);
        Near([1.5, 1.4], balance.Weights);
        Assert.Equal(0.8, Dot(direction, [1, 0]), 1e-12);
        Assert.Equal(1.0, Dot(direction, [-0.5, 1]), 1e-12);
    }

    [Fact]
    public void PCGrad_adds_gradients_that_do_not_conflict() => Near([4, 1], Direction(new PCGrad(2, dtype: tf.float64), [1, 0], [3, 1]));

    [Fact]
    public void PCGrad_of_opposite_gradients_stands_still() => Near([0, 0], Direction(new PCGrad(2, dtype: tf.float64), [1, 0], [-2, 0]));

    [Fact]
    public void PCGrad_of_three_gradients_is_the_surgery_by_its_definition()
    {
        double[][] gradients = [[1, 0], [-1, 0.5], [-0.3, -1]];
        const ulong seed = 5;
        var order = new SplitMix64(seed);
        var expected = new double[2];
        for (var i = 0; i < 3; i++)
        {
            var g = gradients[i];
            foreach (var j in order.Permutation(3).Where(j => j != i))
                if (Dot(g, gradients[j]) is < 0 and var dot)
                    g = [.. g.Zip(gradients[j], (a, b) => a - dot / Dot(gradients[j], gradients[j]) * b)];
            expected = [.. expected.Zip(g, (a, b) => a + b)];
        }
        Near(expected, Direction(new PCGrad(3, seed, dtype: tf.float64), gradients));
    }

    [Fact]
    public void A_gradient_of_zero_conflicts_with_nothing()
    {
        Near([1, 0], Direction(new PCGrad(2, dtype: tf.float64), [1, 0], [0, 0]));
        Near([0, 0], Direction(new MGDA(2, dtype: tf.float64), [1, 0], [0, 0]));
    }

    [Fact]
    public void A_head_moves_by_its_own_loss_and_weights_that_nothing_reads_stand_still()
    {
        Variable head = tf.Variable(2.0, name: "head", dtype: tf.float64), idle = tf.Variable(1.0, name: "idle", dtype: tf.float64);
        IReadOnlyList<Tensor> Losses() => [Dot(tf.constant(new[] { 1.0, 0 }), x) + 3 * head, 1 + Dot(tf.constant(new[] { 0, 1.0 }), x)];
        foreach (var balance in new GradientWeights[] { new MGDA(2, dtype: tf.float64), new PCGrad(2, dtype: tf.float64) })
        {
            var (losses, gradients) = balance.Step(Losses, [head, x, idle]);
            Assert.Equal([6.0, 1], losses.Select(l => (double)l));
            Near([3], gradients[0]);
            Near([0], gradients[2]);
        }
        var norm = new GradNorm(2, dtype: tf.float64);
        norm.Weights.assign(tf.constant(new[] { 0.5, 1.5 }));
        Near([1.5], norm.Step(Losses, [head, x]).Gradients[0]);
    }

    [Fact]
    public void GradNorm_never_turns_a_loss_around()
    {
        // One loss pulls a thousand times as hard, so one step of the weights would overshoot zero by far.
        var balance = new GradNorm(2, rate: 1, dtype: tf.float64);
        Direction(balance, [1000, 0], [0, 1]);
        var weights = balance.Weights.read_value().ToArray<double>();
        Assert.All(weights, w => Assert.True(w > 0));
        Assert.Equal(2, weights.Sum(), 1e-12);
    }

    [Fact]
    public void GradNorm_refuses_a_first_loss_of_zero() =>
        Assert.Contains("Received: 0, 1",
            Assert.Throws<ArgumentException>(
                () => new GradNorm(2, dtype: tf.float64).Step(() => [tf.reduce_sum(x), 1 + tf.reduce_sum(x)], [x])).Message);

    [Fact]
    public void A_model_that_holds_weights_owns_them_and_no_optimizer_moves_them()
    {
        var model = new Weighted();
        Assert.Contains(model.Balance.Weights, model.non_trainable_variables);
        Assert.Contains(model.Uncertainty.LogVariances, model.trainable_variables);
        Assert.Contains(model.Worst.Weights.Raw, model.trainable_variables);
    }

    [Fact]
    public void Losses_without_common_weights_and_a_wrong_number_of_losses_are_refused()
    {
        var other = tf.Variable(1.0, name: "other", dtype: tf.float64);
        Assert.Contains("none that two losses share",
            Assert.Throws<ArgumentException>(
                () => new MGDA(2, dtype: tf.float64).Step(() => [tf.reduce_sum(x), tf.square(other)], [x, other])).Message);
        Assert.Contains("expected 3 losses. Received: 1",
            Assert.Throws<ShapeException>(() => new PCGrad(3).Step(() => [tf.reduce_sum(x)], [x])).Message);
    }

    sealed class Weighted : Model
    {
        public readonly MGDA Balance = new(2);
        public readonly UncertaintyWeights Uncertainty = new(2);
        public readonly SoftmaxWeights Worst = new(2);
    }

    double[] Direction(GradientWeights balance, params double[][] gradients)
    {
        var w = gradients[0].Length == 2 ? x : tf.Variable(tf.zeros(gradients[0].Length, tf.float64), name: "w");
        return balance.Step(() => [.. gradients.Select(g => 1 + Dot(tf.constant(g), w))], [w]).Gradients[0].ToArray<double>();
    }

    static Tensor Dot(Tensor a, Operand b) => tf.reduce_sum(a * b);

    static double Dot(double[] a, double[] b) => a.Zip(b, (s, t) => s * t).Sum();

    // Float64 with a handful of operations.
    static void Near(double[] expected, Operand actual) => Near(expected, tf.constant(actual, tf.float64).ToArray<double>());

    static void Near(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-10);
}
