using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

public class FitTests
{
    static readonly Tensor x = tf.random.normal((20, 3), seed: 1);
    static readonly Tensor y = tf.random.normal((20, 1), seed: 2);

    static Model Small(Optimizer optimizer, Loss? loss = null)
    {
        utils.set_random_seed(3);
        var model = keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(1)]);
        model.compile(optimizer, loss ?? "mse");
        return model;
    }

    static double[] Weights(Model model) => [.. model.get_weights().SelectMany(w => w.ToArray<double>())];

    static void Same(Model a, Model b) => Golden.Numbers.Near(Weights(a), Weights(b), 1e-6, 1e-5, "weights");

    [Fact]
    public void A_history_has_its_names_in_the_order_of_Keras()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1, activation: "sigmoid")]);
        model.compile("sgd", "binary_crossentropy", metrics: ["accuracy", "AUC"], weighted_metrics: ["accuracy"]);
        var (x, y) = (tf.ones((8, 2)), tf.ones((8, 1)));
        var history = model.fit(x, y, verbose: 0, validation_data: (x, y)).history;
        // What Keras 3.15 gives for the same fit.
        Assert.Equal(["AUC", "accuracy", "loss", "val_AUC", "val_accuracy", "val_loss", "val_weighted_accuracy", "weighted_accuracy"],
            history.Keys);
    }

    [Fact]
    public void The_order_inside_a_batch_does_not_matter()
    {
        var (a, b) = (Small(optimizers.SGD(0.1)), Small(optimizers.SGD(0.1)));
        var order = tf.constant(new SplitMix64(5).Permutation(20));
        a.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        b.fit(tf.gather(x, order), tf.gather(y, order), batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        Same(a, b);
    }

    [Fact]
    public void Shuffling_within_one_batch_changes_nothing()
    {
        var (a, b) = (Small(optimizers.SGD(0.1)), Small(optimizers.SGD(0.1)));
        a.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        b.fit(x, y, batch_size: 20, epochs: 5, shuffle: true, verbose: 0);
        Same(a, b);
    }

    [Fact]
    public void Scaling_the_loss_is_scaling_the_rate_of_gradient_descent_and_nothing_to_Adam()
    {
        var tripled = losses.Lambda((t, p) => 3.0 * tf.square(t - p));
        var (a, b) = (Small(optimizers.SGD(0.03)), Small(optimizers.SGD(0.01), tripled));
        a.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        b.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        Same(a, b);
        var (c, d) = (Small(optimizers.Adam(0.01)), Small(optimizers.Adam(0.01), tripled));
        c.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        d.fit(x, y, batch_size: 20, epochs: 5, shuffle: false, verbose: 0);
        // ε = 1e-7 beside the smallest gradients, about 1e-4, is what remains of the scale: a thousandth of five steps of 0.01.
        Golden.Numbers.Near(Weights(c), Weights(d), 1e-4, 0, "weights");
    }

    [Fact]
    public void A_sample_of_weight_0_is_absent_but_for_the_divisor()
    {
        var (a, b) = (Small(optimizers.SGD(0.1)), Small(optimizers.SGD(0.05)));
        var weight = tf.concat([tf.ones(10), tf.zeros(10)], 0);
        // The mean divides by all 20 samples, so half the weights are half the step.
        a.fit(x, y, sample_weight: weight, batch_size: 20, epochs: 3, shuffle: false, verbose: 0);
        b.fit(x[..10], y[..10], batch_size: 10, epochs: 3, shuffle: false, verbose: 0);
        Same(a, b);
    }

    [Fact]
    public void Batches_from_a_sequence_train_as_arrays_do()
    {
        var (a, b) = (Small("adam"), Small("adam"));
        a.fit(x, y, batch_size: 8, epochs: 3, shuffle: false, verbose: 0);
        b.fit(Enumerable.Range(0, 3).Select(i => ((Batch)x[(8 * i)..Math.Min(20, 8 * i + 8)], (Batch)y[(8 * i)..Math.Min(20, 8 * i + 8)])),
            epochs: 3, verbose: 0);
        Assert.Equal(Weights(a), Weights(b));
    }

    [Fact]
    public void Train_on_batch_is_a_step_of_fit()
    {
        var (a, b) = (Small("adam"), Small("adam"));
        var history = a.fit(x, y, batch_size: 20, epochs: 2, shuffle: false, verbose: 0);
        Assert.Equal(history.history["loss"][0], b.train_on_batch(x, y)["loss"], 1e-12);
        Assert.Equal(history.history["loss"][1], b.train_on_batch(x, y)["loss"], 1e-12);
        Assert.Equal(Weights(a), Weights(b));
    }

    [Fact]
    public void Numbers_in_C_sharp_arrays_of_any_kind_are_data()
    {
        var model = Small("sgd");
        var history = model.fit(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new[] { 1, 0 }, verbose: 0);
        Assert.True(double.IsFinite(history.history["loss"][0]));
        Assert.Equal(new Shape(2, 1), model.predict(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
    }

    [Fact]
    public void A_step_of_ones_own_replaces_the_default()
    {
        var model = new Halving();
        model.compile("sgd", "mse");
        model.Apply(x);
        var before = Weights(model);
        model.fit(x, y, batch_size: 20, epochs: 2, verbose: 0);
        Golden.Numbers.Near(before.Select(w => w / 4), Weights(model), 1e-7);
    }

    sealed class Halving : Model
    {
        readonly Dense dense = layers.Dense(1, bias_initializer: "ones");

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            foreach (var v in trainable_variables) v.assign(0.5 * v);
            return new() { ["loss"] = 0 };
        }
    }

    [Fact]
    public void A_callback_can_end_the_fit_and_write_the_logs()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".csv");
        var model = Small("sgd");
        var stop = callbacks.LambdaCallback(on_epoch_end: (epoch, logs) =>
        {
            logs["extra"] = epoch * 2;
            model.stop_training = epoch == 1;
        });
        var history = model.fit(x, y, epochs: 5, verbose: 0, callbacks: [stop, callbacks.CSVLogger(file)]);
        var lines = File.ReadAllLines(file);
        File.Delete(file);
        Assert.Equal([0, 1], history.epoch);
        Assert.Equal([0.0, 2.0], history.history["extra"]);
        Assert.Equal("epoch,extra,loss", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Equal(history.history["loss"][1], double.Parse(lines[2].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TerminateOnNaN_ends_the_fit_in_the_step_in_which_it_happens()
    {
        var steps = 0;
        var model = Small(optimizers.SGD(1e30));
        model.fit(x, y, epochs: 50, batch_size: 5, verbose: 0,
            callbacks: [callbacks.TerminateOnNaN(), callbacks.LambdaCallback(on_train_batch_end: (_, _) => steps++)]);
        Assert.InRange(steps, 1, 4);
    }

    [Fact]
    public void A_constraint_holds_after_every_update()
    {
        utils.set_random_seed(1);
        var model = keras.Sequential(
            [keras.Input(3), layers.Dense(4, kernel_constraint: constraints.UnitNorm(), bias_constraint: "non_neg"), layers.Dense(1)]);
        model.compile(optimizers.SGD(0.5), "mse");
        model.fit(x, y, epochs: 3, verbose: 0);
        Assert.All(tf.reduce_sum(tf.square(model.get_weights()[0]), 0).ToArray<float>(), n => Assert.Equal(1, n, 1e-5));
        Assert.All(model.get_weights()[1].ToArray<float>(), b => Assert.True(b >= 0));
    }
}
