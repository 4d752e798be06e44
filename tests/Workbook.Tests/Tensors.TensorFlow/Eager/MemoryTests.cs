using System.Runtime.CompilerServices;
using Workbook.Tensors;
using Workbook.Tensors.TensorFlow.Native;
using Xunit;

namespace Workbook.Tests.TensorFlow.Eager;

/// <summary>TensorFlow's memory is given back. Handles are counted, so nothing else may run beside these tests.</summary>
[Collection(nameof(Alone))]
[Trait("speed", "slow")]
public class MemoryTests
{
    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void A_backward_pass_releases_what_it_made_but_the_gradients()
    {
        using var use = InstalledTensorFlow.Use();
        var w = tf.Variable(tf.random.normal((8, 8), seed: 1));
        var tape = tf.GradientTape();
        Tensor loss;
        using (tape)
            loss = tf.reduce_sum(tf.square(tf.tanh(tf.matmul(w, w))));
        // Constants are kept from the first time on.
        tape.gradient(loss, w);
        using (tape = tf.GradientTape()) loss = tf.reduce_sum(tf.square(tf.tanh(tf.matmul(w, w))));
        // The collector shall release nothing meanwhile, neither of this test nor of those before it.
        Collect();
        Assert.True(GC.TryStartNoGCRegion(50_000_000));
        var before = TensorHandle.Living;
        var gradient = tape.gradient(loss, w);
        var made = TensorHandle.Living - before;
        GC.EndNoGCRegion();
        // The gradient, and tensors of the forward pass that were seen in another shape.
        Assert.InRange(made, 1, 2);
        Assert.NotEqual(0, gradient.ToArray<float>()[0]);
    }

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void What_nobody_holds_is_released_by_the_collector()
    {
        using var use = InstalledTensorFlow.Use();
        var kept = tf.ones((16, 16)) + tf.ones((16, 16));
        Collect();
        var before = TensorHandle.Living;
        Assert.True(MakeMany(kept) - before >= 1000);
        Collect();
        Assert.InRange(TensorHandle.Living - before, 0, 4);
        Assert.Equal(2, kept.ToArray<float>()[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static long MakeMany(Tensor x)
    {
        var all = Enumerable.Range(0, 1000).Select(_ => x * x).ToArray();
        var living = TensorHandle.Living;
        GC.KeepAlive(all);
        return living;
    }

    static void Collect()
    {
        // Twice: what a finalizer still holds goes the second time.
        for (var time = 0; time < 2; time++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
