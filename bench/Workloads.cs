using Workbook.Tensors;

namespace Workbook.Benchmarks;

/// <summary>
/// What is measured, by the short names that the peers know too: w step, f Keras' fit, r by hand, g gradients, s second order, p predict,
/// each of nets 1 to 3; pow.
/// </summary>
static class Workloads
{
    static readonly (int Batch, int[] Sizes)[] sizes = [(1, [10, 64, 10]), (32, [64, 64, 32, 10]), (128, [784, 64, 32, 10])];

    /// <summary>The names of the nets.</summary>
    public static string[] Nets { get; } = [.. sizes.Select(n => $"{string.Join("-", n.Sizes)} batch {n.Batch}")];

    /// <summary>Readable names of the kinds of work.</summary>
    public static Dictionary<string, string> Kinds { get; } = new()
    {
        ["w"] = "training step",
        ["r"] = "the same by hand",
        ["f"] = "the same by Keras",
        ["g"] = "loss and gradients",
        ["s"] = "second-order step",
        ["p"] = "predict",
    };

    /// <summary>One call of each workload.</summary>
    public static Dictionary<string, Action> All()
    {
        var all = new Dictionary<string, Action>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var net = new Net(sizes[i].Batch, sizes[i].Sizes);
            var second = new Net(sizes[i].Batch, sizes[i].Sizes);
            var replay = new Replay(sizes[i].Batch, sizes[i].Sizes);
            all[$"w{i + 1}"] = () => net.Step();
            all[$"r{i + 1}"] = () => replay.Step();
            all[$"f{i + 1}"] = () => net.Fit();
            all[$"g{i + 1}"] = () => net.Gradients();
            all[$"s{i + 1}"] = () => second.SecondOrder();
            all[$"p{i + 1}"] = () => net.Predict();
        }
        all["pow"] = () => ThirdDerivative(3);
        return all;
    }

    /// <summary>The third derivative of x³ by three nested tapes: 6.</summary>
    static double ThirdDerivative(double at)
    {
        var x = tf.constant(at);
        using var a = tf.GradientTape();
        a.watch(x);
        Tensor second;
        using (var b = tf.GradientTape())
        {
            b.watch(x);
            Tensor first;
            using (var c = tf.GradientTape())
            {
                c.watch(x);
                first = c.gradient(tf.pow(x, 3.0), x);
            }
            second = b.gradient(first, x);
        }
        return (double)a.gradient(second, x);
    }
}
