using Workbook.Tensors;
using Workbook.Tensors.Autodiff;
using Xunit;

namespace Workbook.Tests.Tensors.Autodiff;

/// <summary>A variable that is read as a function of others for a while.</summary>
public class StandInTests
{
    [Fact]
    public void A_tape_follows_what_a_variable_is_read_as_to_what_it_was_computed_from()
    {
        var (kernel, scale) = (tf.Variable(tf.constant(new[] { 1.0, 2 })), tf.Variable(3.0, dtype: tf.float64));
        using var tape = tf.GradientTape();
        Tensor loss;
        using (kernel.ReadAs(kernel.value() * scale)) loss = tf.reduce_sum(kernel * kernel);
        var slopes = tape.gradient(loss, [kernel, scale]);
        Assert.Equal(45, (double)loss);
        Assert.Equal([18.0, 36], slopes[0]!.ToArray<double>());
        Assert.Equal(2 * 3 * 5, (double)slopes[1]!);
        Assert.Equal(3.0, (double)tf.reduce_sum(kernel));
    }

    [Fact]
    public void One_inside_another_ends_with_it()
    {
        var v = tf.Variable(1.0);
        using (v.ReadAs(tf.constant(2f)))
        {
            using (v.ReadAs(3 * v.value())) Assert.Equal(6, (double)v.value());
            Assert.Equal(2, (double)v.value());
        }
        Assert.Equal(1, (double)v.value());
    }

    [Fact]
    public void Another_shape_or_dtype_is_refused()
    {
        var v = tf.Variable(1.0, name: "v");
        Assert.Contains("expected shape () for variable 'v'. Received: (2,)",
            Assert.Throws<ShapeException>(() => { using (v.ReadAs(tf.ones(2))) { } }).Message);
        Assert.Contains("expected float32 for variable 'v'. Received: float64. Cast it",
            Assert.Throws<DTypeException>(() => { using (v.ReadAs(tf.constant(1.0, tf.float64))) { } }).Message);
    }
}
