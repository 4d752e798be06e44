using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// 200 digits, a quarter of them with wrong labels, and a network (64–32–10, tanh) with an L2 strength in each layer: a grid of strengths,
/// a ramp, and hypergradients in one run, all judged by the same 300 other digits. What counts is the accuracy on 1297 more.
/// </summary>
/// <remarks>
/// A seed draws rows, wrong labels and first weights. Every network trains for 600 steps of Adam(0.02) on all 200 rows. A judge looks every
/// 20 steps and moves log-strengths by Adam(0.2): 30 looks reach a factor of e⁶. Steps of plain descent that look ahead have the rate 0.05.
/// </remarks>
public sealed class HyperDigits
{
    /// <summary>The strengths of the grid, in each layer.</summary>
    public static IReadOnlyList<double> Grid { get; } = [0.0003, 0.001, 0.003, 0.01, 0.03];

    /// <summary>The ends of the ramps, the same in both layers; each grows geometrically from 0.0003.</summary>
    public static IReadOnlyList<double> RampEnds { get; } = [0.001, 0.003, 0.01, 0.03];

    const int Steps = 600;
    const double Low = 0.0003, High = 0.03;

    readonly int seed;
    readonly (Tensor X, Tensor Y) few, judges, others;

    HyperDigits(int seed)
    {
        this.seed = seed;
        var digits = new ShuffledDigits(seed);
        (few, judges, others) = (digits.Noisy(..200), digits.Right(200..500), digits.Right(500..));
    }

    /// <summary>All ways for one seed.</summary>
    /// <param name="seed">Draws rows, labels and first weights.</param>
    /// <returns>
    /// Accuracies: none (no penalty), trained (strengths moved by the training loss), constant (the best of <see cref="Grid"/>, one for
    /// both layers), grid (the best pair of <see cref="Grid"/>), ramp (the best of <see cref="RampEnds"/>), neumann, unrolled, far and one
    /// step (moved by the 300, from 0.0003; 20 terms, 20, 200 and 1 steps), and with "high" from 0.03; neumann, again: trained anew with
    /// the strengths where neumann ended. Then the strengths at the end of each, and those that were chosen.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => new HyperDigits(seed).All();

    /// <summary>
    /// A few of the numbers of <see cref="Run"/>, in a tenth of its time: none, ramp, neumann and one step, both from 0.0003.
    /// </summary>
    /// <param name="seed">As for <see cref="Run"/>.</param>
    public static IReadOnlyDictionary<string, double> Some(int seed)
    {
        var digits = new HyperDigits(seed);
        return new Dictionary<string, double>
        {
            ["none"] = digits.Accuracy(digits.Fit(digits.Network(0, 0))),
            ["ramp"] = digits.Accuracy(digits.BestRamp().Model),
            ["neumann"] = digits.Judged("neumann", Low).Accuracy,
            ["one step"] = digits.Judged("one step", Low).Accuracy,
        };
    }

    Dictionary<string, double> All()
    {
        var all = Grid.SelectMany(a => Grid.Select(b => (First: a, Second: b))).Select(s => (s, Model: Fit(Network(s.First, s.Second))))
            .Select(r => (r.s, r.Model, Loss: OnJudges(r.Model))).ToList();
        var pair = all.MinBy(r => r.Loss);
        var one = all.Where(r => r.s.First == r.s.Second).MinBy(r => r.Loss);
        var ramp = BestRamp();
        var found = new Dictionary<string, double>
        {
            ["none"] = Accuracy(Fit(Network(0, 0))),
            ["trained"] = Accuracy(Fit(Network(tf.Variable(Low, name: "first"), tf.Variable(Low, name: "second")))),
            ["constant"] = Accuracy(one.Model),
            ["grid"] = Accuracy(pair.Model),
            ["ramp"] = Accuracy(ramp.Model),
        };
        var ends = new Dictionary<string, double>
        {
            ["constant chosen"] = one.s.First,
            ["grid chosen, first"] = pair.s.First,
            ["grid chosen, second"] = pair.s.Second,
            ["ramp chosen"] = ramp.End,
        };
        foreach (var way in Judges.Keys)
            foreach (var (name, start) in new[] { (way, Low), (way + ", high", High) })
                (found[name], ends[name + ", first"], ends[name + ", second"]) = Judged(way, start);
        found["neumann, again"] = Accuracy(Fit(Network(ends["neumann, first"], ends["neumann, second"])));
        return new(found.Concat(ends));
    }

    (double Accuracy, double First, double Second) Judged(string way, double start)
    {
        var (first, second) = (new Positive(start), new Positive(start));
        var model = Network(first, second);
        Fit(model, Judges[way](this, model).ToCallback(keras.optimizers.Adam(0.2), every: 20));
        return (Accuracy(model), (double)first.Value, (double)second.Value);
    }

    static IReadOnlyDictionary<string, Func<HyperDigits, Model, HyperObjective>> Judges { get; } =
        new Dictionary<string, Func<HyperDigits, Model, HyperObjective>>
        {
            ["neumann"] = (d, m) => new ValidationStrength(m, d.few.X, d.few.Y, d.judges.X, d.judges.Y, new NeumannSeries(20, 0.05)),
            ["unrolled"] = (d, m) => new UnrolledStrength(m, d.few.X, d.few.Y, d.judges.X, d.judges.Y, rate: 0.05, steps: 20),
            ["far"] = (d, m) => new UnrolledStrength(m, d.few.X, d.few.Y, d.judges.X, d.judges.Y, rate: 0.05, steps: 200),
            ["one step"] = (d, m) => new UnrolledStrength(m, d.few.X, d.few.Y, d.judges.X, d.judges.Y, rate: 0.05),
        };

    (double End, Model Model) BestRamp() => RampEnds.Select(end => (end, Model: Ramp(end))).MinBy(r => OnJudges(r.Model));

    Model Ramp(double end)
    {
        var strength = tf.Variable(Low, trainable: false);
        return Fit(Network(strength, strength), keras.callbacks.LambdaCallback(on_epoch_begin: (step, _) =>
            strength.assign(Low * Math.Pow(end / Low, step / (Steps - 1.0)))));
    }

    Model Network(Hyperparameter first, Hyperparameter second)
    {
        tf.random.set_seed(seed);
        var model = keras.Sequential([keras.Input(64),
            keras.layers.Dense(32, activation: "tanh", kernel_regularizer: keras.regularizers.l2(first)),
            keras.layers.Dense(10, activation: "softmax", kernel_regularizer: keras.regularizers.l2(second))]);
        model.compile(keras.optimizers.Adam(0.02), "categorical_crossentropy", metrics: ["accuracy", "categorical_crossentropy"]);
        return model;
    }

    Model Fit(Model model, params Callback[] callbacks)
    {
        model.fit(few.X, few.Y, epochs: Steps, batch_size: 200, verbose: 0, callbacks: callbacks);
        return model;
    }

    double OnJudges(Model model) => model.evaluate(judges.X, judges.Y)["categorical_crossentropy"];

    double Accuracy(Model model) => model.evaluate(others.X, others.Y)["accuracy"];
}
