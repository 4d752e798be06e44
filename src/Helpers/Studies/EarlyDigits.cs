using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// Three networks that read digits, one behind the other, with exits under a budget, and single networks of equal cost: the second study of
/// notebook 11, 24 seeds in <c>data/studies/early-digits.csv</c>.
/// </summary>
/// <remarks>
/// A linear network (640 multiplications), one of 24 tanh units (1776) and a convolution (10112) train on the digits with row mod 3 = 1.
/// The rows with row mod 3 = 2 give each a temperature and learn the thresholds, the others test. A rival of a budget is a network of tanh
/// units that costs as much.
/// </remarks>
public sealed class EarlyDigits
{
    readonly (Tensor X, Tensor Y) train;

    /// <summary>Reads the digits.</summary>
    public EarlyDigits()
    {
        var digits = DataSets.Digits();
        (train, Other, Test) = (Third(1), Third(2), Third(0));

        (Tensor X, Tensor Y) Third(int third)
        {
            int[] rows = [.. Enumerable.Range(0, digits.Rows).Where(i => i % 3 == third)];
            return (tf.cast(tf.gather(digits.X, rows) / 16, tf.float32), tf.cast(tf.gather(digits.y, rows), tf.int32));
        }
    }

    /// <summary>How many multiplications a digit may take on average.</summary>
    public static IReadOnlyList<double> Budgets { get; } = [1000, 2000, 3000, 6000];

    /// <summary>The 599 digits that choose temperatures and thresholds.</summary>
    public (Tensor X, Tensor Y) Other { get; }

    /// <summary>The 599 digits that test.</summary>
    public (Tensor X, Tensor Y) Test { get; }

    /// <summary>All networks of one seed.</summary>
    /// <param name="seed">Of first weights and batches.</param>
    /// <returns>Digits read rightly of 599: by linear, 24 units, convolution; for each budget by exits and by single; and what a digit took
    /// with exits.</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed)
    {
        var (digits, found) = (new EarlyDigits(), new Dictionary<string, double>());
        var stages = digits.Stages(seed);
        foreach (var (name, stage) in new[] { "linear", "24 units", "convolution" }.Zip(stages))
            found[name] = digits.Right(stage.predict(digits.Test.X));
        foreach (var budget in Budgets)
        {
            var exits = new EarlyExit(stages);
            exits.Fit(digits.Other.X, digits.Other.Y, budget);
            var left = exits.predict(digits.Test.X);
            found[$"{budget}: exits"] = digits.Right(left.Probabilities);
            found[$"{budget}: multiplications"] = Numbers.Round(left.Operations, 5);
            found[$"{budget}: single"] = digits.Right(digits.Single(seed, budget).predict(digits.Test.X));
        }
        return found;
    }

    /// <summary>The three networks, each with its temperature.</summary>
    /// <param name="seed">Of first weights and batches.</param>
    public Model[] Stages(int seed) =>
    [
        Trained(seed, 30),
        Trained(seed, 40, layers.Dense(24, activation: "tanh")),
        Trained(seed, 40, layers.Reshape(new Shape(8, 8, 1)), layers.Conv2D(16, 3, activation: "relu"), layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation: "relu"), layers.Flatten()),
    ];

    /// <summary>A network of one layer of tanh units with at least as many multiplications as a budget.</summary>
    /// <param name="seed">Of first weights and batches.</param>
    /// <param name="budget">Multiplications for a digit.</param>
    public Model Single(int seed, double budget) =>
        Trained(seed, 40, layers.Dense((int)Math.Ceiling(budget / 74), activation: "tanh"));

    /// <summary>How many of the 599 test digits are read rightly.</summary>
    /// <param name="probabilities">(599, 10).</param>
    public int Right(Tensor probabilities) => (int)(double)tf.reduce_sum(tf.cast(
        tf.equal(tf.cast(tf.argmax(probabilities, axis: 1), tf.int32), Test.Y), tf.float64));

    Model Trained(int seed, int epochs, params Layer[] stack)
    {
        utils.set_random_seed(seed);
        var model = Sequential([Input(64), .. stack, layers.Dense(10, activation: "softmax")]);
        model.compile(optimizers.Adam(0.005), "sparse_categorical_crossentropy");
        model.fit(train.X, train.Y, epochs: epochs, batch_size: 32, verbose: 0);
        return Temperature.Of(model, Other.X, Other.Y).Apply(model);
    }
}
