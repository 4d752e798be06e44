using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Few digits with wrong labels: the article's network (64–64–32–10, an L2 strength in each hidden layer), once for each way to come
/// by its strengths. The number that counts is the accuracy on 1497 other digits, labelled right.
/// </summary>
/// <remarks>
/// A seed draws 300 digits and labels a quarter of them at random. Whoever asks other data must pay: 100 of the 300 judge, 200 train.
/// Every network has the same first weights, Adam(0.02), and 200 epochs of one batch.
/// The judge is <see cref="ValidationStrength"/> with ten terms of a Neumann series, which looks every fifth epoch and moves log-strengths
/// by Adam(0.12): 40 looks reach a factor of e⁴, from 0.01 into the range that a search would try. Rates and start were chosen on seeds
/// 1 to 12 and left alone since.
/// </remarks>
public sealed class NoisyDigits
{
    /// <summary>The strengths that the search tries: constants.</summary>
    public static IReadOnlyList<double> Constants { get; } = [0.01, 0.03, 0.05, 0.1];

    /// <summary>The ends of the ramps that the search tries: each grows geometrically from 0.01 over the epochs.</summary>
    public static IReadOnlyList<double> RampEnds { get; } = [0.03, 0.1, 0.3, 1];

    const int Epochs = 200;
    const double Start = 0.01;

    readonly int seed;
    readonly (Tensor X, Tensor Y) all, few, judges, others;

    NoisyDigits(int seed)
    {
        this.seed = seed;
        var digits = new ShuffledDigits(seed);
        (all, few, judges, others) = (digits.Noisy(..300), digits.Noisy(..200), digits.Noisy(200..300), digits.Right(300..));
    }

    /// <summary>All ways for one seed.</summary>
    /// <param name="seed">Draws rows, labels and first weights.</param>
    /// <returns>
    /// Accuracies: none (no penalty), trained (by the training loss), 0.01, constant (the best of <see cref="Constants"/> on the 100,
    /// trained again on the 300), judged (by the 100, on the 200), end (where those ended, as numbers, on the 300), path (theirs, replayed
    /// on the 300), ramp (the best of <see cref="RampEnds"/> on the 100, again on the 300), 0.05 (on the 300); then the chosen constant and
    /// ramp, and both strengths of the path at epochs 50 and 100 and at the end.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => new NoisyDigits(seed).Run();

    Dictionary<string, double> Run()
    {
        var constant = Constants.MinBy(s => OnJudges(Fit(Network(s, s), few)));
        var end = RampEnds.MinBy(e => OnJudges(Replay(Ramp(e), few)));
        var (judged, path) = Judged();
        var (first, second) = path[^1];
        return new()
        {
            ["none"] = Accuracy(Fit(Network(0, 0), all)),
            ["trained"] = Accuracy(Fit(Network(tf.Variable(Start, name: "reg_param1"), tf.Variable(Start, name: "reg_param2")), all)),
            ["0.01"] = Accuracy(Fit(Network(Start, Start), all)),
            ["constant"] = Accuracy(Fit(Network(constant, constant), all)),
            ["judged"] = Accuracy(judged),
            ["end"] = Accuracy(Fit(Network(first, second), all)),
            ["path"] = Accuracy(Replay(path, all)),
            ["ramp"] = Accuracy(Replay(Ramp(end), all)),
            ["0.05"] = Accuracy(Fit(Network(0.05, 0.05), all)),
            ["chosen constant"] = constant,
            ["chosen ramp"] = end,
            ["first at 50"] = path[50].First,
            ["first at 100"] = path[100].First,
            ["first at the end"] = first,
            ["second at 50"] = path[50].Second,
            ["second at 100"] = path[100].Second,
            ["second at the end"] = second,
        };
    }

    /// <summary>The 100 move both strengths while the 200 train; the path holds them before each epoch.</summary>
    (Model Model, List<(double First, double Second)> Path) Judged()
    {
        var (first, second) = (new Positive(Start), new Positive(Start));
        var (model, path) = (Network(first, second), new List<(double, double)>());
        var judge = new ValidationStrength(model, few.X, few.Y, judges.X, judges.Y, new NeumannSeries(10, 0.01));
        Fit(model, few, judge.ToCallback(keras.optimizers.Adam(0.12), every: 5),
            Before(_ => path.Add(((double)first.Value, (double)second.Value))));
        return (model, path);
    }

    static (double, double)[] Ramp(double end) =>
        [.. Enumerable.Range(0, Epochs).Select(e => Start * Math.Pow(end / Start, e / (Epochs - 1.0))).Select(s => (s, s))];

    Model Replay(IReadOnlyList<(double First, double Second)> path, (Tensor X, Tensor Y) data)
    {
        var (first, second) = (tf.Variable(Start, trainable: false), tf.Variable(Start, trainable: false));
        return Fit(Network(first, second), data, Before(epoch =>
        {
            first.assign(path[epoch].First);
            second.assign(path[epoch].Second);
        }));
    }

    Model Network(Hyperparameter strength1, Hyperparameter strength2)
    {
        tf.random.set_seed(seed);
        var model = keras.Sequential([keras.Input(64),
            keras.layers.Dense(64, activation: "relu", kernel_regularizer: keras.regularizers.l2(strength1)),
            keras.layers.Dense(32, activation: "relu", kernel_regularizer: keras.regularizers.l2(strength2)),
            keras.layers.Dense(10, activation: "softmax")]);
        model.compile(keras.optimizers.Adam(0.02), "categorical_crossentropy", metrics: ["accuracy", "categorical_crossentropy"]);
        return model;
    }

    static Model Fit(Model model, (Tensor X, Tensor Y) data, params Callback[] callbacks)
    {
        model.fit(data.X, data.Y, epochs: Epochs, batch_size: data.X.shape[0], verbose: 0, callbacks: callbacks);
        return model;
    }

    static Callback Before(Action<int> act) => keras.callbacks.LambdaCallback(on_epoch_begin: (epoch, _) => act(epoch));

    double OnJudges(Model model) => model.evaluate(judges.X, judges.Y)["categorical_crossentropy"];

    double Accuracy(Model model) => model.evaluate(others.X, others.Y)["accuracy"];
}
