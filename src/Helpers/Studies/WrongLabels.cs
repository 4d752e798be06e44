using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// How many labels are wrong, learned by models that are just right, too stiff and too free: the study of notebook 10, 24 seeds in
/// <c>data/studies/wrong-labels.csv</c>.
/// </summary>
/// <remarks>
/// Blobs: <see cref="NoisyBlobs"/> of 1500 points, a linear softmax. Digits: 1198 of them, of which a label is drawn anew with probability
/// <see cref="Rate"/>; the 599 others test, with right labels. A softmax of the pixels with a penalty, or a network of 64 hidden units
/// without; Adam at 0.05 and 0.01, <see cref="Steps"/> steps on all rows: with the plain cross-entropy, with the labels smoothed by
/// 0.1, with a <see cref="LabelNoise"/> that learns, from 0.1 on and from 0.5, and with one that is held at <see cref="Rate"/>.
/// </remarks>
public sealed class WrongLabels
{
    /// <summary>The probability that a digit's label is drawn anew.</summary>
    public const double Rate = 0.2;

    /// <summary>The steps of each training on digits.</summary>
    public const int Steps = 400;

    const int Classes = 10;

    static readonly DataSet digits = DataSets.Digits();
    static readonly int[] training = [.. Enumerable.Range(0, digits.Rows).Where(i => i % 3 != 0)];
    static readonly int[] testing = [.. Enumerable.Range(0, digits.Rows).Where(i => i % 3 == 0)];

    readonly int seed;
    readonly Tensor x, y, otherX;
    readonly int[] right;

    /// <summary>Draws the labels of a seed.</summary>
    /// <param name="seed">Of the labels and of first weights.</param>
    public WrongLabels(int seed)
    {
        this.seed = seed;
        var names = tf.cast(digits.y, tf.int32).ToArray<int>();
        var random = new SplitMix64((ulong)seed);
        int[] labels = [.. training.Select(i =>
        {
            var (chance, other) = (random.NextUniform(), (int)(Classes * random.NextUniform()));
            return chance < Rate ? other : names[i];
        })];
        // One label in K that is drawn anew is right by chance.
        Realised = labels.Zip(training, (l, i) => l == names[i] ? 0.0 : 1).Average() * Classes / (Classes - 1);
        (x, otherX) = (Pixels(training), Pixels(testing));
        y = tf.one_hot(tf.constant(labels), Classes);
        right = Array.ConvertAll(testing, i => names[i]);
    }

    /// <summary>The penalties of the linear model: the factor before ½·‖W‖².</summary>
    public static IReadOnlyList<double> Penalties { get; } = [1e-5, 1e-4, 1e-3, 1e-2];

    /// <summary>The models on digits, as the columns name them: a penalty each, and network.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. Penalties.Select(p => Numbers.Show(p)), "network"];

    /// <summary>The rates of the blobs.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.1, 0.2, 0.4];

    /// <summary>The share of labels drawn anew, told from those that are wrong.</summary>
    public double Realised { get; }

    /// <summary>The stored table.</summary>
    public static Study Stored() => Study.Stored("wrong-labels");

    /// <summary>All trainings of one seed.</summary>
    /// <param name="seed">Of data, labels and first weights.</param>
    /// <returns>"blobs RATE" and "blobs RATE, realised"; "realised" of the digits; for each penalty, and for "network": the learned rate,
    /// with " from 0.5" where it began there instead of at 0.1, and with ", right" behind both, ", held", ", plain" and ", smoothed" the
    /// share of test digits that are read rightly.</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed)
    {
        var numbers = new Dictionary<string, double>();
        foreach (var rate in Rates)
        {
            var blobs = NoisyBlobs.Draw([rate, rate, rate], 1000 * seed + (int)(10 * rate), 1500);
            var noise = new LabelNoise(3);
            blobs.Fit(noise);
            numbers[$"blobs {Numbers.Show(rate)}"] = Numbers.Round((double)noise.Rates.Value[0], 5);
            numbers[$"blobs {Numbers.Show(rate)}, realised"] = Numbers.Round(1.5 * blobs.Wrong, 5);
        }
        var one = new WrongLabels(seed);
        numbers["realised"] = Numbers.Round(one.Realised, 5);
        foreach (var (name, penalty) in Models.Zip(Penalties.Select(p => (double?)p).Append(null)))
        {
            foreach (var (first, from) in new[] { (0.1, ""), (0.5, " from 0.5") })
            {
                var noise = new LabelNoise(Classes, initial: first);
                numbers[name + from + ", right"] = Numbers.Round(one.Right(one.Train(noise, penalty)), 5);
                numbers[name + from] = Numbers.Round((double)noise.Rates.Value[0], 5);
            }
            var held = new LabelNoise(Classes, initial: Rate);
            held.Rates.Raw.trainable = false;
            numbers[name + ", held"] = Numbers.Round(one.Right(one.Train(held, penalty)), 5);
            numbers[name + ", plain"] = Numbers.Round(one.Right(one.Train("categorical_crossentropy", penalty)), 5);
            numbers[name + ", smoothed"] = Numbers.Round(one.Right(one.Train(
                losses.CategoricalCrossentropy(label_smoothing: 0.1), penalty)), 5);
        }
        return numbers;
    }

    /// <summary>One training on the digits.</summary>
    /// <param name="loss">Of probabilities; its variables train too.</param>
    /// <param name="penalty">Of the linear model; null: a network without a penalty.</param>
    public Model Train(Loss loss, double? penalty)
    {
        utils.set_random_seed(seed);
        var model = penalty is { } p
            ? Sequential([Input(64), layers.Dense(Classes, activation: "softmax", kernel_regularizer: regularizers.l2(p / 2))])
            : Sequential([Input(64), layers.Dense(64, activation: "relu"), layers.Dense(Classes, activation: "softmax")]);
        model.compile(optimizers.Adam(penalty is null ? 0.01 : 0.05), loss);
        model.fit(x, y, epochs: Steps, batch_size: training.Length, verbose: 0);
        return model;
    }

    /// <summary>The share of test digits that are read rightly.</summary>
    /// <param name="model">A model of <see cref="Train"/>.</param>
    public double Right(Model model) =>
        tf.argmax(model.predict(otherX), 1).ToArray<long>().Zip(right, (a, b) => a == b ? 1.0 : 0).Average();

    static Tensor Pixels(int[] rows) => tf.cast(tf.gather(digits.X, rows) / 16, tf.float32);
}
