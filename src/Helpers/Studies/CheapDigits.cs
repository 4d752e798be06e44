using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// A network that reads digits and learns to do so with fewer multiplications: the study of notebook 11, 24 seeds in
/// <c>data/studies/cheap-digits.csv</c>.
/// </summary>
/// <remarks>
/// 64 pixels → 48 tanh units → 10 classes, 3552 multiplications. 600 digits train it at once, 599 others test. Gates stand at the pixels
/// and at the units, and an <see cref="OperationPrice"/> grows over 500 of 600 steps. All networks have the same steps of the same Adam.
/// The rivals of a gated one are trained from scratch: "small" has all pixels and as many units as its multiplications pay for, or a part
/// of one more; "shape" has its pixels and its number of units; "varied" as many pixels, those whose variance over the training digits is
/// largest, and its number of units.
/// </remarks>
public sealed class CheapDigits
{
    /// <summary>Pixels of a digit.</summary>
    public const int Pixels = 64;

    /// <summary>Units of the whole network.</summary>
    public const int Units = 48;

    /// <summary>Steps of each training.</summary>
    public const int Steps = 600;

    /// <summary>Steps over which the price grows.</summary>
    public const int Growing = 500;

    const int TrainRows = 600, Classes = 10;

    /// <summary>Reads the digits.</summary>
    public CheapDigits()
    {
        var digits = DataSets.Digits();
        (Tensor X, Tensor Y) Part(IEnumerable<int> rows) => (tf.cast(tf.gather(digits.X, rows.ToArray()), tf.float32) / 16,
            tf.cast(tf.gather(digits.y, rows.ToArray()), tf.int32));
        var all = Enumerable.Range(0, digits.Rows);
        Train = Part(all.Where(i => i % 3 != 0).Take(TrainRows));
        Test = Part(all.Where(i => i % 3 == 0));
    }

    /// <summary>The prices of all multiplications together.</summary>
    public static IReadOnlyList<double> Prices { get; } = [1, 3, 6, 12, 24];

    /// <summary>The multiplications of the whole network.</summary>
    public static long Whole => Count(Pixels, Units);

    /// <summary>The digits that train: pixels (600, 64) from 0 to 1, and names (600,).</summary>
    public (Tensor X, Tensor Y) Train { get; }

    /// <summary>The digits that test: (599, 64) and (599,).</summary>
    public (Tensor X, Tensor Y) Test { get; }

    /// <summary>All networks of one seed.</summary>
    /// <param name="seed">Of first weights and of the noise of gates.</param>
    /// <returns>For each price: digits read rightly of 599, by the gated network that was cut and by its rivals; multiplications of the
    /// cut network and of "small"; its pixels and units. And the digits that the whole network reads rightly.</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed)
    {
        var digits = new CheapDigits();
        var found = new Dictionary<string, double> { ["whole: right"] = digits.Right(digits.Plain(seed, Units)) };
        foreach (var price in Prices)
        {
            var (name, gated) = (Numbers.Show(price), digits.Gated(seed, price));
            var (small, pixels) = Cut(gated);
            var units = small.layers[0].weights[0].shape[1];
            found[$"{name}: right"] = digits.Right(small, pixels);
            (found[$"{name}: multiplications"], found[$"{name}: pixels"]) = (Operations.Of(small), pixels.Length);
            found[$"{name}: units"] = units;
            var equal = (int)Math.Ceiling(Operations.Of(small) / (double)Count(Pixels, 1));
            found[$"{name}, small: right"] = digits.Right(digits.Plain(seed, equal));
            found[$"{name}, small: multiplications"] = Count(Pixels, equal);
            found[$"{name}, shape: right"] = digits.Right(digits.Plain(seed, units, pixels), pixels);
            var varied = digits.Varied(pixels.Length);
            found[$"{name}, varied: right"] = digits.Right(digits.Plain(seed, units, varied), varied);
        }
        return found;
    }

    /// <summary>A network with gates, not trained.</summary>
    /// <param name="seed">Of its first weights and of the noise of its gates.</param>
    public static Sequential WithGates(int seed)
    {
        var model = Sequential([Input(Pixels), new HardConcreteGate(seed: seed), layers.Dense(Units, activation: "tanh"),
            new HardConcreteGate(seed: seed + 1000), layers.Dense(Classes, activation: "softmax")]);
        Start(model, seed);
        return model;
    }

    /// <summary>A network whose gates have learned with a price.</summary>
    /// <param name="seed">Of its first weights and of the noise of its gates.</param>
    /// <param name="price">What all multiplications together cost.</param>
    public Sequential Gated(int seed, double price)
    {
        var model = WithGates(seed);
        Teach(model, Train.X, [new OperationPrice(price, over: Growing)]);
        return model;
    }

    /// <summary>The smaller network that a gated one leaves, and the pixels that it wants.</summary>
    /// <param name="gated">A trained network with gates.</param>
    public static (Sequential Small, int[] Pixels) Cut(Sequential gated) =>
        (HardConcreteGate.Compact(gated), ((HardConcreteGate)gated.layers[0]).Kept);

    /// <summary>The pixels that vary most over the training digits.</summary>
    /// <param name="count">How many.</param>
    public int[] Varied(int count)
    {
        var variance = tf.math.reduce_variance(Train.X, 0).ToArray<float>();
        return [.. Enumerable.Range(0, Pixels).OrderByDescending(i => variance[i]).Take(count).Order()];
    }

    /// <summary>A network without gates, trained.</summary>
    /// <param name="seed">Of its first weights.</param>
    /// <param name="units">How many units.</param>
    /// <param name="pixels">Which pixels it sees; default: all.</param>
    public Sequential Plain(int seed, int units, int[]? pixels = null)
    {
        var model = Sequential([Input(pixels?.Length ?? Pixels), layers.Dense(units, activation: "tanh"),
            layers.Dense(Classes, activation: "softmax")]);
        Start(model, seed);
        Teach(model, pixels is null ? Train.X : tf.gather(Train.X, pixels, axis: -1), []);
        return model;
    }

    /// <summary>How many of the 599 test digits a network reads rightly.</summary>
    /// <param name="model">The network.</param>
    /// <param name="pixels">Which pixels it sees; default: all.</param>
    public int Right(Model model, int[]? pixels = null)
    {
        var said = tf.argmax(model.predict(pixels is null ? Test.X : tf.gather(Test.X, pixels, axis: -1)), axis: 1);
        return (int)(double)tf.reduce_sum(tf.cast(tf.equal(tf.cast(said, tf.int32), Test.Y), tf.float64));
    }

    static long Count(int pixels, int units) => units * (pixels + Classes);

    void Teach(Sequential model, Tensor x, Callback[] callbacks)
    {
        model.compile(optimizers.Adam(0.02), "sparse_categorical_crossentropy");
        model.fit(x, Train.Y, batch_size: TrainRows, epochs: Steps, shuffle: false, verbose: 0, callbacks: callbacks);
    }

    /// <summary>Kernels are normal numbers divided by √inputs, biases 0.</summary>
    static void Start(Sequential model, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        foreach (var kernel in model.weights.Where(w => w.shape.Rank == 2))
            kernel.assign(tf.cast(tf.reshape(tf.constant(Enumerable.Range(0, kernel.shape.Size).Select(_ => random.NextNormal()).ToArray()),
                kernel.shape), tf.float32) / Math.Sqrt(kernel.shape[0]));
    }
}
