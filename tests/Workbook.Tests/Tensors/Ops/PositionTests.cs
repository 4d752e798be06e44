using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>argmax and argmin where negation overflows, at ties and beside NaN, as TensorFlow 2.21 has them.</summary>
public class PositionTests
{
    [Fact]
    public void The_smallest_whole_number_is_the_smallest()
    {
        Assert.Equal(0, (long)tf.argmin(new[] { int.MinValue, 0 }));
        Assert.Equal(1, (long)tf.argmin(new[] { int.MinValue + 1, int.MinValue }));
        Assert.Equal(1, (long)tf.argmin(new[] { -1, int.MinValue, int.MaxValue }));
        Assert.Equal(0, (long)tf.argmin(new[] { long.MinValue, 0 }));
        Assert.Equal(1, (long)tf.argmin(new[] { long.MinValue + 1, long.MinValue }));
        Assert.Equal(1, (long)tf.argmin(new[] { long.MaxValue, long.MinValue }));
        Assert.Equal(0, (long)tf.argmin(new[] { int.MinValue, int.MinValue }));
        Assert.Equal(0, (long)tf.argmin(new[] { int.MaxValue, int.MaxValue }));
        Assert.Equal(1, (long)tf.argmax(new[] { int.MinValue, int.MaxValue }));
        Assert.Equal(0, (long)tf.argmax(new[] { long.MinValue, long.MinValue }));
    }

    [Theory]
    [InlineData(new[] { double.NaN, 1 }, 1, 1)]
    [InlineData(new[] { 1, double.NaN }, 0, 0)]
    [InlineData(new[] { double.NaN, double.NaN }, 0, 0)]
    [InlineData(new[] { 1, double.NaN, 0 }, 0, 2)]
    [InlineData(new[] { double.NaN, double.NaN, 0, 5 }, 3, 2)]
    [InlineData(new[] { double.PositiveInfinity, double.NaN }, 0, 0)]
    [InlineData(new[] { 0.0, -0.0 }, 0, 0)]
    [InlineData(new[] { 2.0, 2, 1, 1 }, 0, 2)]
    public void Numbers_win_over_NaN_and_the_first_wins_a_tie(double[] x, long largest, long smallest)
    {
        Assert.Equal((largest, smallest), ((long)tf.argmax(x), (long)tf.argmin(x)));
        var single = tf.cast(x, tf.float32);
        Assert.Equal((largest, smallest), ((long)tf.argmax(single), (long)tf.argmin(single)));
    }

    [Fact]
    public void An_infinite_number_wins_over_NaN_too()
    {
        Assert.Equal(1, (long)tf.argmax(new[] { double.NaN, double.NegativeInfinity }));
        Assert.Equal(1, (long)tf.argmax(new[] { double.NaN, double.PositiveInfinity }));
        Assert.Equal(1, (long)tf.argmin(new[] { double.NaN, double.NegativeInfinity }));
        Assert.Equal(1, (long)tf.argmin(new[] { double.NaN, double.PositiveInfinity }));
    }

    [Fact]
    public void Means_of_large_whole_numbers_are_exact()
    {
        Assert.Equal((1L << 53) + 1, (long)tf.reduce_mean(new[] { (1L << 53) + 1 }));
        Assert.Equal(-3, (int)tf.reduce_mean(new[] { -3, -4 }));
        // Sums of whole numbers wrap, here as in TensorFlow.
        Assert.Equal(-(1L << 62), (long)tf.reduce_mean(new[] { 1L << 62, 1L << 62 }));
    }

    [Fact]
    public void A_range_of_large_whole_numbers_is_exact()
    {
        var start = (1L << 53) + 1;
        Assert.Equal([start, start + 1, start + 2], tf.range(start, start + 3).ToArray<long>());
        Assert.Equal([1L << 53, (1L << 53) + 3, (1L << 53) + 6], tf.range(1L << 53, (1L << 53) + 8, 3).ToArray<long>());
        Assert.Equal([5, 3, 1], tf.range(5, 0, -2).ToArray<int>());
        Assert.Equal([int.MaxValue - 1], tf.range(int.MaxValue - 1, int.MaxValue, 5).ToArray<int>());
    }
}
