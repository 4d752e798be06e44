using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class TensorConversionTests
{
    [Fact]
    public void A_fraction_is_float32_unless_asked_otherwise()
    {
        Assert.Equal(DType.Float32, tf.constant(1.0).dtype);
        Assert.Equal(DType.Float32, tf.constant(1f).dtype);
        Assert.Equal(DType.Float32, tf.Variable(1.0).dtype);
        Assert.Equal(0.1, (double)tf.constant(0.1, dtype: tf.float64));
    }

    [Fact]
    public void A_whole_number_is_int32_or_int64_where_it_must()
    {
        Assert.Equal(DType.Int32, tf.constant(7).dtype);
        Assert.Equal(DType.Int64, tf.constant(1L << 40).dtype);
    }

    public static TheoryData<Array, string> ArraysOfEveryRank => new()
    {
        { new[] { 1.5f, 2.5f }, "(2,)" },
        { new[,] { { 1.0, 2 }, { 3, 4 }, { 5, 6 } }, "(3, 2)" },
        { new[, ,] { { { 1, 2 } }, { { 3, 4 } } }, "(2, 1, 2)" },
        { new[, , ,] { { { { 1L }, { 2 } } }, { { { 3 }, { 4 } } } }, "(2, 1, 2, 1)" },
        { new[,] { { true, false } }, "(1, 2)" },
        { new float[0, 3], "(0, 3)" },
    };

    [Theory]
    [MemberData(nameof(ArraysOfEveryRank))]
    public void An_array_keeps_shape_and_elements_there_and_back(Array array, string shape)
    {
        var tensor = tf.constant(array);
        Assert.Equal(shape, tensor.shape.ToString());
        Assert.Equal(array, tensor.numpy());
    }

    [Fact]
    public void A_tensor_does_not_change_with_the_array_it_came_from()
    {
        float[] source = [1, 2];
        Tensor tensor = source;
        source[0] = 9;
        ((float[])tensor.numpy())[1] = 9;
        Arrays.Same(tensor, 2, 1f, 2f);
    }

    [Fact]
    public void A_span_takes_a_shape()
    {
        Arrays.Same(Tensor.FromSpan([1, 2, 3, 4], (2, 2))[1], 2, 3, 4);
        Assert.Contains("6 elements", Assert.Throws<ShapeException>(() => Tensor.FromSpan([1, 2, 3, 4], (2, 3))).Message);
    }

    [Fact]
    public void Elements_of_other_types_are_refused_by_name()
    {
        Assert.Contains("Byte", Assert.Throws<DTypeException>(() => tf.constant(new byte[] { 1 })).Message);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => tf.constant(1.0).AsSpan<double>().ToArray()).Message);
    }

    [Fact]
    public void ToArray_converts_toward_zero() => Assert.Equal([-2, 0, 2], tf.constant(new[] { -2.7f, 0.5f, 2.7f }).ToArray<int>());

    [Fact]
    public void One_element_converts_to_a_number()
    {
        Assert.Equal(2.5, (double)tf.constant(new[] { 2.5 }));
        Assert.Equal(2, (int)tf.constant(2.5));
        Assert.True((bool)(tf.constant(2) > 1));
        Assert.Contains("(2,)", Assert.Throws<ShapeException>(() => (double)tf.constant(new[] { 1.0, 2 })).Message);
    }
}
