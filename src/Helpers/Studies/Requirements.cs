using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// A requirement, fixed factors and a ramp on a network that is too small for both of its tasks: the study of notebook 09, 24 seeds in
/// <c>data/studies/requirements.csv</c>.
/// </summary>
/// <remarks>
/// The tasks are those of <see cref="DigitTasks"/> with 6 hidden units. All are trained on the same 300 digits at once, with Adam at 0.01
/// for
/// 3000 steps: with the training error of the picture at most 0.03 (a geometric price, as in GECO, and an additive one), with a fixed
/// factor
/// on that error, among them the last price of the same seed, with a factor that grows to that price, and with the path that the price
/// took.
/// </remarks>
public sealed class Requirements
{
    /// <summary>The largest mean squared error on the training pictures that is asked for.</summary>
    public const double Limit = 0.03;

    /// <summary>How many units the two tasks share.</summary>
    public const int Hidden = 6;

    /// <summary>How many steps each training has.</summary>
    public const int Steps = 3000;

    const string Name = "requirements";

    readonly Study study;

    Requirements(Study study) => this.study = study;

    /// <summary>The fixed factors on the error of the picture.</summary>
    public static IReadOnlyList<double> Factors { get; } = [1, 10, 30, 100];

    /// <summary>The seeds.</summary>
    public IReadOnlyList<int> Seeds => study.Seeds;

    /// <summary>The stored table.</summary>
    public static Requirements Stored() => new(Study.Stored(Name));

    /// <summary>All trainings of one seed.</summary>
    /// <param name="seed">Of the first weights.</param>
    /// <returns>The numbers of each training, under the names that <see cref="Number"/> reads.</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed)
    {
        var (tasks, numbers) = (new DigitTasks(), new Dictionary<string, double>());
        void Add(string name, RequirementRun run)
        {
            foreach (var (what, number) in new[] { ("right", (double)run.Right), ("test MSE", run.TestError),
                ("training MSE", run.TrainError), ("factor", run.Factors[^1]), ("largest factor", run.Factors.Max()) })
                numbers[$"{name}: {what}"] = Numbers.Round(number, 5);
        }

        var asked = Train(tasks, seed, Geometric());
        Add("at most 0.03", asked);
        Add("at most 0.03, additive", Train(tasks, seed, Additive()));
        foreach (var factor in Factors) Add($"MSE × {Numbers.Show(factor)}", Train(tasks, seed, _ => factor));
        var last = asked.Factors[^1];
        Add("its last price, fixed", Train(tasks, seed, _ => last));
        Add("ramp to its last price", Train(tasks, seed, step => Math.Pow(last, Math.Min(1, step / 600.0))));
        Add("its path, replayed", Train(tasks, seed, step => asked.Factors[step]));
        return numbers;
    }

    /// <summary>The requirement with a price that is multiplied: by at most 2 % a step, from 1 on.</summary>
    public static Bound Geometric() =>
        Bound.AtMost("mse", Limit, output: 1, name: "picture").Priced(rate: 0.02, initial: 1, geometric: true);

    /// <summary>The requirement with the price that a <see cref="Bound"/> has by itself.</summary>
    public static Bound Additive() => Bound.AtMost("mse", Limit, output: 1, name: "picture");

    /// <summary>A training under a requirement, in one fit.</summary>
    /// <param name="tasks">The data.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="bound">The requirement; a new one for each training.</param>
    /// <param name="hidden">How many units the two tasks share.</param>
    /// <param name="steps">How many steps.</param>
    public static RequirementRun Train(DigitTasks tasks, int seed, Bound bound, int hidden = Hidden, int steps = Steps)
    {
        var model = DigitTasks.Network((ulong)seed, hidden);
        model.compile(optimizers.Adam(0.01, epsilon: 1e-8), [losses.SparseCategoricalCrossentropy(from_logits: true), null]);
        model.fit(tasks.Train.X, [tasks.Train.Y, tasks.Train.X], batch_size: DigitTasks.TrainRows, epochs: steps, verbose: 0,
            shuffle: false, callbacks: [bound]);
        return Looked(tasks, model, bound.Record[$"{bound.Name} price"], bound.Record["quantity"]);
    }

    /// <summary>A training with a factor on the error of the picture that is known beforehand.</summary>
    /// <param name="tasks">The data.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="factor">The factor of a step; the first step is 0.</param>
    public static RequirementRun Train(DigitTasks tasks, int seed, Func<int, double> factor)
    {
        var model = DigitTasks.Network((ulong)seed, Hidden);
        var weight = tf.Variable(factor(0), trainable: false, name: "factor", dtype: tf.float32);
        var (factors, errors) = (new double[Steps], new double[Steps]);
        model.compile(optimizers.Adam(0.01, epsilon: 1e-8), [losses.SparseCategoricalCrossentropy(from_logits: true), "mse"],
            [1, weight]);
        for (var step = 0; step < Steps; step++)
        {
            weight.assign(factors[step] = factor(step));
            errors[step] = model.train_on_batch(tasks.Train.X, (Batch)new[] { tasks.Train.Y, tasks.Train.X })
                [$"{model.output_names[1]}_loss"];
        }
        return Looked(tasks, model, factors, errors);
    }

    /// <summary>One number of all seeds.</summary>
    /// <param name="training">A name, such as "at most 0.03" or "MSE × 10".</param>
    /// <param name="what">right (of 599), test MSE, training MSE, factor (the last), largest factor.</param>
    public double[] Number(string training, string what) => study[$"{training}: {what}"];

    /// <summary>The mean of a number over the seeds.</summary>
    /// <inheritdoc cref="Number"/>
    public Estimate Mean(string training, string what) => Estimate.Of(Number(training, what));

    /// <summary>The mean difference of two trainings, paired by seed.</summary>
    /// <param name="training">A name.</param>
    /// <param name="minus">What it is compared with.</param>
    /// <param name="what">One of the numbers.</param>
    public Estimate Difference(string training, string minus, string what) =>
        Estimate.Paired(Number(training, what), Number(minus, what));

    /// <summary>One number of one seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="training">A name.</param>
    /// <param name="what">One of the numbers.</param>
    public double Of(int seed, string training, string what) => study.Of(seed, $"{training}: {what}");

    static RequirementRun Looked(DigitTasks tasks, Model model, double[] factors, double[] errors)
    {
        double Error(Tensor pixels) =>
            (double)tf.reduce_mean(tf.square(model.call([pixels], training: false)[1] - pixels));
        return new(model, factors, errors, (int)(double)tf.reduce_sum(tasks.Right(model)), Error(tasks.Test.X), Error(tasks.Train.X));
    }
}
