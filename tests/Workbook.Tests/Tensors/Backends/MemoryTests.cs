using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>Pooling and writing in place are invisible: what a user holds never changes.</summary>
public class MemoryTests
{
    static void Descend(Variable v, Tensor g) => Backend.Current.Update(Updates.Descent, v, g, null, null, [1.0]);

    [Fact]
    public void Gradients_that_a_user_keeps_are_not_overwritten_by_later_passes()
    {
        var v = tf.Variable(tf.ones(100));
        Tensor Gradient(double scale)
        {
            using var tape = tf.GradientTape();
            return tape.gradient(tf.reduce_sum(scale * tf.square(v)), v);
        }
        var first = Gradient(1);
        for (var i = 2; i < 6; i++) Gradient(i);
        Assert.All(first.ToArray<float>(), x => Assert.Equal(2, x));
    }

    [Fact]
    public void A_tensor_read_before_an_update_keeps_its_value()
    {
        var v = tf.Variable(tf.ones(4));
        Tensor read = v.value(), viewed = tf.reshape(v, (2, 2)), same = tf.cast(v, tf.float32);
        Descend(v, tf.ones(4));
        Assert.Equal(0, v.value().ToArray<float>()[0]);
        Assert.All(new[] { read, viewed, same }, t => Assert.Equal(1, t.ToArray<float>()[0]));
    }

    [Fact]
    public void A_tape_that_can_still_be_asked_sees_the_value_that_it_recorded()
    {
        var v = tf.Variable(tf.constant(3.0));
        using var tape = tf.GradientTape();
        var y = v * v;
        Descend(v, tf.constant(1.0));
        Assert.Equal(6, (double)tape.gradient(y, v));
        Assert.Equal(2, (double)v);
    }

    [Fact]
    public void An_assigned_tensor_is_not_changed_by_a_later_update()
    {
        var value = tf.ones(4);
        var v = tf.Variable(tf.zeros(4));
        v.assign(value);
        Descend(v, tf.ones(4));
        Assert.Equal(1, value.ToArray<float>()[0]);
    }

    [Fact]
    public void A_custom_gradient_may_keep_what_it_is_given()
    {
        Tensor? kept = null;
        var f = tf.custom_gradient(x => (x * 2, g =>
        {
            kept = g;
            return g * 2;
        }
        ));
        var v = tf.Variable(tf.ones(100));
        for (var i = 0; i < 3; i++)
        {
            using var tape = tf.GradientTape();
            tape.gradient(tf.reduce_sum(tf.square(f(v) * (i == 0 ? 1.0 : 50.0))), v);
            if (i > 0) continue;
            Assert.All(kept!.ToArray<float>(), x => Assert.Equal(4, x));
            f = tf.custom_gradient(x => (x * 2, g => g * 2));
        }
        Assert.All(kept!.ToArray<float>(), x => Assert.Equal(4, x));
    }

    [Theory]
    [InlineData(1, new[] { 10, 64, 10 }, 16)]
    [InlineData(32, new[] { 64, 64, 32, 10 }, 120)]
    [InlineData(128, new[] { 784, 64, 32, 10 }, 520)]
    public void A_training_step_allocates_little(int batch, int[] sizes, int kilobytes)
    {
        var kernels = sizes.Zip(sizes.Skip(1)).Select(s => tf.Variable(tf.random.normal((s.First, s.Second), stddev: .1, seed: 1)))
            .ToArray();
        var biases = sizes.Skip(1).Select(s => tf.Variable(tf.zeros(s))).ToArray();
        Variable[] all = [.. kernels, .. biases];
        var x = tf.random.normal((batch, sizes[0]), seed: 2);
        var y = tf.one_hot(tf.zeros(batch, tf.int32), sizes[^1]);
        void Step()
        {
            using var tape = tf.GradientTape();
            var h = x;
            for (var i = 0; i < kernels.Length; i++) h = tf.nn.dense(h, kernels[i], biases[i], i < kernels.Length - 1);
            var gradients = tape.gradient(tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, h)), all);
            for (var i = 0; i < all.Length; i++) Backend.Current.Update(Updates.Descent, all[i], gradients[i], null, null, [.01]);
        }
        for (var i = 0; i < 3; i++) Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Step();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10 / 1024.0, 0, kilobytes);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        float[] Train()
        {
            tf.random.set_seed(3);
            var w = tf.Variable(tf.random.normal((20, 30)));
            var x = tf.random.normal((40, 20));
            for (var i = 0; i < 5; i++)
            {
                using var tape = tf.GradientTape();
                Descend(w, tape.gradient(tf.reduce_mean(tf.square(tf.tanh(tf.matmul(x, w)))), w));
            }
            return w.value().ToArray<float>();
        }
        Assert.Equal(Train(), Train());
    }
}
