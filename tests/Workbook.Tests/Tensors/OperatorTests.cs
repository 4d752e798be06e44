using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

/// <summary>Operators between numbers, tensors and variables: the same on either side, and no surprising type.</summary>
public class OperatorTests
{
    public static TheoryData<DType> Floating => [DType.Float32, DType.Float64];

    [Theory]
    [MemberData(nameof(Floating))]
    public void A_number_takes_the_type_of_what_it_meets(DType dtype)
    {
        var v = tf.Variable(4, dtype: dtype);
        var t = tf.constant(4, dtype: dtype);
        foreach (var result in new[] { 2f * v, 2.0 * v, 2 * v, v * 2f, v * 2.0, v * 2, 2f * t, t * 2L })
        {
            Assert.Equal(dtype, result.dtype);
            Assert.Equal(8, (double)result);
        }
    }

    [Fact]
    public void A_number_reaches_float64_unrounded() => Assert.Equal(0.1, (double)(0.1 + tf.constant(0, dtype: tf.float64)));

    [Fact]
    public void Every_operator_works_between_variables_and_tensors()
    {
        Variable v = tf.Variable(7.0), w = tf.Variable(2.0);
        var t = tf.constant(2.0);
        double[] values = [(double)(v + w), (double)(v - t), (double)(t - v), (double)(v * w), (double)(v / w), (double)(t / v),
            (double)(v % w), (double)-v, (double)+v];
        Assert.Equal([9, 5, -5, 14, 3.5, (double)(2 / 7f), 1, -7, 7], values);
        Assert.Equal([true, false, false, true], [(bool)(v > w), (bool)(v < t), (bool)(1 >= w), (bool)(t <= 2)]);
    }

    [Fact]
    public void Pow_takes_numbers_on_either_side()
    {
        Assert.Equal(9, (double)tf.pow(tf.Variable(3.0), 2));
        Assert.Equal(8, (double)tf.pow(2, tf.Variable(3.0)));
        Assert.Equal(8, (double)tf.pow(2.0, 3));
    }

    [Fact]
    public void The_remainder_has_the_sign_of_the_divisor_as_in_Python()
    {
        Assert.Equal(2, (int)(tf.constant(-7) % 3));
        Assert.Equal(-0.5, (double)(tf.constant(7.5) % -2.0));
    }

    [Fact]
    public void Division_of_integers_gives_fractions() =>
        Assert.Equal((DType.Float64, 3.5), tf.constant(7) / 2 is var q ? (q.dtype, (double)q) : default);

    [Fact]
    public void A_fraction_does_not_meet_an_integer_tensor() =>
        Assert.Contains("0.5", Assert.Throws<DTypeException>(() => tf.constant(1) + 0.5).Message);
}
