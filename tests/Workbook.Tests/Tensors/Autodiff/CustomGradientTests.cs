using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Autodiff;

/// <summary>Gradients stated by the user, differentiated again: TensorFlow 2.21 gives the same numbers.</summary>
public class CustomGradientTests
{
    static Tensor D(Func<Tensor, Tensor> f, Tensor x)
    {
        using var tape = tf.GradientTape();
        tape.watch(x);
        return tape.gradient(f(x), x, unconnected_gradients: UnconnectedGradients.ZERO);
    }

    static Tensor Number(double x) => tf.constant(x, tf.float64);

    [Fact]
    public void A_stated_gradient_is_differentiated_through_the_input_that_it_names()
    {
        var f = tf.custom_gradient(x => (x * x, g => g * 2.0 * x));
        var x = Number(3);
        Assert.Equal(6, (double)D(t => f(t), x));
        Assert.Equal(2, (double)D(t => D(u => f(u), t), x));
        Assert.Equal(0, (double)D(t => D(u => D(w => f(w), u), t), x));
        // d²(f·x) = d²x³ = 18, d³ = 6.
        Assert.Equal(18, (double)D(t => D(u => f(u) * u, t), x));
        Assert.Equal(6, (double)D(t => D(u => D(w => f(w) * w, u), t), x));
    }

    [Fact]
    public void A_variable_is_differentiated_twice_too()
    {
        var f = tf.custom_gradient(x => (x * x, g => g * 2.0 * x));
        var v = tf.Variable(3.0);
        using var outer = tf.GradientTape();
        using var inner = tf.GradientTape();
        var first = inner.gradient(f(v) * v, v);
        Assert.Equal(18, (double)outer.gradient(first, v));
    }

    [Fact]
    public void What_the_function_computes_on_the_way_counts_in_the_gradient_of_the_gradient()
    {
        // The example of TensorFlow's page: log(1 + eˣ) with a gradient that does not overflow.
        var f = tf.custom_gradient(x =>
        {
            var e = tf.exp(x);
            return (tf.math.log(1 + e), g => g * (1 - 1 / (1 + e)));
        });
        var x = Number(0.3);
        for (var order = 0; order < 4; order++)
        {
            Func<Tensor, Tensor> ours = t => f(t), plain = t => tf.math.softplus(t);
            for (var i = 0; i < order; i++)
            {
                var (a, b) = (ours, plain);
                (ours, plain) = (t => D(a, t), t => D(b, t));
            }
            Assert.Equal((double)plain(x), (double)ours(x), 1e-14);
        }
    }

    [Fact]
    public void Several_inputs_have_their_mixed_second_derivatives()
    {
        var f = tf.custom_gradient(xs => (xs[0] * xs[0] * xs[1], g => new[] { g * 2.0 * xs[0] * xs[1], g * xs[0] * xs[0] }));
        var (a, b) = (tf.Variable(2.0), tf.Variable(3.0));
        using var outer = tf.GradientTape(persistent: true);
        using var inner = tf.GradientTape();
        var first = inner.gradient(f([a, b]), [a, b]);
        Assert.Equal([12, 4], first.Select(g => (double)g));
        Assert.Equal([6, 4], outer.gradient(first[0], [a, b]).Select(g => (double)g));
        Assert.Equal(4, (double)outer.gradient(first[1], a));
    }

    [Fact]
    public void One_stated_gradient_inside_another()
    {
        var square = tf.custom_gradient(x => (x * x, g => g * 2.0 * x));
        var cube = tf.custom_gradient(x => (square(x) * x, g => g * 3.0 * square(x)));
        var x = Number(2);
        Assert.Equal(12, (double)D(t => cube(t), x));
        Assert.Equal(12, (double)D(t => D(u => cube(u), t), x));
        Assert.Equal(6, (double)D(t => D(u => D(w => cube(w), u), t), x));
    }

    [Fact]
    public void Jacobians_and_Hessians_go_through_it()
    {
        var f = tf.custom_gradient(x => (x * x * x, g => g * 3.0 * x * x));
        Tensor x = new[] { 1.0, 2.0 };
        using var outer = tf.GradientTape();
        outer.watch(x);
        using var inner = tf.GradientTape();
        inner.watch(x);
        var first = inner.gradient(tf.reduce_sum(f(x)), x);
        Arrays.Near(new[,] { { 6.0, 0 }, { 0, 12 } }, outer.jacobian(first, x));
    }

    [Fact]
    public void The_same_output_gradient_may_be_asked_first_without_and_then_with_an_outer_tape()
    {
        var f = tf.custom_gradient(xs => (xs[0] * xs[1], g => new[] { g * xs[1], g * xs[0] }));
        var (a, b) = (tf.Variable(2.0), tf.Variable(3.0));
        var weight = tf.constant(1.0);
        using var outer = tf.GradientTape();
        using var inner = tf.GradientTape(persistent: true);
        var y = f([a, b]);
        using (outer.stop_recording()) inner.gradient(y, a, output_gradients: weight);
        Assert.Equal(1, (double)outer.gradient(inner.gradient(y, a, output_gradients: weight), b));
    }

    [Fact]
    public void A_stated_gradient_is_asked_once_for_all_inputs()
    {
        var asked = 0;
        var f = tf.custom_gradient(xs => (xs[0] * xs[1], g =>
        {
            asked++;
            return new[] { g * xs[1], g * xs[0] };
        }
        ));
        var (a, b) = (tf.Variable(2.0), tf.Variable(3.0));
        using var tape = tf.GradientTape();
        tape.gradient(f([a, b]), [a, b]);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_function_that_reads_a_variable_which_is_no_input_is_refused()
    {
        var v = tf.Variable(2.0, name: "slope");
        var f = tf.custom_gradient(x => (x * v, g => g * v));
        var error = Assert.Throws<TapeException>(() => f(tf.constant(1.0)));
        Assert.Contains("'slope'", error.Message);
        Assert.Contains("input", error.Message);
        Assert.Equal(2, (float)tf.custom_gradient(xs => (xs[0] * v, g => new[] { g, g }))([v, tf.constant(1.0)]) / 2);
    }

    [Fact]
    public void A_gradient_of_another_number_or_shape_is_refused()
    {
        Tensor x = new[] { 1.0, 2.0 };
        Assert.Contains("2 gradients",
            Assert.Throws<TapeException>(() => D(t => tf.custom_gradient(xs => (xs[0] * xs[1], g => new[] { g }))([t, t]), x)).Message);
        Assert.Contains("(2,)",
            Assert.Throws<ShapeException>(() => D(t => tf.custom_gradient(u => (u * u, g => tf.reduce_sum(g)))(t), x)).Message);
    }
}
