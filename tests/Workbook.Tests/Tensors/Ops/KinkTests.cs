using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Gradients exactly at a kink, as TensorFlow 2.21 and Keras 3.15 give them.</summary>
public class KinkTests
{
    static readonly Dictionary<string, (Func<Tensor, Tensor> F, double[] At, double[] Gradient)> kinks = new()
    {
        ["abs"] = (x => tf.abs(x), [0, -0.0, 1], [0, 0, 1]),
        ["relu"] = (x => tf.nn.relu(x), [0, -0.0, double.NaN, 1], [0, 0, 0, 1]),
        ["relu6"] = (x => tf.nn.relu6(x), [0, 6, double.NaN, 3, 7], [0, 0, 0, 1, 0]),
        ["leaky_relu"] = (x => tf.nn.leaky_relu(x, 0.25), [0, -1], [0.25, 0.25]),
        ["elu"] = (x => tf.nn.elu(x), [0, -0.0, -1], [1, 1, Math.Exp(-1)]),
        ["selu"] = (x => tf.nn.selu(x), [0, 1], [1.0507009873554805, 1.0507009873554805]),
        ["clip_by_value"] = (x => tf.clip_by_value(x, -1, 1), [-1, 1, double.NaN, 0, 2], [1, 1, 0, 1, 0]),
        ["reduce_max"] = (x => tf.reduce_max(x), [2, 2, 1], [0.5, 0.5, 0]),
        ["reduce_min"] = (x => tf.reduce_min(x), [1, 1, 2], [0.5, 0.5, 0]),
        ["maximum, first"] = (x => tf.maximum(x, new[] { 1.0, 1, 0 }), [1, 2, double.NaN], [1, 1, 0]),
        ["maximum, second"] = (x => tf.maximum(new[] { 1.0, 2, double.NaN }, x), [1, 1, 0], [0, 0, 1]),
        ["minimum, first"] = (x => tf.minimum(x, new[] { 1.0, 1, 0 }), [1, 2, double.NaN], [1, 0, 0]),
        ["minimum, second"] = (x => tf.minimum(new[] { 1.0, 2, double.NaN }, x), [1, 1, 0], [0, 1, 1]),
        ["norm 1"] = (x => tf.norm(x, 1), [0, 1], [0, 1]),
        ["norm inf"] = (x => tf.norm(x, double.PositiveInfinity), [1, -1, 0], [0.5, -0.5, 0]),
        ["norm 3"] = (x => tf.norm(x, 3.0), [0, 1], [0, 1]),
        ["clip_by_norm"] = (x => tf.clip_by_norm(x, 5.0), [0, 0], [1, 1]),
        ["top_k"] = (x => tf.math.top_k(x, 1).values, [2, 2], [1, 0]),
        ["activations.relu6"] = (x => activations.relu6(x), [0, 6], [0, 0]),
        ["activations.leaky_relu"] = (x => activations.leaky_relu(x, 0.25), [0, 1], [0.25, 1]),
        ["activations.hard_sigmoid"] = (x => activations.hard_sigmoid(x), [-3, 3, 0, double.NaN], [0, 0, 1 / 6.0, 0]),
        ["activations.hard_silu"] = (x => activations.hard_silu(x), [-3, 3, 0], [0, 1, 0.5]),
        ["activations.elu"] = (x => activations.elu(x), [0], [1]),
        // Keras gives 2, the sum of both branches; the function is smooth there and its slope is 1.
        ["activations.celu"] = (x => activations.celu(x), [0], [1]),
        ["activations.celu with alpha"] = (x => activations.celu(x, 2.0), [0, -0.0, 1], [1, 1, 1]),
        ["hinge"] = (x => losses.Hinge().Apply(new[,] { { 1.0, -1, 1 } }, tf.reshape(x, (1, 3))), [1, -1, 0],
            [-1 / 3.0, 1 / 3.0, -1 / 3.0]),
        ["squared hinge"] = (x => losses.SquaredHinge().Apply(new[,] { { 1.0, -1, 1 } }, tf.reshape(x, (1, 3))), [1, -1, 1], [0, 0, 0]),
        ["categorical hinge"] = (x => losses.CategoricalHinge().Apply(new[,] { { 1.0, 0, 0 } }, tf.reshape(x, (1, 3))), [1, 0, 0],
            [-1, 1 / 3.0, 1 / 3.0]),
        ["mean absolute error"] = (x => losses.MeanAbsoluteError().Apply(new[,] { { 1.0, -1, 0 } }, tf.reshape(x, (1, 3))), [1, -1, 0],
            [0, 0, 0]),
        ["huber"] = (x => losses.Huber(1).Apply(new[,] { { 1.0, -1, 0 } }, tf.reshape(x, (1, 3))), [2, 0, 0], [1 / 3.0, 1 / 3.0, 0]),
        ["msle"] = (x => losses.MeanSquaredLogarithmicError().Apply(new[,] { { 1.0, -1, 0 } }, tf.reshape(x, (1, 3))), [0, -1, -2],
            [0, 0, 0]),
        ["log_cosh"] = (x => losses.LogCosh().Apply(new[,] { { 1.0, -1, 0 } }, tf.reshape(x, (1, 3))), [1, -1, 0], [0, 0, 0]),
    };

    public static TheoryData<string> Names => [.. kinks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kink_has_the_gradient_that_TensorFlow_gives_it(string name)
    {
        var floatx = config.floatx();
        config.set_floatx(tf.float64);
        try
        {
            var (f, at, expected) = kinks[name];
            Tensor x = at;
            using var tape = tf.GradientTape();
            tape.watch(x);
            var gradient = tape.gradient(tf.reduce_sum(f(x)), x).ToArray<double>();
            foreach (var (e, g) in expected.Zip(gradient)) Assert.Equal(e, g, 1e-7);
        }
        finally
        {
            config.set_floatx(floatx);
        }
    }
}
