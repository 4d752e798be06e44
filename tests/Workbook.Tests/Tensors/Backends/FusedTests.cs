using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>Fused forms against the composition that they stand for.</summary>
public class FusedTests
{
    static Tensor Normal(int rows, int columns, int seed) => tf.random.normal((rows, columns), dtype: tf.float64, seed: seed);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dense_layer_is_its_composition_to_second_order(bool relu)
    {
        Tensor[] inputs = [Normal(5, 7, 1), Normal(7, 11, 2), tf.reshape(Normal(1, 11, 3), 11)];
        Tensor Composed(Tensor[] xs) => tf.matmul(xs[0], xs[1]) + xs[2] is var z && relu ? tf.nn.relu(z) : z;
        Same(xs => tf.nn.dense(xs[0], xs[1], xs[2], relu), Composed, inputs);
    }

    [Fact]
    public void Softmax_cross_entropy_is_its_composition_to_second_order()
    {
        Tensor[] inputs = [tf.nn.softmax(Normal(6, 19, 4)), Normal(6, 19, 5)];
        Same(xs => tf.nn.softmax_cross_entropy_with_logits(xs[0], xs[1]),
            xs => -tf.reduce_sum(xs[0] * (xs[1] - tf.reduce_logsumexp(xs[1], -1, keepdims: true)), -1), inputs);
    }

    [Fact]
    public void Half_a_sum_of_squares_is_its_composition_to_second_order() =>
        Same(xs => tf.nn.l2_loss(xs[0]), xs => 0.5 * tf.reduce_sum(tf.square(xs[0])), [Normal(6, 19, 6)]);

    static void Same(Func<Tensor[], Tensor> fused, Func<Tensor[], Tensor> composed, Tensor[] inputs)
    {
        var weights = tf.random.normal(fused(inputs).shape, dtype: tf.float64, seed: 9);
        var directions = Array.ConvertAll(inputs, x => tf.random.normal(x.shape, dtype: tf.float64, seed: 10));
        var a = Derivatives.Of(xs => [fused(xs)], inputs, [weights], directions);
        var b = Derivatives.Of(xs => [composed(xs)], inputs, [weights], directions);
        foreach (var (x, y) in a.Outputs.Concat(a.First).Concat(a.Second).Zip(b.Outputs.Concat(b.First).Concat(b.Second)))
            Assert.True(
                (double)tf.reduce_max(
                    tf.abs((x ?? tf.zeros(Shape.Scalar, tf.float64)) - (y ?? tf.zeros(Shape.Scalar, tf.float64)))) < 1e-12, $"{x}\n{y}");
    }

    [Fact]
    public void Adam_in_one_pass_is_Adam_in_many()
    {
        Variable w = tf.Variable(tf.ones((3, 7))), m = tf.Variable(tf.zeros((3, 7))), v = tf.Variable(tf.zeros((3, 7)));
        Tensor w2 = tf.ones((3, 7)), m2 = tf.zeros((3, 7)), v2 = tf.zeros((3, 7));
        for (var step = 0; step < 5; step++)
        {
            var g = tf.random.normal((3, 7), seed: step);
            Backend.Current.Update(Updates.Adam, w, g, m, v, [.01, .9, .999, 1e-7]);
            m2 += (g - m2) * (1 - .9);
            v2 += (tf.square(g) - v2) * (1 - .999);
            w2 -= .01 * m2 / (tf.sqrt(v2) + 1e-7);
        }
        Assert.True((double)tf.reduce_max(tf.abs(w - w2)) < 1e-6, $"{w} {w2}");
    }
}
