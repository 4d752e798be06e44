using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// 400 of the <see cref="DataSets.Remarks"/> train an embedding and an LSTM, far too long; what notebook 14 does to it follows. 200 others
/// judge, and what counts is the mean of −log p on the last 600.
/// </summary>
/// <remarks>
/// A seed draws rows, first weights, batches. All ways go on from one network for 30 epochs; only "hot" begins with its last layer as it
/// was, the others with its temperature divided out. The grid is judged by the same 200 rows as the strengths that are learned. Gates
/// train for 100 epochs more; so do "longer", the same network without gates, and "scratch", a network as small as the pruned one that
/// has been trained, cooled, and given strengths in the same way.
/// </remarks>
public sealed class BroughtRemarks
{
    /// <summary>The constants that the search tries, the same for each layer.</summary>
    public static IReadOnlyList<double> Grid { get; } = [0, 0.0003, 0.001, 0.003, 0.01];

    /// <summary>The price of a gate that is open; half as much where all of a layer closes.</summary>
    public const double Price = 0.02;

    readonly int seed;
    readonly (Tensor X, Tensor Y) few, others, unseen;

    BroughtRemarks(int seed)
    {
        this.seed = seed;
        var remarks = DataSets.Remarks();
        var order = tf.random.shuffle(tf.range(remarks.Rows), seed: seed).ToArray<int>();
        (few, others, unseen) = (Part(..400), Part(400..600), Part(600..));

        (Tensor, Tensor) Part(Range rows) => (tf.cast(tf.gather(remarks.X, order[rows])[.., ..13], tf.int32),
            tf.cast(tf.gather(remarks.y, order[rows]), tf.int32));
    }

    /// <summary>All ways for one seed.</summary>
    /// <param name="seed">Draws rows, first weights and batches.</param>
    /// <returns>
    /// NLL: file, temperature, none (30 epochs more, no strength), constant (the best of <see cref="Grid"/> by the others), learned (a
    /// strength each), hot (the same, begun at the file as it is), pruned (learned, then gates, then cut), longer, scratch. The same
    /// with ", right" for the share that is right. Then the strengths of learned and hot, the constant that was chosen, the temperature,
    /// the price, columns and units that are left, and the share of multiplications.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => new BroughtRemarks(seed).All();

    /// <summary>What Keras' file is here, alone: file and temperature, in a tenth of the time.</summary>
    /// <param name="seed">As for <see cref="Run"/>.</param>
    public static IReadOnlyDictionary<string, double> Some(int seed)
    {
        var one = new BroughtRemarks(seed);
        var text = one.Text(8, 12, out var file);
        return new Dictionary<string, double> { ["file"] = one.Test(file).Nll.Value, ["T"] = text.Heat.Value };
    }

    BroughtText Text(int columns, int units, out Sequential file)
    {
        utils.set_random_seed(seed);
        file = Sequential([Input(13, dtype: tf.int32), layers.Embedding(25, columns, mask_zero: true), layers.LSTM(units),
            layers.Dense(1, activation: "sigmoid")]);
        file.compile(optimizers.Adam(0.01), "binary_crossentropy");
        file.fit(few.X, few.Y, epochs: 30, batch_size: 40, verbose: 0);
        return new(file, few, others);
    }

    Dictionary<string, double> All()
    {
        var text = Text(8, 12, out var file);
        Sequential Constant(double strength) => text.Train(text.WithStrengths([strength, strength, strength]), 30, seed);
        var grid = Grid.Select(s => (Strength: s, Model: Constant(s))).ToList();
        var best = grid.MinBy(g => Reliability.Of(g.Model.predict(others.X), others.Y).Nll.Value);
        var ((learned, strengths), (hot, hotStrengths)) = (text.Learned(seed), text.Learned(seed, cooled: false));
        var (small, price) = Cut(text, learned, strengths);
        var (columns, units) = (small.layers[0].weights[0].shape[1], small.layers[1].weights[1].shape[0]);
        var again = Text(columns, units, out _);
        var (scratch, itsOwn) = again.Learned(seed);
        var found = new Dictionary<string, double>();
        foreach (var (name, model) in new (string, Model)[] { ("file", file), ("temperature", text.Heat.Apply(file)),
            ("none", grid[0].Model), ("constant", best.Model), ("learned", learned), ("hot", hot), ("pruned", small),
            ("longer", text.Train(text.Ungated(learned, strengths), 100, seed)),
            ("scratch", again.Train(again.Ungated(scratch, itsOwn), 100, seed)) })
            (found[name], found[name + ", right"]) = (Test(model).Nll.Value, Test(model).Accuracy.Value);
        foreach (var (name, values) in new[] { ("", strengths), ("hot ", hotStrengths) })
            (found[name + "embedding"], found[name + "LSTM"], found[name + "Dense"]) = (values[0], values[1], values[2]);
        (found["constant chosen"], found["T"]) = (best.Strength, text.Heat.Value);
        (found["price"], found["columns"], found["units"]) = (price, columns, units);
        found["multiplications"] = Operations.Of(small) / (double)Operations.Of(file);
        return found;
    }

    /// <summary>Where a price closes all of a gate, half of it is tried.</summary>
    (Sequential, double) Cut(BroughtText text, Sequential learned, double[] strengths)
    {
        for (var price = Price; ; price /= 2)
        {
            var gated = text.Train(text.Gated(learned, strengths, price), 100, seed);
            if (BroughtText.Gates(gated).All(g => g.Kept.Length > 0)) return (HardConcreteGate.Compact(gated), price);
        }
    }

    Reliability Test(Model model) => Reliability.Of(model.predict(unseen.X), unseen.Y);
}
