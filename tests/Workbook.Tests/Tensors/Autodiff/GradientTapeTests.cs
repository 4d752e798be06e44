using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Autodiff;

/// <summary>What tapes do beyond the snippets that are compared with TensorFlow.</summary>
public class GradientTapeTests
{
    [Fact]
    public void Nothing_is_recorded_when_nothing_is_watched()
    {
        using var tape = tf.GradientTape();
        var y = tf.exp(tf.constant(1.0)) * 2;
        Assert.Null(y.Node);
        Assert.Null(y.Tapes);
    }

    [Fact]
    public void Nothing_is_recorded_without_a_tape() => Assert.Null((tf.Variable(1.0) * 2).Node);

    [Fact]
    public void A_tape_that_has_answered_lets_its_graph_go()
    {
        var x = tf.Variable(1.0);
        Tensor y;
        var tape = tf.GradientTape();
        using (tape) y = x * 2;
        tape.gradient(y, x);
        Assert.Null(y.Node);
    }

    [Fact]
    public void An_array_of_variables_means_several_sources()
    {
        Variable[] sources = [tf.Variable(2.0), tf.Variable(3.0)];
        using var tape = tf.GradientTape();
        var gradients = tape.gradient(sources[0] * sources[1], sources);
        Assert.Equal([3, 2], gradients.Select(g => (double)g));
    }

    [Fact]
    public void Watching_on_a_closed_tape_is_refused()
    {
        var tape = tf.GradientTape();
        tape.Dispose();
        Assert.Contains("closed", Assert.Throws<TapeException>(() => tape.watch(tf.constant(1.0))).Message);
    }

    [Fact]
    public void A_second_question_says_how_to_ask_twice()
    {
        var x = tf.Variable(2.0);
        var tape = tf.GradientTape();
        Tensor y;
        using (tape) y = x * x;
        tape.gradient(y, x);
        Assert.Contains("persistent: true", Assert.Throws<TapeException>(() => tape.jacobian(y, x)).Message);
    }

    [Fact]
    public void A_null_or_a_number_as_source_is_named()
    {
        using var tape = tf.GradientTape(persistent: true);
        var y = tf.Variable(2.0) * 3;
        Assert.Contains("null", Assert.Throws<TapeException>(() => tape.gradient(y, (Operand)null!)).Message);
        Assert.Contains("number", Assert.Throws<TapeException>(() => tape.gradient(y, 2.0)).Message);
    }

    [Fact]
    public void Output_gradients_of_a_larger_shape_are_refused_with_both_shapes()
    {
        var x = tf.Variable(new[] { 1f, 2f });
        using var tape = tf.GradientTape();
        var message = Assert.Throws<ShapeException>(() => tape.gradient(x * x, x, output_gradients: tf.ones((3, 2)))).Message;
        Assert.Contains("(3, 2)", message);
        Assert.Contains("(2,)", message);
    }

    [Fact]
    public void Tapes_closed_out_of_order_still_answer()
    {
        var x = tf.Variable(3.0);
        var (outer, inner) = (tf.GradientTape(), tf.GradientTape());
        outer.Dispose();
        var y = x * x;
        inner.Dispose();
        Assert.Null(outer.gradient(y, x));
        Assert.Equal(6, (double)inner.gradient(y, x));
    }

    [Fact]
    public void A_deep_graph_does_not_overflow_the_stack()
    {
        var x = tf.Variable(1.0);
        using var tape = tf.GradientTape();
        var y = x.value();
        for (var i = 0; i < 20_000; i++) y += 1;
        Assert.Equal(1, (double)tape.gradient(y, x));
    }

    [Fact]
    public void A_graph_that_branches_and_joins_is_walked_once()
    {
        var x = tf.Variable(1.0, dtype: tf.float64);
        using var tape = tf.GradientTape();
        var y = x.value();
        // 2^60 paths: only a walk by nodes comes to an end.
        for (var i = 0; i < 60; i++) y += y;
        Assert.Equal(Math.Pow(2, 60), (double)tape.gradient(y, x));
    }

    [Fact]
    public void A_Hessian_vector_product_is_the_Hessian_times_the_vector()
    {
        double[] at = [0.5, -1.2, 2.0], along = [1, -2, 0.5];
        static Tensor F(Tensor x) => tf.reduce_sum(tf.exp(x) * tf.sin(tf.reduce_sum(x * x)));
        var x = tf.Variable(at);
        var outer = tf.GradientTape();
        Tensor g;
        using (outer)
        {
            using var inner = tf.GradientTape();
            g = inner.gradient(F(x), x);
        }
        var hessian = outer.jacobian(g, x);
        var expected = Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => (double)hessian[i, j] * along[j])).ToArray();
        Arrays.Near(expected, tf.autodiff.hvp(F, at, along));
        Arrays.Near(tf.transpose(hessian), hessian);
    }

    [Fact]
    public void Straight_through_goes_forward_as_one_and_backward_as_the_other()
    {
        var x = tf.Variable(new[] { 0.4, 1.6 });
        using var tape = tf.GradientTape();
        var y = tf.straight_through(tf.round(x), x) * 3;
        Arrays.Near(new[] { 0.0, 6 }, y);
        Arrays.Near(new[] { 3.0, 3 }, tape.gradient(y, x));
    }

    [Fact]
    public void A_custom_gradient_of_several_inputs_can_be_differentiated_again()
    {
        var f = tf.custom_gradient(xs => (xs[0] * xs[1], g => new[] { g * xs[1] * xs[1], g * xs[0] }));
        Tensor a = tf.constant(2.0), b = tf.constant(3.0);
        var derivatives = Derivatives.Of(x => [f([x[0], x[1]])], [a, b], [tf.constant(1.0)], [tf.constant(1.0), tf.constant(1.0)]);
        Assert.Equal([9, 2], derivatives.First.Select(g => (double)g!));
    }
}
