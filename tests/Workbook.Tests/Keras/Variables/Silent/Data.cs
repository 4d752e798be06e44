using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>Data that were computed from v.</summary>
static class Data
{
    static Tensor Column => tf.ones(32);

    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["normalization.adapt(x * v)"] = v =>
        {
            var normalization = layers.Normalization();
            normalization.adapt(X * v);
            FitBetween(normalization.Apply);
        },
        ["fit(x * v, y)"] = v => Train(Linear(), x: X * v),
        ["fit(x, y * v)"] = v => Train(Linear(), y: Y * v),
        ["fit(x, tf.cast(x > v))"] = v => Train(Linear(), y: tf.cast(X[.., ..1] > v, tf.float32)),
        ["fit(sample_weight: v * w)"] = v => Train(Linear(), sample_weight: v * Column),
        ["fit(sample_weight) by the names of outputs"] = v =>
        {
            var inputs = keras.Input(3);
            var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(inputs), layers.Dense(1, name: "b").Apply(inputs)]);
            model.compile(optimizers.SGD(0.02), loss: ["mse", "mse"]);
            Train(model, y: new[] { Y, Y }, sample_weight: new Dictionary<string, Tensor> { ["a"] = v * Column, ["b"] = Column });
        },
        ["fit(sample_weight: a vector variable itself)"] = v =>
        {
            var wide = tf.Variable(Column, name: "v");
            Train(Linear(), sample_weight: (Tensor)wide);
        },
        ["fit of one epoch and one step"] = v => Once(x: X * v),
        ["train_on_batch(x * v, y)"] = v => OnBatch(Linear(), () => (X * v, Y, null)),
        ["train_on_batch(x * v, y), the same tensor"] = v =>
        {
            var x = X * v;
            OnBatch(Linear(), () => (x, Y, null));
        },
        ["train_on_batch(x * v, y), once"] = v => OnBatch(Linear(), () => (X * v, Y, null), steps: 1),
        ["train_on_batch(sample_weight: v * w)"] = v => OnBatch(Linear(), () => (X, Y, v * Column)),
        ["a generator that yields x * v anew"] = v => Generated(x => x * v, y => y),
        ["a generator that yields x + v * noise anew"] = v => Generated(x => x + v * tf.random.normal(x.shape), y => y),
        ["a generator that yields y * v anew"] = v => Generated(x => x, y => y * v),
        ["validation_data: (x * v, y)"] = v => Validated(X * v, Y),
        ["validation_data: (x, y * v)"] = v => Validated(X, Y * v),
        ["validation_data of a sequence"] = v =>
        {
            var model = Linear();
            model.compile(optimizers.SGD(0.02), "mse");
            model.fit(Batches(x => x, y => y).ToList(), epochs: 3, verbose: 0, validation_data: (X * v, Y));
        },
        ["validation_sample_weight: v * w"] = v =>
        {
            var model = Linear();
            model.compile(optimizers.SGD(0.02), "mse");
            model.fit(X, Y, batch_size: 8, epochs: 3, verbose: 0, validation_data: (X, Y), validation_sample_weight: v * Column);
        },
        ["fit(x * positive, y)"] = v => Train(Linear(), x: X * new Positive(0.3, "v").Value),
        ["data of a subclassed model"] = v => Train(new OwnModel(), x: X * v),
        ["an own loop with data x * v"] = v =>
        {
            var (x, w) = (X * v, Weights());
            Loop(() => Error(tf.matmul(x, w)), [w]);
        },
        ["an own loop with data x * v made anew before each tape"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                var x = X * v;
                using var tape = tf.GradientTape();
                sgd.apply_gradients([(tape.gradient(Error(tf.matmul(x, w)), w), w)]);
            }
        },
        ["an own loop with targets y * v"] = v =>
        {
            var (y, w) = (Y * v, Weights());
            Loop(() => tf.reduce_mean(tf.square(tf.matmul(X, w) - y)), [w]);
        },
    };

    static void Once(Batch x)
    {
        var model = Linear();
        model.compile(optimizers.SGD(0.02), "mse");
        model.fit(x, Y, batch_size: 32, epochs: 1, verbose: 0);
    }

    static void Generated(Func<Tensor, Tensor> x, Func<Tensor, Tensor> y)
    {
        var model = Linear();
        model.compile(optimizers.SGD(0.02), "mse");
        model.fit(new Anew(() => Batches(x, y)), epochs: 3, verbose: 0);
    }

    static void Validated(Batch x, Batch y)
    {
        var model = Linear();
        model.compile(optimizers.SGD(0.02), "mse");
        model.fit(X, Y, batch_size: 8, epochs: 3, verbose: 0, validation_data: (x, y));
    }

    sealed class Anew(Func<IEnumerable<(Batch, Batch)>> make) : IEnumerable<(Batch, Batch)>
    {
        public IEnumerator<(Batch, Batch)> GetEnumerator() => make().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
