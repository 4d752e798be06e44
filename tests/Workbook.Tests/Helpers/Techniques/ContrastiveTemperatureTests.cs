using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>The scale of a contrastive loss. Truth: its closed form, and the moments at the best scale.</summary>
public sealed class ContrastiveTemperatureTests : IDisposable
{
    public ContrastiveTemperatureTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(2, 7.324082)]
    [InlineData(64, 21.134531)]
    [InlineData(1024, 30.425731)]
    [InlineData(32768, 41.981339)]
    public void The_best_scale_for_a_gap_and_an_error_is_the_closed_form(int candidates, double scale) =>
        Assert.Equal(scale, ContrastiveTemperature.Best(0.3, 0.1, candidates), 1e-6);

    [Fact]
    public void Descent_and_Newton_come_to_the_closed_form()
    {
        // Ten pairs: each believes one candidate by the gap; in one row of ten that is another than the right one.
        const int N = 10;
        var c = new double[N, N];
        for (var i = 0; i < N; i++) c[i, i == 9 ? 0 : i] = 0.3;
        var truth = ContrastiveTemperature.Best(0.3, 0.1, N);
        Assert.Equal(truth, 1 / ContrastiveTemperature.Of(tf.constant(c)).Value, 1e-9);
        var scale = new ContrastiveTemperature(initial: 5);
        for (var i = 0; i < 400; i++)
            optimizers.SGD(1).minimize(() => scale.Loss(tf.constant(c), symmetric: false), [scale.Scale.Raw]);
        Assert.Equal(truth, (double)scale.Scale.Value, 1e-6);
    }

    [Fact]
    public void At_the_best_scale_the_right_pairs_are_as_similar_as_the_softmax_expects()
    {
        var c = Noisy();
        var s = 1 / ContrastiveTemperature.Of(c).Value;
        var expected = tf.reduce_mean(tf.reduce_sum(tf.nn.softmax(s * c) * c, -1));
        Assert.Equal((double)expected, (double)tf.reduce_mean(tf.linalg.diag_part(c)), 1e-10);
    }

    [Fact]
    public void Pairs_that_are_told_apart_drive_the_scale_to_its_limit_which_is_said()
    {
        var c = tf.eye(8, dtype: tf.float64) * 0.3;
        var scale = new ContrastiveTemperature(initial: 15, limit: 20);
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
            for (var i = 0; i < 300; i++) optimizers.SGD(1).minimize(() => scale.Loss(c), [scale.Scale.Raw]);
        Assert.Contains("nothing that was learned", Assert.Single(heard));
        Assert.InRange((double)scale.Scale.Value, 20, 25);
        Assert.Equal(20 * 0.3, (double)scale.Logits(c)[0, 0], 1e-12);
        // A gradient that lowers it passes: pairs that are mistaken bring it back.
        var mistaken = tf.constant(new[,] { { 0, 0.3 }, { 0.3, 0 } });
        using (Warnings.Hear(_ => true))
            for (var i = 0; i < 50; i++) optimizers.SGD(1).minimize(() => scale.Loss(mistaken), [scale.Scale.Raw]);
        Assert.True((double)scale.Scale.Value < 5);
        Assert.Contains("that are all right", Assert.Throws<ArgumentException>(() => ContrastiveTemperature.Of(c)).Message);
    }

    [Theory]
    [InlineData(64, -4.14313)]
    [InlineData(512, -6.23637)]
    public void Where_similarities_say_nothing_the_bias_counts_the_candidates(int n, double bias)
    {
        var scale = new ContrastiveTemperature(bias: -5);
        var nothing = tf.zeros((n, n), tf.float64);
        for (var i = 0; i < 60; i++) optimizers.SGD(1).minimize(() => scale.SigmoidLoss(nothing), [scale.Bias]);
        Assert.Equal(-Math.Log(n - 1), (double)scale.Bias, 1e-8);
        Assert.Equal(bias, (double)scale.Bias, 1e-5);
    }

    [Fact]
    public void The_loss_of_two_sides_is_the_mean_of_both_cross_entropies()
    {
        var (c, scale) = (Noisy(), new ContrastiveTemperature(initial: 3));
        var labels = tf.range(12);
        var rows = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, 3 * c));
        var columns = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, 3 * tf.transpose(c)));
        Assert.Equal((double)rows, (double)scale.Loss(c, symmetric: false), 1e-12);
        Assert.Equal((double)(rows + columns) / 2, (double)scale.Loss(c), 1e-12);
    }

    [Fact]
    public void A_bias_that_the_loss_does_not_read_is_nobodys_to_train()
    {
        var scale = new ContrastiveTemperature();
        scale.Loss(tf.eye(3, dtype: Workbook.Keras.keras.config.floatx()));
        Assert.DoesNotContain(scale.Bias, scale.trainable_variables);
        scale.SigmoidLoss(tf.eye(3, dtype: Workbook.Keras.keras.config.floatx()));
        Assert.Contains(scale.Bias, scale.trainable_variables);
    }

    [Fact]
    public void Similarities_that_are_not_square_and_numbers_outside_are_refused()
    {
        Assert.Contains("shape (n, n)", Assert.Throws<ShapeException>(() => new ContrastiveTemperature().Loss(tf.zeros((3, 4)))).Message);
        Assert.Throws<ShapeException>(() => ContrastiveTemperature.Of(tf.zeros((1, 1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => ContrastiveTemperature.Best(0.3, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveTemperature(limit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveTemperature(initial: -1));
    }

    [Fact]
    public void A_pair_that_is_masked_by_minus_infinity_is_none_and_every_gradient_is_finite()
    {
        var (c, scale) = (Noisy(), new ContrastiveTemperature(initial: 3));
        var mask = tf.where(tf.equal(tf.one_hot(3, 12, dtype: tf.float64), 1.0), double.NegativeInfinity, tf.zeros(12, tf.float64));
        var masked = tf.concat([tf.expand_dims(mask, 0), tf.zeros((11, 12), tf.float64)], 0) + c;
        using var tape = tf.GradientTape(persistent: true);
        tape.watch(masked);
        foreach (var loss in new[] { scale.Loss(masked, symmetric: false), scale.Loss(masked), scale.SigmoidLoss(masked) })
        {
            var slopes = tape.gradient(loss, [scale.Scale.Raw, masked]);
            Assert.True(double.IsFinite((double)loss));
            Assert.All(slopes, s => Assert.True((bool)tf.reduce_all(tf.math.is_finite(s!))));
            Assert.Equal(0, (double)slopes[1]![0, 3]);
        }
        // The first row chooses among the eleven others.
        var z = (3 * c).ToArray<double>().Chunk(12).ToArray();
        double Surprise(int i) => Math.Log(z[i].Where((_, j) => (i, j) != (0, 3)).Sum(Math.Exp)) - z[i][i];
        Assert.Equal(Enumerable.Range(0, 12).Average(Surprise), (double)scale.Loss(masked, symmetric: false), 1e-12);
    }

    [Fact]
    public void A_right_pair_that_is_closed_is_refused() =>
        Assert.Contains("−∞ for pair 1", Assert.Throws<NumericException>(() => new ContrastiveTemperature().Loss(
            tf.constant(new[,] { { 1, 0.5 }, { 0.2, double.NegativeInfinity } }))).Message);

    [Fact]
    public void A_bias_that_is_no_number_is_refused() =>
        Assert.Contains("bias", Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveTemperature(bias: double.NaN)).Message);

    static Tensor Noisy()
    {
        var a = tf.random.normal((12, 4), seed: 1, dtype: tf.float64);
        var b = a + 0.9 * tf.random.normal((12, 4), seed: 2, dtype: tf.float64);
        return tf.matmul(a / tf.norm(a, axis: -1, keepdims: true), b / tf.norm(b, axis: -1, keepdims: true), transpose_b: true);
    }
}
