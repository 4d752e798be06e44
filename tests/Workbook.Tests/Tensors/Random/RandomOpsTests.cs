using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class RandomOpsTests
{
    [Fact]
    public void A_seed_that_is_set_gives_the_generators_numbers()
    {
        tf.random.set_seed(1);
        Arrays.Near(new[] { 0.56656158, 0.74578176, 0.97100275 }, tf.random.uniform(3, dtype: tf.float64), relative: 1e-8);
        tf.random.set_seed(1);
        Arrays.Near(new[] { -0.03426732, -1.29260853, -2.50006749, 0.91146659 }, tf.random.normal(4, dtype: tf.float64), relative: 1e-8);
        tf.random.set_seed(1);
        Arrays.Same(tf.random.shuffle(tf.range(10)), 10, 4, 2, 8, 1, 9, 3, 0, 6, 7, 5);
    }

    [Fact]
    public void A_seed_of_its_own_does_not_move_the_generator()
    {
        tf.random.set_seed(3);
        var plain = tf.random.uniform(4);
        tf.random.set_seed(3);
        tf.random.normal(7, seed: 5);
        Arrays.Near(plain, tf.random.uniform(4), relative: 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_another_gives_others()
    {
        Arrays.Near(tf.random.normal((2, 3), seed: 5), tf.random.normal((2, 3), seed: 5), relative: 0);
        Assert.NotEqual(tf.random.normal((2, 3), seed: 5).ToArray<float>(), tf.random.normal((2, 3), seed: 6).ToArray<float>());
    }

    [Fact]
    public void Uniform_numbers_stay_below_the_end_even_in_float32()
    {
        var x = tf.random.uniform(100_000, minval: 1, maxval: 1 + 1e-6, seed: 1).ToArray<float>();
        Assert.All(x, v => Assert.InRange(v, 1, MathF.BitDecrement((float)(1 + 1e-6))));
    }

    [Fact]
    public void Uniform_integers_take_every_value_below_the_end()
    {
        var x = tf.random.uniform(1000, minval: -2, maxval: 2, dtype: tf.int32, seed: 1);
        Assert.Equal([-2, -1, 0, 1], x.ToArray<int>().Distinct().Order());
        Assert.Contains("maxval", Assert.Throws<ArgumentException>(() => tf.random.uniform(3, dtype: tf.int32)).Message);
    }

    /// <summary>The bounds are five standard errors: they hold for this seed and would for nearly every other.</summary>
    [Fact]
    public void Normal_numbers_have_the_mean_and_deviation_asked_for()
    {
        var x = tf.random.normal(10_000, mean: 3, stddev: 2, dtype: tf.float64, seed: 1);
        Assert.Equal(3, (double)tf.reduce_mean(x), 5 * 2 / 100.0);
        Assert.Equal(2, (double)tf.math.reduce_std(x), 5 * 2 / 141.0);
    }

    [Fact]
    public void Truncated_normal_numbers_lie_within_two_deviations()
    {
        var x = tf.random.truncated_normal(2000, mean: 1, stddev: 3, seed: 1).ToArray<float>();
        Assert.All(x, v => Assert.InRange(v, -5, 7));
        Assert.Contains(x, v => Math.Abs(v - 1) > 4);
    }

    [Fact]
    public void Shuffling_keeps_rows_together()
    {
        var x = tf.random.shuffle(new[,] { { 1, 10 }, { 2, 20 }, { 3, 30 }, { 4, 40 } }, seed: 2);
        Assert.Equal([1, 2, 3, 4], x[.., 0].ToArray<int>().Order());
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(10 * (int)x[i, 0], (int)x[i, 1]));
    }
}
