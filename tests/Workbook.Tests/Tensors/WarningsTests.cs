using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class WarningsTests
{
    [Fact]
    public void NaN_from_a_learned_exponent_is_said_once_with_the_variables_name()
    {
        var name = $"exponent {nameof(NaN_from_a_learned_exponent_is_said_once_with_the_variables_name)}";
        var heard = ErrorStream.Of(() =>
        {
            var p = tf.Variable(1.5, name: name);
            for (var step = 0; step < 3; step++)
            {
                using var tape = tf.GradientTape();
                Assert.True(double.IsNaN((double)tf.reduce_sum(tf.pow(tf.constant(new[] { -1f, 2f }), p + 0.0))));
            }
        });
        Assert.Single(heard.Split('\n'), line => line.Contains(name) && line.Contains("signed_pow"));
    }

    [Fact]
    public void Nothing_is_said_of_a_base_that_is_positive()
    {
        var name = $"exponent {nameof(Nothing_is_said_of_a_base_that_is_positive)}";
        var heard = ErrorStream.Of(() =>
        {
            using var tape = tf.GradientTape();
            tf.pow(tf.constant(new[] { 1f, 2f }), tf.Variable(1.5, name: name));
        });
        Assert.DoesNotContain(name, heard);
    }
}
