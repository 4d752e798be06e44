using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using Xunit.Sdk;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers;

/// <summary>What learns is not accused: each technique, the working forms of the notebooks, and starts at zero that are meant.</summary>
[Trait("speed", "slow")]
public sealed class FalseAlarmTests
{
    static readonly Tensor x = tf.random.normal((64, 4), seed: 11),
        y = tf.matmul(x, tf.constant(new[,] { { 1f }, { -2f }, { 0.5f }, { 0f } })) + 0.3 * tf.random.normal((64, 1), seed: 12);

    static Model Compiled(Model model, Optimizer? optimizer = null, LossesPerOutput? loss = null, WeightsPerOutput? weights = null)
    {
        model.compile(optimizer ?? optimizers.Adam(0.02), loss ?? "mse", weights);
        return model;
    }

    static Model Net(Func<KerasTensor, KerasTensor> body)
    {
        var inputs = keras.Input(4);
        return keras.Model(inputs, body(inputs));
    }

    static Func<DoctorReport> Of(Func<Model> build, Tensor? inputs = null, Tensor? targets = null) =>
        () => Doctor.Examine(build(), inputs ?? x, targets ?? y);

    static readonly (string Name, Func<DoctorReport> Examine)[] patients =
    [
        ("an exponent of positive features", Of(() => Compiled(Net(i => layers.Dense(1).Apply(tf.pow(i, tf.Variable(1f, name: "p"))))),
            tf.abs(x) + 0.1, tf.reduce_sum(tf.pow(tf.abs(x) + 0.1, 2.5), axis: 1, keepdims: true))),
        ("PowerLayer", Of(() => Compiled(Net(i => layers.Dense(1).Apply(new PowerLayer(tf.Variable(1f, name: "p")).Apply(i)))), null,
            tf.reduce_sum(x * tf.abs(x), axis: 1, keepdims: true))),
        ("a gate with its own seed", Of(() => Compiled(
            keras.Sequential([keras.Input(4), new HardConcreteGate(price: 0.01, seed: 3), layers.Dense(1)])))),
        ("an exponent behind dropout with its own seed", Of(() => Compiled(Net(i => layers.Dense(1).Apply(
            new PowerLayer(tf.Variable(1f, name: "p")).Apply(layers.Dropout(0.3, seed: 5).Apply(i))))), null,
            tf.reduce_sum(x * tf.abs(x), axis: 1, keepdims: true))),
        ("BudgetStrength", Of(() => Compiled(
            keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: new BudgetStrength(1))])))),
        ("UncertaintyWeights", () =>
        {
            var (weights, kernel) = (new UncertaintyWeights(2), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
            return Doctor.Examine(() => weights.Loss(tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)),
                1000 * tf.reduce_mean(tf.abs(tf.matmul(x, kernel) - 2 * y))), [kernel, weights.LogVariances], optimizers.Adam(0.01));
        }),
        ("sixteen UncertaintyWeights", () =>
        {
            var (weights, kernel) = (new UncertaintyWeights(16), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
            return Doctor.Examine(() => weights.Loss([.. Enumerable.Range(1, 16).Select(k =>
                tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y * (double)k)))]), [kernel, weights.LogVariances], optimizers.Adam(0.01));
        }),
        ("sixteen scales", () =>
        {
            var (scales, rows) = (tf.Variable(tf.ones(16), name: "scales"), tf.random.normal((64, 16), seed: 23));
            return Doctor.Examine(() => tf.reduce_mean(tf.square(tf.reduce_sum(rows * scales, axis: 1, keepdims: true) - y)), [scales],
                optimizers.Adam(0.05));
        }),
        ("SoftmaxWeights", () =>
        {
            var (weights, kernel) = (new SoftmaxWeights(2), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
            return Doctor.Examine(() => weights.Loss(tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)),
                tf.reduce_mean(tf.square(tf.matmul(x, kernel) - 0.5 * tf.abs(y)))), [kernel, weights.Weights.Raw], optimizers.SGD(0.05));
        }),
        ("Multiplier", () =>
        {
            var (price, kernel) = (new Multiplier(rate: 0.05), tf.Variable(tf.ones((4, 1)), name: "kernel"));
            Tensor Excess() => tf.reduce_sum(tf.square(kernel)) - 1.0;
            var loss = () => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)) + price.Term(Excess());
            var optimizer = optimizers.SGD(0.05);
            return Doctor.Examine(loss, [kernel, price.Value], step: () =>
            {
                optimizer.minimize(loss, [kernel]);
                price.Ascend(Excess());
            });
        }),
        ("Bound", () => Doctor.Examine(Compiled(Net(i => layers.Dense(1).Apply(i))), x, y,
            callbacks: [Bound.AtLeast("mse", 0.5).Priced(rate: 0.05)])),
        ("LearnedRate", () =>
        {
            var (rate, kernel) = (new LearnedRate(0.01, 0.02, multiplicative: true), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
            var loss = () => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y));
            return Doctor.Examine(loss, [kernel, rate.Rate], step: () => rate.Step(loss, [kernel]));
        }),
        ("GradNorm", () =>
        {
            var (balance, kernel) = (new GradNorm(2), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
            Tensor[] Losses() =>
                [tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)), 100 * tf.reduce_mean(tf.square(tf.matmul(x, kernel) + y))];
            var optimizer = optimizers.SGD(0.001);
            return Doctor.Examine(() => tf.reduce_sum(balance.Weights * tf.stack(Losses())), [kernel, balance.Weights], step: () =>
                optimizer.apply_gradients(balance.Step(Losses, [kernel]).Gradients.Zip([kernel], (g, v) => (g, v))));
        }),
        ("BoxCox", () =>
        {
            var transform = new BoxCox();
            return Doctor.Examine(() => transform.Loss(tf.exp(x[.., 0])), [transform.Lambda], optimizers.Adam(0.02));
        }),
        ("YeoJohnson", () =>
        {
            var transform = new YeoJohnson();
            return Doctor.Examine(() => transform.Loss(x[.., 0] + 0.3 * tf.square(x[.., 0])), [transform.Lambda], optimizers.Adam(0.02));
        }),
        ("EvidenceStrength in a fit", () =>
        {
            var judge = new EvidenceStrength(x, y);
            var model = Compiled(keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(judge.Strength))]));
            return Doctor.Examine(model, x, y, callbacks: [judge.ToCallback(optimizers.Adam(0.05))]);
        }),
        ("EvidenceStrength", () => Doctor.Examine(new EvidenceStrength(x, y), optimizers.Adam(0.05))),
        ("ValidationStrength in a fit", () =>
        {
            var model = Compiled(keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(new Positive(0.1, "strength")))]));
            var judge = new ValidationStrength(model, x[..32], y[..32], x[32..], y[32..]);
            return Doctor.Examine(model, x, y, callbacks: [judge.ToCallback(optimizers.Adam(0.05), every: 10)]);
        }),
        ("ValidationStrength", () =>
        {
            // Ten noisy rows for eight weights: some strength is right, and neither none nor all.
            var rows = tf.random.normal((60, 8), seed: 21);
            var targets = tf.reduce_sum(0.3 * rows, axis: 1, keepdims: true) + tf.random.normal((60, 1), seed: 22);
            var model = Compiled(keras.Sequential([keras.Input(8), layers.Dense(1, kernel_regularizer: regularizers.l2(new Positive(0.1, "strength")))]));
            model.fit(rows[..10], targets[..10], epochs: 2000, verbose: 0);
            return Doctor.Examine(new ValidationStrength(model, rows[..10], targets[..10], rows[10..], targets[10..]),
                optimizers.Adam(0.05));
        }),
        ("a scale between layers", Of(() =>
        {
            var s = tf.Variable(1f, name: "s");
            return Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * s))));
        })),
        ("LoRA's B at zero", Of(() => Compiled(keras.Sequential([keras.Input(4), new Adapter(), layers.Dense(1)])))),
        ("ReZero's α at zero", Of(() => Compiled(keras.Sequential([keras.Input(4), new ReZero(), layers.Dense(1)])))),
        ("a sink at zero", Of(() => Compiled(keras.Sequential([keras.Input(4), new Sink(), layers.Dense(1)])))),
        ("slopes of activations", Of(() => Compiled(Net(i => layers.Dense(1).Apply(layers.LeakyReLU(tf.Variable(0.1f, name: "slope"))
            .Apply(layers.Dense(8).Apply(i))))))),
        ("a gate of two paths", Of(() => Compiled(Net(i =>
        {
            var gate = new UnitInterval(0.3f, "gate");
            return layers.Add().Apply([layers.Dense(1).Apply(i).Then(t => t * gate.Value),
                layers.Dense(1).Apply(i).Then(t => t * (1 - gate.Value))]);
        })))),
        ("a temperature", () =>
        {
            var (v, scores) = (tf.Variable(0f, name: "log_temperature"), 3 * tf.random.normal((64, 5), seed: 5));
            var labels = tf.argmax(scores + 6 * tf.random.normal((64, 5), seed: 6), axis: 1);
            return Doctor.Examine(() => tf.reduce_mean(
                losses.sparse_categorical_crossentropy(labels, scores * tf.exp(-v), from_logits: true)), [v], optimizers.Adam(0.01));
        }),
        ("notebook 05: a planted power", () =>
        {
            var rows = tf.random.uniform((100, 10), seed: 55);
            var planted = tf.reduce_sum(tf.pow(rows, 1.7) * tf.constant(new[] { 1f, -.8f, .6f, .5f, -.3f, .9f, -1.1f, .4f, .7f, -.6f }),
                axis: 1, keepdims: true) + 0.2;
            var inputs = keras.Input(10);
            var power = tf.pow(inputs, tf.Variable(1f, name: "p"));
            return Doctor.Examine(Compiled(keras.Model(inputs, layers.Dense(1).Apply(power))), rows, planted);
        }),
        ("notebook 05: the slope of a law in logarithms", () =>
        {
            var (logs, p) = (tf.random.normal(50, seed: 3), tf.Variable(1f, name: "p"));
            return Doctor.Examine(() => 0.5 * tf.reduce_mean(tf.square(p * logs - 1.5 * logs)), [p], optimizers.SGD(0.2));
        }),
        ("notebook 05: trees", () =>
        {
            var (girth, height) = (tf.exp(0.3 * tf.random.normal(31, seed: 4)), tf.exp(0.1 * tf.random.normal(31, seed: 5)));
            var volume = tf.pow(girth, 2.0) * tf.pow(height, 1.1) + 0.03 * tf.random.normal(31, seed: 6);
            var (logA, p, q) = (tf.Variable(0f, name: "log a"), tf.Variable(1f, name: "p"), tf.Variable(1f, name: "q"));
            return Doctor.Examine(() => 0.5 * tf.reduce_mean(tf.square(tf.exp(logA) * tf.pow(girth, p) * tf.pow(height, q) - volume)),
                [logA, p, q], optimizers.SGD(1));
        }),
        ("notebook 08: the game of two losses", () =>
        {
            var (at, weights) = (tf.Variable(0f, name: "x"), new SoftmaxWeights(2));
            return Doctor.Examine(() => weights.Loss(tf.square(at), 2 * tf.square(at - 3) + 0.5), [at, weights.Weights.Raw],
                optimizers.SGD(0.01));
        }),
        ("notebook 08: a unit of 1000", () =>
        {
            var (w, weights) = (tf.Variable(tf.zeros((4, 1)), name: "w"), new UncertaintyWeights(2));
            return Doctor.Examine(() => weights.Loss(tf.reduce_mean(tf.square(tf.matmul(x, w) - y)),
                1e-3 * tf.reduce_mean(tf.square(tf.matmul(x, w) - y - 1))), [w, weights.LogVariances], optimizers.SGD(0.05));
        }),
        ("notebook 01: the evidence of the diabetes study", () =>
        {
            var data = DataSets.Diabetes();
            var (features, score) = (Scaling.UnitLength(data.X), Scaling.Center(data.y));
            var logAlpha = tf.Variable(-tf.log(tf.math.reduce_variance(score)), name: "log α");
            var logLambda = tf.Variable(0.0, name: "log λ", dtype: tf.float64);
            var (slow, fast) = (optimizers.SGD(4e-4), optimizers.SGD(0.02));
            var loss = () => -Evidence.Log(features, score, tf.exp(logAlpha), tf.exp(logLambda));
            return Doctor.Examine(loss, [logAlpha, logLambda], step: () =>
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(loss(), [logAlpha, logLambda]);
                slow.apply_gradients([(gradients[0]!, logAlpha)]);
                fast.apply_gradients([(gradients[1]!, logLambda)]);
            });
        }),
        ("notebook 01: a budget on the diabetes study", () =>
        {
            var data = DataSets.Diabetes();
            Tensor rows = tf.cast(Scaling.Standardize(data.X), tf.float32), targets = tf.cast(
                tf.expand_dims(Scaling.Standardize(data.y), 1), tf.float32);
            return Doctor.Examine(Compiled(keras.Sequential([keras.Input(10),
                layers.Dense(1, use_bias: false, kernel_regularizer: new BudgetStrength(0.1, initial: 0.1))]),
                optimizers.SGD(0.1, momentum: 0.8)), rows, targets);
        }),
    ];

    sealed class Adapter : Layer
    {
        readonly Dense main = layers.Dense(4);
        Variable? a, b;

        public override void build(Shape input_shape) =>
            (a, b) = (add_weight((4, 2), name: "A"), add_weight((2, 4), new Zeros(), name: "B"));

        public override Tensor call(Tensor inputs, bool training) => main.Apply(inputs) + tf.matmul(tf.matmul(inputs, a!), b!);
    }

    sealed class ReZero : Layer
    {
        readonly Variable alpha = tf.Variable(0f, name: "alpha");
        readonly Dense inner = layers.Dense(4, activation: "tanh"), outer = layers.Dense(4);

        public override Tensor call(Tensor inputs, bool training) => inputs + alpha * outer.Apply(inner.Apply(inputs));
    }

    sealed class Sink : Layer
    {
        readonly Variable sink = tf.Variable(0f, name: "sink");

        public override Tensor call(Tensor inputs, bool training) =>
            inputs * tf.exp(inputs) / (tf.reduce_sum(tf.exp(inputs), axis: -1, keepdims: true) + tf.exp(sink));
    }

    /// <summary>The count over techniques, working forms and intended zeros.</summary>
    [Fact]
    public void The_number_of_false_alarms_is_0()
    {
        var reports = patients.Select(p => (p.Name, Report: p.Examine())).ToList();
        var alarms = reports.Sum(r => r.Report.Alarms);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{reports.Count} patients, {reports.Sum(r => r.Report.Rows.Count)} variables, {alarms} findings above 'note'");
        Assert.True(alarms == 0, string.Join("\n\n", reports.Where(r => r.Report.Alarms > 0).Select(r => $"{r.Name}: {r.Report}")));
    }
}
