using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras;

/// <summary>keras.random: numbers from the global generator, from a number, or from a source of their own.</summary>
public class RandomTests
{
    static float[] Numbers(Tensor tensor) => tensor.ToArray<float>();

    [Fact]
    public void A_whole_number_gives_the_same_numbers_each_time_and_a_source_goes_on()
    {
        var source = keras.random.SeedGenerator(1337);
        var (first, second) = (Numbers(keras.random.normal((2, 3), seed: source)), Numbers(keras.random.normal((2, 3), seed: source)));
        Assert.NotEqual(first, second);
        var again = keras.random.SeedGenerator(1337);
        Assert.Equal(first, Numbers(keras.random.normal((2, 3), seed: again)));
        Assert.Equal(second, Numbers(keras.random.normal((2, 3), seed: again)));
        Assert.Equal(Numbers(keras.random.uniform(4, seed: 7)), Numbers(keras.random.uniform(4, seed: 7)));
        Assert.NotEqual(Numbers(keras.random.uniform(4, seed: 7)), Numbers(keras.random.uniform(4, seed: 8)));
    }

    [Fact]
    public void The_global_generator_stands_behind_what_has_no_seed()
    {
        tf.random.set_seed(3);
        var (numbers, source) = (Numbers(keras.random.normal(3)), Numbers(keras.random.normal(3, seed: keras.random.SeedGenerator())));
        tf.random.set_seed(3);
        Assert.Equal(numbers, Numbers(tf.random.normal(3)));
        Assert.Equal(source, Numbers(keras.random.normal(3, seed: keras.random.SeedGenerator())));
        var named = keras.random.SeedGenerator(5);
        tf.random.set_seed(3);
        keras.random.normal(3, seed: named);
        keras.random.uniform(3, seed: 9);
        Assert.Equal(numbers, Numbers(keras.random.normal(3)));
    }

    [Fact]
    public void A_source_is_SplitMix64_whose_numbers_are_seeds()
    {
        var numbers = new SplitMix64(1337);
        var source = keras.random.SeedGenerator(1337);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Numbers(tf.random.normal(4, seed: (long)numbers.NextUInt64())), Numbers(keras.random.normal(4, seed: source)));
    }

    [Fact]
    public void Mean_deviation_and_bounds_are_those_asked_for()
    {
        var normal = keras.random.normal(20000, mean: 3.0, stddev: 2.0, dtype: tf.float64, seed: 1);
        Assert.Equal(3, (double)tf.reduce_mean(normal), 0.05);
        Assert.Equal(2, (double)tf.math.reduce_std(normal), 0.05);
        var uniform = keras.random.uniform(20000, minval: -1.0, maxval: 3.0, seed: 1).ToArray<double>();
        Assert.All(uniform, u => Assert.InRange(u, -1, 3));
        Assert.Equal(1, uniform.Average(), 0.05);
        Assert.Equal(tf.float64, normal.dtype);
        Assert.Equal(tf.float32, keras.random.normal(2).dtype);
    }

    [Fact]
    public void Numbers_have_the_type_of_the_configuration()
    {
        keras.config.set_floatx(tf.float64);
        try
        {
            Assert.Equal(tf.float64, keras.random.normal(2).dtype);
            Assert.Equal(tf.float64, keras.random.uniform(2).dtype);
        }
        finally
        {
            keras.config.set_floatx(tf.float32);
        }
    }

    [Fact]
    public void A_gradient_reaches_mean_deviation_and_bounds()
    {
        var (mean, deviation) = (tf.Variable(1.0, name: "mean"), tf.Variable(2.0, name: "deviation"));
        var (low, high) = (tf.Variable(0.0, name: "low"), tf.Variable(1.0, name: "high"));
        using var tape = tf.GradientTape(persistent: true);
        var normal = tf.reduce_sum(keras.random.normal(5, mean, deviation, seed: 4));
        var uniform = tf.reduce_sum(keras.random.uniform(5, low, high, seed: 4));
        Assert.Equal(5, (double)tape.gradient(normal, mean), 1e-5);
        Assert.Equal(Numbers(keras.random.normal(5, seed: 4)).Sum(), (double)tape.gradient(normal, deviation), 1e-5);
        var drawn = Numbers(keras.random.uniform(5, seed: 4)).Sum();
        Assert.Equal(drawn, (double)tape.gradient(uniform, high), 1e-5);
        Assert.Equal(5 - drawn, (double)tape.gradient(uniform, low), 1e-5);
    }
}
