using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// The article's three ideas, trained from the data and first weights with which TensorFlow trained them: <c>article-trajectories.json</c>.
/// </summary>
/// <remarks>Everything is float64 and without random numbers, so every engine must go the same way, step by step.</remarks>
public static class ArticleRuns
{
    /// <summary>The file of <see cref="ReferenceRun"/>.</summary>
    public const string File = "article-trajectories.json";

    /// <summary>A learned L2 strength of a small network, 10 steps of SGD(0.01): the series "l2".</summary>
    public static Recorder Strength() => InDoubles(() =>
    {
        var run = ReferenceRun.Read(File, "strength");
        var l2 = tf.Variable(0.01, name: "l2", dtype: tf.float64);
        var hidden = layers.Dense(5, activation: "tanh", kernel_regularizer: regularizers.l2(l2));
        var output = layers.Dense(1);
        var model = Sequential([Input(4), hidden, output]);
        foreach (var (weight, name) in model.trainable_variables.Except(model.hyper_variables)
            .Zip(["kernel1", "bias1", "kernel2", "bias2"])) weight.assign(run[name]);
        model.compile(optimizers.SGD(0.01), "mse");
        return Fitted(model, run, l2);
    });

    /// <summary>A learned exponent of the features of a linear model, 20 steps of Adam(0.02): the series "exponent".</summary>
    public static Recorder Exponent() => InDoubles(() =>
    {
        var run = ReferenceRun.Read(File, "exponent");
        var exponent = tf.Variable(1.0, name: "exponent", dtype: tf.float64);
        var (inputs, linear) = (Input(4), layers.Dense(1));
        var model = keras.Model(inputs, linear.Apply(tf.pow(inputs, exponent)));
        linear.set_weights([run["kernel"], run["bias"]]);
        model.compile(optimizers.Adam(0.02), "mse");
        return Fitted(model, run, exponent);
    });

    /// <summary>The learned factors of two losses, one row a step, Adam(0.001): the series "loss_weight_1" and "loss_weight_2".</summary>
    /// <param name="steps">How many steps; the file has 6000.</param>
    public static Recorder LossWeights(int steps = 6000) => InDoubles(() =>
    {
        tf.random.set_seed(1);
        var (kernel1, kernel2) = (Glorot(10, 64), Glorot(64, 10));
        var x = tf.random.normal((100, 10), dtype: tf.float64);
        var tenths = tf.floor(10 * tf.random.uniform(100, dtype: tf.float64));
        var y = tf.one_hot(tf.cast(tenths, tf.int32), depth: 10, dtype: tf.float64);
        var model = Sequential([Input(10), layers.Dense(64, activation: "relu"), layers.Dense(10, activation: "softmax")]);
        model.set_weights([kernel1, tf.zeros(64), kernel2, tf.zeros(10)]);
        Variable w1 = tf.Variable(1.0, name: "loss_weight_1", dtype: tf.float64),
            w2 = tf.Variable(1.0, name: "loss_weight_2", dtype: tf.float64);
        List<Variable> moved = [.. model.trainable_variables, w1, w2];
        var (adam, recorder) = (optimizers.Adam(0.001), new Recorder([w1, w2], capacity: Math.Max(steps, 2)));
        for (var step = 1; step <= steps; step++)
        {
            var i = (step - 1) % 100;
            using var tape = tf.GradientTape();
            Tensor target = y[i..(i + 1)], predicted = model.Apply(x[i..(i + 1)]);
            var loss = w1 * losses.categorical_crossentropy(target, predicted) + w2 * losses.mean_squared_error(target, predicted);
            adam.apply_gradients(tape.gradient(loss, moved).Zip(moved));
            recorder.Record(step);
        }
        return recorder;
    });

    static Recorder Fitted(Model model, ReferenceRun run, Variable variable)
    {
        var recorder = new Recorder([variable]);
        model.fit(run["x"], run["y"], epochs: 5, batch_size: 8, shuffle: false, verbose: 0, callbacks: [recorder.ToCallback()]);
        return recorder;
    }

    static Tensor Glorot(int rows, int columns) =>
        Math.Sqrt(6.0 / (rows + columns)) * (2 * tf.random.uniform((rows, columns), dtype: tf.float64) - 1);

    static Recorder InDoubles(Func<Recorder> run)
    {
        var before = config.floatx();
        config.set_floatx(tf.float64);
        try
        {
            return run();
        }
        finally
        {
            config.set_floatx(before);
        }
    }
}
