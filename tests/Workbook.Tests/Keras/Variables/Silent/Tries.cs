using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>How an attempt is tried: a fit of three epochs of four steps, or a loop of twelve.</summary>
static class Tries
{
    public static void Train(Model model, Loss? loss = null, Batch? x = null, Batch? y = null, Batch? sample_weight = null, int epochs = 3,
        Optimizer? optimizer = null,
        IEnumerable<Callback>? callbacks = null, WeightsPerOutput? loss_weights = null, MetricsPerOutput? metrics = null)
    {
        if (model.optimizer is null) model.compile(optimizer ?? optimizers.SGD(0.02), loss ?? "mse", loss_weights, metrics);
        model.fit(x ?? X, y ?? Y, sample_weight: sample_weight, epochs: epochs, batch_size: 8, shuffle: false, verbose: 0,
            callbacks: callbacks);
    }

    /// <summary>A fit of a small model around a place.</summary>
    public static void FitBetween(Func<KerasTensor, KerasTensor> between) => Train(Functional(x => layers.Dense(1).Apply(between(x))));

    public static void OnBatch(Model model, Func<(Batch X, Batch Y, Batch? Weight)> data, int steps = 12)
    {
        if (model.optimizer is null) model.compile(optimizers.SGD(0.02), "mse");
        for (var step = 0; step < steps; step++)
        {
            var (x, y, weight) = data();
            model.train_on_batch(x, y, weight);
        }
    }

    public static void Loop(Func<Tensor> loss, IReadOnlyList<Variable> variables, Optimizer? optimizer = null, int steps = 12)
    {
        optimizer ??= optimizers.SGD(0.02);
        for (var step = 0; step < steps; step++)
        {
            using var tape = tf.GradientTape();
            var value = loss();
            optimizer.apply_gradients(tape.gradient(value, variables).Zip(variables));
        }
    }

    public static Variable Weights() => tf.Variable(tf.ones((3, 1)), name: "w");

    public static Tensor Error(Tensor prediction) => tf.reduce_mean(tf.square(prediction - Y));

    public static IEnumerable<(Batch, Batch)> Batches(Func<Tensor, Tensor> x, Func<Tensor, Tensor> y)
    {
        for (var k = 0; k < 4; k++) yield return (x(X[(8 * k)..(8 * k + 8)]), y(Y[(8 * k)..(8 * k + 8)]));
    }
}
