using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>A rank that is learned. Truth: the singular values of the best product are max(σ − strength, 0).</summary>
public sealed class LowRankTests : IDisposable
{
    static readonly double[] sigma = [5, 3, 2, 1, 0.4, 0.1];

    public LowRankTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void Decay_on_both_factors_takes_the_same_from_every_singular_value()
    {
        var target = Matrix();
        var layer = Trained(target, 0.7, 2000);
        double[] expected = [4.3, 2.3, 1.3, 0.3];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], layer.SingularValues[i], 1e-6);
        Assert.Equal(4, layer.Rank());
        // Both factors are of one size.
        Assert.Equal((double)tf.norm(layer.first!), (double)tf.norm(layer.second!), 1e-6);
    }

    /// <summary>A product of rank 1 keeps (‖b‖ − strength)₊ of b = (1, −2, ½), whose length is 2.29128785.</summary>
    [Theory]
    [InlineData(0.3, 1.99128785)]
    [InlineData(1, 1.29128785)]
    [InlineData(2.5, 0)]
    public void A_single_direction_is_shortened_by_the_strength_and_goes_where_it_is_shorter(double strength, double left)
    {
        var (layer, one, b) = (new LowRank(3, strength, rank: 1, use_bias: false), tf.ones((1, 1), tf.float64),
            tf.constant(new[,] { { 1.0, -2, 0.5 } }));
        layer.Apply(one);
        layer.first!.assign(tf.ones((1, 1), tf.float64));
        layer.second!.assign(0.5 * b);
        var descent = optimizers.SGD(0.1);
        for (var i = 0; i < 800; i++)
            descent.minimize(() => tf.reduce_sum(tf.square(layer.Apply(one) - b)) / 2 + tf.add_n(layer.losses),
                layer.trainable_variables);
        Assert.Equal(left, Norm(layer.Apply(one)), 1e-6);
    }

    [Fact]
    public void Truncated_to_its_rank_the_layer_says_the_same()
    {
        var layer = Trained(Matrix(), 0.7, 2000);
        var (first, second) = layer.Truncated(layer.Rank());
        Assert.Equal(new Shape(8, 4), first.shape);
        var x = tf.eye(8, dtype: tf.float64);
        Assert.True((double)tf.reduce_max(tf.abs(tf.matmul(tf.matmul(x, first), second) - layer.Apply(x))) < 1e-6);
        // The best product of rank 1: what is left has the next singular value.
        var (a, b) = layer.Truncated(1);
        var rest = new LowRank(6, use_bias: false);
        rest.Apply(x);
        Assert.Equal(2.3, Norm(layer.Apply(x) - tf.matmul(a, b)), 1e-6);
    }

    [Fact]
    public void Decay_on_one_factor_alone_throws_the_other()
    {
        var (target, layer) = (Matrix(), new LowRank(6, use_bias: false));
        var x = tf.eye(8, dtype: tf.float64);
        layer.Apply(x);
        var optimizer = optimizers.SGD(0.01);
        for (var i = 0; i < 2000; i++)
            optimizer.minimize(() => 0.5 * tf.reduce_sum(tf.square(layer.Apply(x) - target))
                + 0.35 * tf.reduce_sum(tf.square(layer.first!)), [layer.first!, layer.second!]);
        Assert.True((double)tf.norm(layer.second!) > 3 * (double)tf.norm(layer.first!));
    }

    [Fact]
    public void The_penalty_is_half_the_strength_times_the_squares_of_both_factors_and_takes_a_variable()
    {
        var strength = new Positive(0.3, "strength", tf.float64);
        var layer = new LowRank(3, strength, rank: 2, activation: "relu");
        var model = Sequential([Input(4), layer]);
        Assert.Equal([new(4, 2), new(2, 3), 3], layer.get_weights().Take(3).Select(w => w.shape));
        var squares = (double)(tf.reduce_sum(tf.square(layer.first!)) + tf.reduce_sum(tf.square(layer.second!)));
        Assert.Equal(0.15 * squares, model.losses.Sum(l => (double)l), 1e-12);
        Assert.Contains(strength.Raw, model.trainable_variables);
        Assert.True((double)tf.reduce_min(model.Apply(tf.random.normal((5, 4), seed: 1, dtype: tf.float64))) >= 0);
    }

    [Fact]
    public void Sequences_keep_their_axes_and_numbers_outside_are_refused()
    {
        Assert.Equal(new Shape(2, 5, 3), new LowRank(3).Apply(tf.zeros((2, 5, 4), tf.float64)).shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LowRank(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LowRank(2, rank: 0));
        Assert.ThrowsAny<ArgumentException>(() => new LowRank(2, strength: -1));
        Assert.Throws<ModelException>(() => new LowRank(2).Rank());
        Assert.Throws<ShapeException>(() => new LowRank(2).Apply(tf.zeros(3, tf.float64)));
    }

    [Fact]
    public void A_strength_that_the_training_loss_would_remove_is_named_once()
    {
        var heard = new List<string>();
        using (Warnings.Hear(message =>
        {
            heard.Add(message);
            return true;
        }))
        {
            var model = Sequential([Input(4), new LowRank(3, tf.Variable(0.5, name: "strength", dtype: tf.float64))]);
            model.compile(optimizers.SGD(0.5), "mse");
            model.fit(tf.ones((4, 4), tf.float64), tf.ones((4, 3), tf.float64), epochs: 3, verbose: 0);
        }
        Assert.Equal([1, 1], new[] { "no lower bound", "left its range" }.Select(w => heard.Count(m => m.Contains(w))));
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public void Factors_that_are_not_finite_have_no_rank()
    {
        var layer = new LowRank(2);
        layer.Apply(tf.zeros((1, 3), tf.float64));
        layer.first!.assign(double.NaN * tf.ones_like(layer.first.value()));
        Assert.Contains("finite", Assert.Throws<NumericException>(() => layer.Rank()).Message);
    }

    static LowRank Trained(Tensor target, double strength, int steps)
    {
        var layer = new LowRank(6, strength, use_bias: false);
        var x = tf.eye(8, dtype: tf.float64);
        layer.Apply(x);
        var optimizer = optimizers.SGD(0.05);
        for (var i = 0; i < steps; i++)
            optimizer.minimize(() => 0.5 * tf.reduce_sum(tf.square(layer.Apply(x) - target)) + layer.losses.Aggregate((a, b) => a + b),
                [layer.first!, layer.second!]);
        return layer;
    }

    /// <summary>U·diag(σ)·V' with random orthogonal sides.</summary>
    static Tensor Matrix()
    {
        var (u, v) = (tf.linalg.qr(tf.random.normal((8, 6), seed: 1, dtype: tf.float64)).q,
            tf.linalg.qr(tf.random.normal((6, 6), seed: 2, dtype: tf.float64)).q);
        return tf.matmul(u * tf.constant(sigma), v, transpose_b: true);
    }

    /// <summary>The largest singular value.</summary>
    static double Norm(Tensor matrix) =>
        Math.Sqrt((double)tf.reduce_max(tf.linalg.eigvalsh(tf.matmul(matrix, matrix, transpose_a: true))));
}
