using Workbook.Tensors;
using Workbook.Tests.Tensors.Ops;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>Arrays are lent again between backward passes; nobody may notice.</summary>
public class PoolTests
{
    [Fact]
    public void A_gradient_keeps_its_numbers_through_later_passes()
    {
        var kept = new List<(Tensor Gradient, double[] Copy)>();
        foreach (var call in OpTable.Rows.SelectMany(r => r.Cases))
        {
            var samples = new Samples("pool");
            var inputs = call.Inputs();
            Tensor?[] weights = [.. call.Call(inputs).Select(y => samples.Weights(y.shape))];
            foreach (var g in Derivatives.FirstOf(call.Call, inputs, inputs, weights).First)
                if (g is not null) kept.Add((g, g.ToArray<double>()));
        }
        Assert.Contains(kept, k => k.Copy.Length >= 32);
        Assert.All(kept, k => Assert.Equal(k.Copy, k.Gradient.ToArray<double>()));
    }

    [Fact]
    public void A_persistent_tape_answers_the_same_question_the_same_way()
    {
        var samples = new Samples("again");
        Variable w = tf.Variable(samples.Weights((16, 8))), b = tf.Variable(samples.Weights(8), trainable: false);
        Tensor x = samples.Weights((8, 16)), u = samples.Weights((8, 8));
        using var tape = tf.GradientTape(persistent: true);
        var y = tf.nn.dense(x, w, b, relu: true);
        tape.Dispose();
        var first = tape.gradient(y, w, output_gradients: u).ToArray<double>();
        tape.gradient(tf.exp(y), w);
        tape.gradient(y, w, output_gradients: u * 3);
        Assert.Equal(first, tape.gradient(y, w, output_gradients: u).ToArray<double>());
    }

    [Fact]
    public void A_question_asked_before_does_not_spoil_the_second_derivative()
    {
        var samples = new Samples("second");
        Variable w = tf.Variable(samples.Weights((16, 8))), b = tf.Variable(samples.Weights(8), trainable: false);
        Tensor x = samples.Weights((8, 16)), u = samples.Weights((8, 8));
        Tensor ByWeights(bool askedBefore, Func<Tensor> layer)
        {
            Tensor y, g;
            var (outer, inner) = (tf.GradientTape(), tf.GradientTape(persistent: true));
            using (outer)
            {
                outer.watch(u);
                using (inner) y = layer();
                if (askedBefore)
                    using (outer.stop_recording()) inner.gradient(y, w, output_gradients: u);
                g = inner.gradient(y, w, output_gradients: u);
            }
            return outer.gradient(g, u);
        }
        var expected = ByWeights(false, () => tf.nn.relu(tf.matmul(x, w) + b));
        Arrays.Near(expected, ByWeights(false, () => tf.nn.dense(x, w, b, relu: true)));
        Arrays.Near(expected, ByWeights(true, () => tf.nn.dense(x, w, b, relu: true)));
    }
}
