using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// Who judges the exponents of features: nobody, their likelihood, or the loss of the task. The study of notebook 06, ten folds in
/// <c>data/studies/task-transforms.csv</c>.
/// </summary>
/// <remarks>
/// 569 breast tumours, 30 features, logistic regression with an L2 penalty; and 442 patients with diabetes, 10 features, a linear model
/// of the standardised progression. A seed is a fold, which holds back the rows with i mod 10 = seed − 1. All three ways have the same
/// model, a <see cref="TransformLayer"/> before one dense unit, in the same units, and the same training: <see cref="Steps"/> steps of
/// Adam at 0.05 on all rows. Only what moves the exponents differs.
/// </remarks>
public static class TaskTransforms
{
    /// <summary>How the exponents come about: they stay at 1, maximise the likelihood of the features, or train with the weights.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["none", "likelihood", "task"];

    /// <summary>The factors before Σw² ÷ 2.</summary>
    public static IReadOnlyList<double> Penalties { get; } = [1e-3, 1e-2];

    /// <summary>After how many steps the rows held back are asked.</summary>
    public static IReadOnlyList<int> Looks { get; } = [50, 100, 200, 400, Steps];

    /// <summary>The steps of each training.</summary>
    public const int Steps = 800;

    const int Folds = 10;

    static readonly DataSet tumours = DataSets.BreastCancer(), diabetes = DataSets.Diabetes();

    /// <summary>The name of a number of a fold.</summary>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="penalty">One of <see cref="Penalties"/>.</param>
    /// <param name="steps">One of <see cref="Looks"/>.</param>
    public static string Column(string way, double penalty, int steps = Steps) => FormattableString.Invariant($"{way} {penalty} {steps}");

    /// <summary>The name of a number of a fold of the patients, at a penalty of 0.01.</summary>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    public static string OfPatients(string way) => $"patients {way}";

    /// <summary>The stored table, on the rows held back: the mean of −log p of the right class, or of the squared error.</summary>
    public static Study Stored() => Study.Stored("task-transforms");

    /// <summary>All trainings of one fold: some seconds.</summary>
    /// <param name="fold">The fold, from 1.</param>
    public static IReadOnlyDictionary<string, double> Run(int fold)
    {
        var losses = new Dictionary<string, double>();
        foreach (var penalty in Penalties)
            foreach (var way in Ways)
                foreach (var (steps, loss) in Train(fold, way, penalty).Losses)
                    losses[Column(way, penalty, steps)] = Numbers.Round(loss, 7);
        foreach (var way in Ways) losses[OfPatients(way)] = Numbers.Round(Train(fold, way, 1e-2, patients: true).Losses[Steps], 7);
        return losses;
    }

    /// <summary>One training of one fold.</summary>
    /// <param name="fold">The fold, from 1.</param>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="penalty">The factor before Σw² ÷ 2.</param>
    /// <param name="patients">Whether for the patients instead of the tumours.</param>
    /// <returns>The loss on the rows held back after each of <see cref="Looks"/>, and the exponents at the end.</returns>
    public static (IReadOnlyDictionary<int, double> Losses, double[] Exponents) Train(int fold, string way, double penalty,
        bool patients = false)
    {
        var (x, y, otherX, otherY) = Fold(fold, patients ? diabetes : tumours);
        if (patients) (y, otherY) = (Scaling.StandardizeBy(y, y), Scaling.StandardizeBy(otherY, y));
        var layer = new TransformLayer(new YeoJohnson(tf.ones(x.shape[1])));
        layer.adapt(x, exponents: way == "likelihood");
        if (way != "task") layer.Transform.Lambda.trainable = false;
        var linear = layers.Dense(1, kernel_initializer: "zeros", kernel_regularizer: regularizers.l2(penalty / 2));
        var model = keras.Sequential([keras.Input(x.shape[1]), layer, linear]);
        Loss loss = patients ? "mse" : losses.BinaryCrossentropy(from_logits: true);
        model.compile(optimizers.Adam(0.05), loss);
        var (seen, done) = (new Dictionary<int, double>(), 0);
        foreach (var look in Looks)
        {
            model.fit(x, y, epochs: look - done, batch_size: y.shape[0], verbose: 0);
            done = look;
            // Without the penalty, which evaluate would add.
            seen[look] = (double)loss.Apply(otherY, model.predict(otherX));
        }
        return (seen, tf.cast(layer.Transform.Lambda.value(), tf.float64).ToArray<double>());
    }

    /// <summary>The rows that train in a fold, and those that it holds back.</summary>
    static (Tensor X, Tensor Y, Tensor OtherX, Tensor OtherY) Fold(int fold, DataSet table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fold, 1);
        int[] train = [.. Enumerable.Range(0, table.Rows).Where(i => i % Folds != fold - 1)];
        int[] others = [.. Enumerable.Range(0, table.Rows).Where(i => i % Folds == fold - 1)];
        Tensor Column(int[] rows) => tf.cast(tf.expand_dims(tf.gather(table.y, rows), 1), tf.float32);
        Tensor Rows(int[] rows) => tf.cast(tf.gather(table.X, rows), tf.float32);
        return (Rows(train), Column(train), Rows(others), Column(others));
    }
}
