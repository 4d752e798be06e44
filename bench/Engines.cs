using System.Diagnostics;
using System.Globalization;
using Workbook.Tensors;

namespace Workbook.Benchmarks;

/// <summary>
/// TensorFlow as a backend, beside the embedded engine and, where its command is given, beside Python's TensorFlow on the same library.
/// </summary>
static class Engines
{
    /// <summary>
    /// Prints the tables of docs/tensorflow.md: an eager op, the training steps, and from which size on TensorFlow is faster.
    /// </summary>
    /// <param name="python">A command that answers lines as <c>bench/peers/serve.py</c> does; null: our figures alone.</param>
    public static void Run(string? python)
    {
        Engine.TensorFlow();
        using var peer = python is null ? null : new Peer(python);
        Tensor a = tf.constant(new[,] { { 1f, 2 }, { 3, 4 } }), b = tf.constant(new[,] { { 1f, 0 }, { 0, 10 } });
        Console.WriteLine($"\n{Engine.Name}\n{"eager op, 2 x 2",-44} {"ours µs",10} {"Python µs",10} {"ours / Python",14}");
        Row("tf.add beside tf.raw_ops.AddV2", () => tf.add(a, b), peer, "raw");
        Row("tf.add beside tf.add", () => tf.add(a, b), peer, "add");
        Row("tf.matmul beside tf.raw_ops.MatMul", () => tf.matmul(a, b), peer, "rawmatmul");
        Console.WriteLine($"\n{"training step, Python eager",-44} {"ours µs",10} {"Python µs",10} {"Python / ours",14}");
        foreach (var (key, net) in new[] { ("w1", new Net(1, 10, 64, 10)), ("w2", new Net(32, 64, 64, 32, 10)),
            ("w3", new Net(128, 784, 64, 32, 10)) })
            Row(net.Name, () => net.Step(), peer, key, inverse: true);
        Console.WriteLine($"\n{"product of n x n matrices",-44} {"TensorFlow",10} {"embedded",10} {"ratio",14}");
        foreach (var n in new[] { 8, 32, 64, 96, 128, 192, 256, 512, 1024 })
        {
            tf.random.set_seed(1);
            Tensor x = tf.random.uniform((n, n)), y = tf.random.uniform((n, n));
            Both($"n = {n}", () => tf.matmul(x, y));
        }
        Console.WriteLine($"\n{"training step of width-width-10, batch 128",-44} {"TensorFlow",10} {"embedded",10} {"ratio",14}");
        foreach (var width in new[] { 16, 64, 128, 256, 512, 1024 })
        {
            Net? theirs = null, ours = null;
            Both($"width {width}", () => (theirs ??= new(128, width, width, 10)).Step(),
                () => (ours ??= new(128, width, width, 10)).Step());
        }
    }

    static void Row(string name, Action ours, Peer? peer, string key, bool inverse = false)
    {
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            mine.Add(Stopwatches.Measure(ours, 150, round == 0 ? 300 : 20).Median);
            if (peer is not null) theirs.Add(peer.Ask(key));
        }
        var (m, t) = (Middle(mine), theirs.Count > 0 ? Middle(theirs) : double.NaN);
        Console.WriteLine($"{name,-44} {m,10:F2} {t,10:F1} {(inverse ? t / m : m / t),14:F2}");
    }

    static void Both(string name, Action work) => Both(name, work, work);

    static void Both(string name, Action tensorflow, Action embedded)
    {
        var (theirs, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            Engine.TensorFlow();
            theirs.Add(Stopwatches.Measure(tensorflow, 100, 100).Median);
            Engine.Embedded();
            ours.Add(Stopwatches.Measure(embedded, 100, 100).Median);
        }
        Engine.TensorFlow();
        Console.WriteLine($"{name,-44} {Middle(theirs),10:F1} {Middle(ours),10:F1} {Middle(theirs) / Middle(ours),14:F2}");
    }

    static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    sealed class Peer : IDisposable
    {
        readonly Process process;

        public Peer(string command)
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            process =
                Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            if (process.StandardOutput.ReadLine() is null) throw new InvalidOperationException($"{command} ended before it was ready.");
        }

        public double Ask(string work)
        {
            process.StandardInput.WriteLine($"{work} 150");
            var answer = process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException($"The peer ended while measuring {work}.");
            return double.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture);
        }

        public void Dispose() => process.Kill(entireProcessTree: true);
    }
}
