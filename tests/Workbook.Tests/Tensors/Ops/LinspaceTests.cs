using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

public class LinspaceTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 2, 4)]
    [InlineData(4, 10 / 3.0, 20 / 3.0)]
    public void Both_ends_have_gradients(int num, double start, double stop)
    {
        var (a, b) = (tf.Variable(1.0, dtype: tf.float64), tf.Variable(2.0, dtype: tf.float64));
        using var tape = tf.GradientTape();
        var y = tf.linspace(a, b, num) * tf.cast(tf.range(1, num + 1), tf.float64);
        var gradients = tape.gradient(y, [a, b], unconnected_gradients: UnconnectedGradients.ZERO);
        Assert.Equal(start, (double)gradients[0], 1e-14);
        Assert.Equal(stop, (double)gradients[1], 1e-14);
    }

    [Fact]
    public void Second_gradients_go_through_it()
    {
        var v = tf.Variable(2.0);
        using var outer = tf.GradientTape();
        using var inner = tf.GradientTape();
        // Σ of (0, v/2, v)² = 5v²/4
        Assert.Equal(2.5, (double)outer.gradient(inner.gradient(tf.reduce_sum(tf.square(tf.linspace(0.0, v, 3))), v), v));
    }

    [Fact]
    public void Ends_of_any_shape_give_a_new_axis()
    {
        Tensor a = new[] { 1.0, 2 }, b = new[] { 4.0, 5 };
        Arrays.Near(new[,] { { 1, 2 }, { 2.5, 3.5 }, { 4.0, 5 } }, tf.linspace(a, b, 3));
        Arrays.Near(new[,] { { 1, 2.5, 4 }, { 2, 3.5, 5.0 } }, tf.linspace(a, b, 3, axis: -1));
        Assert.Equal(new Shape(4, 1, 2), tf.linspace(a, new[,] { { 2.0, 3 } }, 4).shape);
        Assert.Contains("axis", Assert.Throws<ShapeException>(() => tf.linspace(a, b, 3, axis: 2)).Message);
    }
}
