using System.Globalization;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.TensorFlow.Eager;

/// <summary>What a long training on TensorFlow holds; the process is its own.</summary>
[Collection(nameof(Alone))]
[Trait("speed", "slow")]
public class TrainingMemoryTests
{
    /// <summary>
    /// 3000 steps; 100,000 with WORKBOOK_TENSORFLOW_TESTS=all. The first third is warming up. What is never given
    /// back grows in both of the others; what is compiled late, or kept once, in one of them.
    /// </summary>
    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void Training_holds_its_memory_within_a_twentieth()
    {
        using var sandbox = new Sandbox();
        var helpers = Repository.File("artifacts/helpers");
        sandbox.Write("n.dib", $$"""
            #!csharp

            #r "{{helpers}}/Workbook.Tensors.dll"
            #r "{{helpers}}/Workbook.Keras.dll"
            using Workbook.Keras;
            using Workbook.Tensors;

            var steps = {{(InstalledTensorFlow.Everything ? 100_000 : 3_000)}};
            Tensor x = tf.random.normal((64, 32)), y = tf.one_hot(tf.random.uniform(64, 0, 8, tf.int32), 8);
            Variable w1 = tf.Variable(tf.random.normal((32, 48), stddev: .2)), w2 = tf.Variable(tf.random.normal((48, 8), stddev: .2));
            Variable[] all = [w1, tf.Variable(tf.zeros(48)), w2, tf.Variable(tf.zeros(8))];
            var adam = keras.optimizers.Adam(1e-4);
            var seen = new List<long>();
            long Resident()
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                return System.Diagnostics.Process.GetCurrentProcess().WorkingSet64;
            }
            for (var step = 0; step < steps; step++)
            {
                using var tape = tf.GradientTape();
                var loss = tf.reduce_mean(
                    tf.nn.softmax_cross_entropy_with_logits(y, tf.nn.dense(tf.nn.dense(x, all[0], all[1], relu: true), all[2], all[3])));
                adam.apply_gradients(tape.gradient(loss, all).Zip(all, (g, v) => ((Tensor?)g, v)));
                if (step == steps / 3 || step == steps * 2 / 3) seen.Add(Resident());
            }
            seen.Add(Resident());
            Console.WriteLine($"growth {seen.Zip(seen.Skip(1), (before, after) => (after - before) / (double)before).Min():F4}");
            """);
        var (exitCode, output, errors) = sandbox.Run("run", "n.dib", "--no-pictures", "--timeout", "3000", "--backend",
            $"tensorflow={InstalledTensorFlow.File}");
        Assert.True(exitCode == 0, output + errors);
        var text = sandbox.Stream("n", "stdout");
        Assert.InRange(double.Parse(text[(text.IndexOf("growth", StringComparison.Ordinal) + 7)..], CultureInfo.InvariantCulture), -1,
            0.025);
    }
}
