using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

/// <summary>C# ranges and indices on a matrix 0 … 11 of shape (3, 4).</summary>
public class TensorIndexTests
{
    readonly Tensor a = tf.reshape(tf.range(12), (3, 4));

    [Fact]
    public void A_position_drops_its_axis() => Arrays.Same(a[1], 4, 4, 5, 6, 7);

    [Fact]
    public void Positions_count_from_either_end()
    {
        Assert.Equal(11, (int)a[^1, ^1]);
        Assert.Equal(11, (int)a[-1, -1]);
        Assert.Equal(6, (int)a[1, 2]);
    }

    [Fact]
    public void A_range_keeps_its_axis() => Arrays.Same(a[1..3, ^1], 2, 7, 11);

    [Fact]
    public void An_open_range_takes_the_rest()
    {
        Arrays.Same(a[2.., ..2], (1, 2), 8, 9);
        Arrays.Same(a[.., 1], 3, 1, 5, 9);
        Arrays.Same(a[^1..], (1, 4), 8, 9, 10, 11);
        Arrays.Same(a[..^2, 0], 1, 0);
    }

    [Fact]
    public void A_range_from_the_very_end_is_empty()
    {
        Assert.Equal((0, 4), a[^0..].shape);
        Assert.Equal((3, 0), a[.., ^0..].shape);
        Assert.Equal((0, 4), a[..0].shape);
    }

    [Fact]
    public void A_range_out_of_range_is_clipped_and_an_empty_one_is_empty()
    {
        Assert.Equal((1, 4), a[2..10].shape);
        Assert.Equal((0, 4), a[5..].shape);
        Assert.Equal((0, 4), a[new TensorIndex(2, 1, 1)].shape);
    }

    [Fact]
    public void Steps_go_forward_and_backward()
    {
        Arrays.Same(a[0, new TensorIndex(null, null, 2)], 2, 0, 2);
        Arrays.Same(a[new TensorIndex(null, null, -1), 0], 3, 8, 4, 0);
        Arrays.Same(a[0, new TensorIndex(3, 0, -2)], 2, 3, 1);
    }

    [Fact]
    public void A_new_axis_and_an_ellipsis_stand_where_they_are_written()
    {
        Assert.Equal((1, 3, 4), a[TensorIndex.NewAxis].shape);
        Assert.Equal((3, 4, 1), a[TensorIndex.Ellipsis, TensorIndex.NewAxis].shape);
        Arrays.Same(a[TensorIndex.Ellipsis, 0], 3, 0, 4, 8);
    }

    [Fact]
    public void A_variable_is_indexed_like_a_tensor() => Assert.Equal(2, (double)tf.Variable(new[] { 1.0, 2 })[1]);

    [Fact]
    public void A_position_out_of_range_names_axis_and_shape()
    {
        Assert.Contains("axis 0 of (3, 4)", Assert.Throws<ShapeException>(() => a[3]).Message);
        Assert.Contains("axis 1 of (3, 4)", Assert.Throws<ShapeException>(() => a[0, -5]).Message);
        Assert.Contains("^0", Assert.Throws<ShapeException>(() => a[^0]).Message);
    }

    [Fact]
    public void Too_many_indices_and_a_step_of_0_are_refused()
    {
        Assert.Contains("(3, 4)", Assert.Throws<ShapeException>(() => a[0, 0, 0]).Message);
        Assert.Contains("step", Assert.Throws<ShapeException>(() => a[new TensorIndex(0, 2, 0)]).Message);
        Assert.Contains("ellipsis", Assert.Throws<ShapeException>(() => a[TensorIndex.Ellipsis, TensorIndex.Ellipsis]).Message);
    }
}
