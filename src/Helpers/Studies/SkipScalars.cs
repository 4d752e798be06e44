using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// A number α before each block of a residual network, x + α·f(x): learned, fixed, or on a schedule, in a shallow network and in a
/// deep one. The study of notebook 12, 24 seeds in <c>data/studies/skip-scalars.csv</c>.
/// </summary>
/// <remarks>
/// A seed draws 300 digits to learn from and 1497 others, and the first weights, which are the same for all ways. 64 pixels → 32 units →
/// blocks x + α·relu(x·W + b) of 32 units → 10 classes; He normal kernels; 200 steps of Adam(0.01) on all 300 at once.
/// </remarks>
public static class SkipScalars
{
    /// <summary>The depths: blocks.</summary>
    public static IReadOnlyList<int> Depths { get; } = [2, 24];

    /// <summary>
    /// The ways: one (α = 1), root (α = 1/√blocks), ramp (α grows evenly from 0 to 1/√blocks in the first half), learned (from 0: ReZero),
    /// learned from one, per unit (32 numbers a block from 0.1: LayerScale), its end (a new training with what learned ended at, as
    /// numbers).
    /// </summary>
    public static IReadOnlyList<string> Ways { get; } = ["one", "root", "ramp", "learned", "learned from one", "per unit", "its end"];

    const int Units = 32, Steps = 200, Rows = 300;

    /// <summary>All ways for one seed.</summary>
    /// <param name="seed">Draws rows and first weights.</param>
    /// <returns>
    /// "WAY, BLOCKS": the accuracy on 1497 other digits. "levelled, BLOCKS": that of learned when after the training each α keeps its
    /// sign and all get one size, the root of their mean square. "size, BLOCKS" and "largest, BLOCKS": that root, and the largest |α|.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => Run(seed, Ways, Depths);

    /// <summary>Some ways at some depths, in part of the time.</summary>
    /// <param name="seed">As for <see cref="Run(int)"/>.</param>
    /// <param name="ways">Some of <see cref="Ways"/>; "its end" needs "learned" before it.</param>
    /// <param name="depths">How many blocks.</param>
    public static IReadOnlyDictionary<string, double> Run(int seed, IReadOnlyList<string> ways, IReadOnlyList<int> depths)
    {
        var digits = new ShuffledDigits(seed);
        var (few, others) = (digits.Right(..Rows), digits.Right(Rows..));
        var found = new Dictionary<string, double>();
        foreach (var depth in depths)
        {
            double[] end = [];
            foreach (var way in ways)
            {
                var scalars = Scalars(way, depth, end);
                var model = Trained(seed, scalars, few, way == "ramp" ? Ramp(scalars) : null);
                double Accuracy() => model.evaluate(others.X, others.Y)["accuracy"];
                found[$"{way}, {depth}"] = Accuracy();
                if (way != "learned") continue;
                end = [.. scalars.Select(s => (double)s)];
                var size = Math.Sqrt(end.Average(a => a * a));
                foreach (var (s, a) in scalars.Zip(end)) s.assign(Math.CopySign(size, a));
                found[$"levelled, {depth}"] = Accuracy();
                (found[$"size, {depth}"], found[$"largest, {depth}"]) = (size, end.Max(Math.Abs));
            }
        }
        return found;
    }

    /// <summary>A residual network for the digits: He normal kernels from the seed, a number before each block.</summary>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="scalars">α of each block: a scalar, or 32 numbers.</param>
    public static Model Network(int seed, IReadOnlyList<Variable> scalars)
    {
        tf.random.set_seed(seed);
        var inputs = Input(64);
        var x = layers.Dense(Units, kernel_initializer: "he_normal").Apply(inputs);
        foreach (var alpha in scalars)
        {
            var block = layers.Dense(Units, activation: "relu", kernel_initializer: "he_normal").Apply(x);
            x = layers.Add().Apply([x, layers.Rescaling(alpha).Apply(block)]);
        }
        return keras.Model([inputs], [layers.Dense(10, activation: "softmax").Apply(x)]);
    }

    static Variable[] Scalars(string way, int depth, double[] end)
    {
        Variable Of(int block, Operand value, bool learned) =>
            tf.Variable(tf.cast(value, tf.float32), trainable: learned, name: $"alpha_{block}");
        Func<int, Variable> one = way switch
        {
            "one" => i => Of(i, 1.0, false),
            "root" => i => Of(i, 1 / Math.Sqrt(depth), false),
            "ramp" => i => Of(i, 0.0, false),
            "learned" => i => Of(i, 0.0, true),
            "learned from one" => i => Of(i, 1.0, true),
            "per unit" => i => Of(i, tf.fill(Units, tf.constant(0.1)), true),
            "its end" when end.Length == depth => i => Of(i, end[i], false),
            _ => throw new ArgumentException($"SkipScalars: expected one of {string.Join(", ", Ways)}, its end after learned. Received: "
                + $"'{way}'. Choose a way."),
        };
        return [.. Enumerable.Range(0, depth).Select(one)];
    }

    static Callback Ramp(Variable[] scalars) => callbacks.LambdaCallback(on_epoch_begin: (step, _) =>
    {
        foreach (var s in scalars) s.assign(Math.Min(1, step / (Steps / 2.0)) / Math.Sqrt(scalars.Length));
    });

    static Model Trained(int seed, Variable[] scalars, (Tensor X, Tensor Y) few, Callback? callback)
    {
        var model = Network(seed, scalars);
        model.compile(optimizers.Adam(0.01), "categorical_crossentropy", metrics: ["accuracy"]);
        model.fit(few.X, few.Y, epochs: Steps, batch_size: Rows, verbose: 0, callbacks: callback is null ? [] : [callback]);
        return model;
    }
}
