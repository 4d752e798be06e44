using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class TensorFormatTests
{
    [Fact]
    public void A_scalar_is_a_number_without_brackets() =>
        Assert.Equal("tf.Tensor(1.5, shape=(), dtype=float32)", tf.constant(1.5).ToString());

    [Fact]
    public void A_vector_stands_on_one_line() =>
        Assert.Equal("tf.Tensor([1 2 3], shape=(3,), dtype=int32)", tf.constant(new[] { 1, 2, 3 }).ToString());

    [Fact]
    public void A_matrix_begins_on_a_new_line_and_its_columns_line_up() =>
        Assert.Equal("tf.Tensor(\n[[  1 2.5]\n [  3   4]], shape=(2, 2), dtype=float64)",
            tf.constant(new[,] { { 1.0, 2.5 }, { 3.0, 4.0 } }).ToString());

    [Fact]
    public void Numbers_are_rounded_to_what_their_type_can_tell()
    {
        Assert.Contains("0.333333,", tf.constant(1 / 3f).ToString());
        Assert.Contains("0.33333333,", tf.constant(1 / 3.0, dtype: tf.float64).ToString());
        Assert.Contains("0.1,", tf.constant(0.1).ToString());
    }

    [Fact]
    public void Numbers_that_are_none_are_named() =>
        Assert.Contains("[NaN Infinity -Infinity]",
            tf.constant(new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }).ToString());

    [Fact]
    public void Truth_values_are_named() => Assert.Contains("[True False]", tf.constant(new[] { true, false }).ToString());

    [Fact]
    public void Long_axes_are_shortened_by_an_ellipsis()
    {
        Assert.Equal("tf.Tensor([0 1 2 ... 97 98 99], shape=(100,), dtype=int32)", tf.range(100).ToString());
        var rows = tf.reshape(tf.range(200), (100, 2)).ToString();
        Assert.Contains("[  4   5]\n ...\n [194 195]", rows);
        Assert.Equal(8, rows.Split('\n').Length);
    }

    [Fact]
    public void A_short_tensor_is_shown_in_full() => Assert.DoesNotContain("...", tf.range(20).ToString());

    [Fact]
    public void An_empty_tensor_shows_its_shape() =>
        Assert.Equal("tf.Tensor([], shape=(0, 3), dtype=float32)", tf.zeros((0, 3)).ToString());

    [Fact]
    public void A_variable_shows_its_name() =>
        Assert.Equal("tf.Variable('strength', shape=(), dtype=float32, value=0.01)", tf.Variable(0.01, name: "strength").ToString());
}
