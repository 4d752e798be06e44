using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

/// <summary>Bounds, means and deviations of random numbers may be variables, and then a gradient reaches them, as in TensorFlow.</summary>
public class ReparametrisationTests
{
    static double Slope(Variable v, Func<Tensor> draw)
    {
        using var tape = tf.GradientTape();
        return (double)tape.gradient(tf.reduce_sum(draw()), v);
    }

    [Fact]
    public void A_mean_has_a_gradient_of_one_for_each_number_and_a_deviation_that_of_the_standard_number()
    {
        var v = tf.Variable(2.0, dtype: tf.float64);
        var standard = (double)tf.reduce_sum(tf.random.normal(5, dtype: tf.float64, seed: 3));
        Assert.Equal(5, Slope(v, () => tf.random.normal(5, mean: v, dtype: tf.float64, seed: 3)), 1e-12);
        Assert.Equal(standard, Slope(v, () => tf.random.normal(5, stddev: v, dtype: tf.float64, seed: 3)), 1e-12);
        var cut = (double)tf.reduce_sum(tf.random.truncated_normal(5, dtype: tf.float64, seed: 3));
        Assert.Equal(5, Slope(v, () => tf.random.truncated_normal(5, mean: v, dtype: tf.float64, seed: 3)), 1e-12);
        Assert.Equal(cut, Slope(v, () => tf.random.truncated_normal(5, stddev: v, dtype: tf.float64, seed: 3)), 1e-12);
    }

    [Fact]
    public void Bounds_of_uniform_numbers_have_gradients()
    {
        var v = tf.Variable(2.0, dtype: tf.float64);
        var standard = (double)tf.reduce_sum(tf.random.uniform(5, dtype: tf.float64, seed: 3));
        Assert.Equal(standard, Slope(v, () => tf.random.uniform(5, maxval: v, dtype: tf.float64, seed: 3)), 1e-12);
        Assert.Equal(5 - standard, Slope(v, () => tf.random.uniform(5, minval: v, maxval: 9, dtype: tf.float64, seed: 3)), 1e-12);
    }

    [Fact]
    public void A_number_and_a_variable_of_that_value_draw_the_same()
    {
        var v = tf.Variable(0.1, dtype: tf.float64);
        Arrays.Near(tf.random.normal(9, 0, 0.1, tf.float64, seed: 4), tf.random.normal(9, 0, v, tf.float64, seed: 4));
        Arrays.Near(tf.random.uniform(9, -3, 0.1, tf.float64, seed: 4), tf.random.uniform(9, -3, v, tf.float64, seed: 4));
    }

    [Fact]
    public void A_deviation_trains_to_that_of_the_data()
    {
        // The squared distance of the second moments: the deviation that draws like the data is 3.
        var deviation = tf.Variable(1.0);
        for (var step = 0; step < 400; step++)
        {
            using var tape = tf.GradientTape();
            var loss = tf.square(tf.reduce_mean(tf.square(tf.random.normal(500, stddev: deviation, seed: step))) - 9.0);
            deviation.assign_sub(0.002 * tape.gradient(loss, deviation));
        }
        Assert.Equal(3, (double)deviation.value(), 0.15);
    }

    [Fact]
    public void Means_of_several_numbers_broadcast()
    {
        Tensor means = new[] { 10f, 20f, 30f };
        Arrays.Near(new[,] { { 10f, 20, 30 }, { 10, 20, 30 } }, tf.random.normal((2, 3), means, 0));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("normal", Assert.Throws<DTypeException>(() => tf.random.normal(2, stddev: tf.constant(2.0, tf.float64))).Message);
        Assert.Contains("uniform", Assert.Throws<DTypeException>(() => tf.random.uniform(2, 0, tf.Variable(9.0), tf.int32)).Message);
        Assert.Contains("scalar", Assert.Throws<ShapeException>(() => tf.random.uniform(2, 0, new[] { 3, 4 }, tf.int32)).Message);
        Assert.Contains("maxval", Assert.Throws<ArgumentException>(() => tf.random.uniform(2, dtype: tf.int32)).Message);
        Assert.Contains("maxval", Assert.Throws<ArgumentException>(() => tf.random.uniform(2, 3, 3, tf.int64)).Message);
    }
}
