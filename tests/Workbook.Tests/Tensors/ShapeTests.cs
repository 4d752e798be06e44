using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void A_shape_is_written_as_in_Python()
    {
        Assert.Equal("()", Shape.Scalar.ToString());
        Assert.Equal("(3,)", new Shape(3).ToString());
        Assert.Equal("(2, 3)", ((Shape)(2, 3)).ToString());
    }

    [Fact]
    public void Shapes_are_equal_by_their_lengths()
    {
        Assert.Equal<Shape>([2, 3], (2, 3));
        Assert.True(tf.zeros([2, 3]).shape == (2, 3));
        Assert.True(tf.zeros(3).shape != (3, 1));
        Assert.Equal(((Shape)(2, 3)).GetHashCode(), new Shape(2, 3).GetHashCode());
    }

    [Fact]
    public void The_size_is_the_product_and_1_for_a_scalar()
    {
        Assert.Equal(1, Shape.Scalar.Size);
        Assert.Equal(0, ((Shape)(0, 5)).Size);
        Assert.Equal(24, ((Shape)(2, 3, 4)).Size);
    }

    [Fact]
    public void A_shape_too_large_for_an_array_is_refused_and_does_not_wrap()
    {
        Assert.Contains("(65536, 65536)", Assert.Throws<ShapeException>(() => tf.zeros((65536, 65536))).Message);
        Assert.Throws<ShapeException>(() => tf.tile(tf.zeros(65536), [65536]));
        Assert.Throws<ShapeException>(() => tf.broadcast_to(tf.zeros((65536, 1)), (65536, 65536)));
        Assert.Throws<ShapeException>(() => tf.zeros((65536, 1)) + tf.zeros((1, 65536)));
        Assert.Throws<ShapeException>(() => tf.reshape(tf.zeros(4), new[] { 65536, 65536, -1 }));
        Assert.Throws<ShapeException>(() => tf.one_hot(tf.zeros(65536, tf.int32), 65536));
    }

    [Fact]
    public void An_empty_axis_makes_any_other_length_possible() => Assert.Equal(0, tf.zeros((0, 65536, 65536)).size);

    [Fact]
    public void A_negative_length_is_refused() => Assert.Contains("-2", Assert.Throws<ShapeException>(() => tf.zeros((2, -2))).Message);
}
