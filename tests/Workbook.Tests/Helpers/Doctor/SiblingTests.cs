using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers;

/// <summary>Other ways into the same kinds of trouble.</summary>
[Trait("speed", "slow")]
public sealed class SiblingTests
{
    static readonly Tensor x = tf.random.normal((48, 4), seed: 31),
        y = tf.matmul(x, tf.constant(new[,] { { 1f }, { -2f }, { 0.5f }, { 0f } })) + 0.3 * tf.random.normal((48, 1), seed: 32);

    static readonly Variable one = tf.Variable(1.0, name: "v");

    static Variable Number(double value, string name = "v") => tf.Variable(value, name: name);

    static Model Net(Func<KerasTensor, KerasTensor> body, Optimizer? optimizer = null)
    {
        var inputs = keras.Input(4);
        var model = keras.Model(inputs, layers.Dense(1).Apply(body(inputs)));
        model.compile(optimizer ?? optimizers.SGD(0.01), "mse");
        return model;
    }

    static readonly (string Name, Func<DoctorReport> Examine, string Check, Fate? Fate, string Word)[] cases =
    [
        ("a number taken by numpy()", () =>
        {
            var v = Number(0.1);
            var number = ((float[])tf.reshape(v, 1).numpy())[0];
            var model = keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l1(number))]);
            model.compile("sgd", "mse");
            return Doctor.Examine(model, x, y, variables: [v]);
        }, "D2", Fate.Frozen, "taken once"),
        ("a tensor kept by a closure", () =>
        {
            var v = Number(0.1);
            var kept = tf.exp(v);
            return Doctor.Examine(Net(i => i.Then(t => t * kept)), x, y);
        }, "D2", Fate.Frozen, "keeps the value"),
        ("data computed from it", () =>
        {
            var v = Number(1.5);
            return Doctor.Examine(Net(i => i), x * v, y);
        }, "D2", Fate.Frozen, "the inputs"),
        ("a rate of the optimizer", () =>
        {
            var v = Number(0.01, "rate");
            return Doctor.Examine(Net(i => i, optimizers.SGD(v)), x, y, variables: [v]);
        }, "D2", Fate.Untrained, "update"),
        ("a comparison", () =>
        {
            var v = Number(0.2);
            return Doctor.Examine(Net(i => i.Then(t => t * tf.cast(t > v, tf.float32))), x, y);
        }, "D2", Fate.Untrained, "ends at"),
        ("a cast inside of the step", () =>
        {
            var v = Number(0.2);
            return Doctor.Examine(Net(i => i.Then(t => t * (double)v)), x, y);
        }, "D2", Fate.Untrained, "a cast to a number"),
        ("a whole number", () =>
        {
            var v = tf.Variable(2, name: "v");
            return Doctor.Examine(Net(i => i.Then(t => t * tf.cast(v, tf.float32))), x, y, variables: [v]);
        }, "D1", Fate.Frozen, "whole numbers"),
        ("a gradient that is not finite", () =>
        {
            var v = Number(0);
            return Doctor.Examine(Net(i => i.Then(t => t * (1 + tf.sqrt(tf.square(v))))), x, y);
        }, "D2", Fate.Removed, "although the loss is"),
        ("an own train_step that leaves it out", () =>
        {
            var model = new Forgetful();
            model.compile(optimizers.SGD(0.01), "mse");
            return Doctor.Examine(model, x, y);
        }, "D1", Fate.Untrained, "leaves it out"),
        ("a list of a loop that leaves it out", () =>
        {
            var (v, kernel, sgd) = (Number(1), tf.Variable(tf.zeros((4, 1)), name: "kernel"), optimizers.SGD(0.01));
            var loss = () => tf.reduce_mean(tf.square(v * tf.matmul(x, kernel) - y + v));
            return Doctor.Examine(loss, [kernel, v], step: () => sgd.minimize(loss, [kernel]));
        }, "D1", Fate.Untrained, "leaves it out"),
        ("two zeros that are multiplied", () =>
        {
            var (a, b) = (Number(0, "v"), Number(0, "b"));
            return Doctor.Examine(Net(i => i.Then(t => t + 1.0 + a * b)), x, y);
        }, "D5", Fate.Untrained, "multiplied by something that is 0"),
        ("a factor that a normalization takes back", () =>
        {
            var v = Number(0.3);
            return Doctor.Examine(Net(i => layers.LayerNormalization(epsilon: 0.0).Apply((i + 1.0) * v), optimizers.Adam(0.01)), x, y);
        }, "D5", Fate.Untrained, "but for rounding the loss is the same"),
        ("a shift that a softmax takes back", () =>
        {
            var v = Number(0.3);
            return Doctor.Examine(Net(i => layers.Dense(3).Apply(i).Then(t => tf.nn.softmax(t + v)), optimizers.Adam(0.01)), x, y);
        }, "D5", Fate.Untrained, "but for rounding the loss is the same"),
        ("a bound that no value reaches", () =>
        {
            var v = Number(50);
            return Doctor.Examine(Net(i => layers.ReLU(max_value: v).Apply(i)), x, y);
        }, "D5", Fate.Untrained, "acts where no value lies"),
        ("a rate of zero", () => Doctor.Examine(Net(i => i.Then(t => t * one), optimizers.SGD(0)), x, y), "D4", Fate.Untrained,
            "steps of 0"),
        ("a loss weight", () =>
        {
            var v = Number(1);
            var inputs = keras.Input(4);
            var model = keras.Model(inputs, [layers.Dense(1, name: "p").Apply(inputs), layers.Dense(1, name: "q").Apply(inputs)]);
            model.compile(optimizers.SGD(0.01), loss: ["mse", "mse"], loss_weights: [v, 1.0]);
            return Doctor.Examine(model, x, (Tensor[])[y, y]);
        }, "D8", Fate.Removed, "only multiplies"),
        ("a positive strength", () =>
        {
            var model = keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(new Positive(0.1, "v")))]);
            model.compile(optimizers.SGD(0.01), "mse");
            return Doctor.Examine(model, x, y);
        }, "D8", Fate.Removed, "monotone"),
        ("sixty-four positive strengths", () =>
        {
            var strengths = new Positive(tf.fill(64, 0.1), "v");
            var rows = tf.random.normal((48, 64), seed: 33);
            var kernel = tf.Variable(0.3 * tf.random.normal(64, seed: 34), name: "kernel");
            return Doctor.Examine(() => tf.reduce_mean(tf.square(tf.linalg.matvec(rows, kernel) - y[.., 0]))
                + tf.reduce_sum(strengths.Value * tf.square(kernel)), [strengths.Raw], optimizers.Adam(0.01));
        }, "D8", Fate.Removed, "64 elements"),
        ("a scale held by a constraint", () =>
        {
            var v = Number(Math.Log(1 / 0.07));
            Constraint.Attach(v, new Clip());
            var rows = tf.nn.l2_normalize(tf.random.normal((16, 8), seed: 3), axis: 1);
            return Doctor.Examine(() => tf.reduce_mean(losses.sparse_categorical_crossentropy(tf.range(16),
                tf.exp(v) * tf.matmul(rows, rows, transpose_b: true), from_logits: true)), [v], optimizers.Adam(0.01));
        }, "D8", Fate.Removed, "bound"),
        ("a strength beyond its range", () =>
        {
            var v = Number(0.001);
            var model = keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(v))]);
            model.compile(optimizers.Adam(0.01), "mse");
            return Doctor.Examine(model, x, y);
        }, "D9", Fate.Removed, "at least 0"),
        ("a deviation whose logarithm is taken as it is", () =>
        {
            var v = Number(-1, "log_std");
            return Doctor.Examine(() => tf.reduce_mean(tf.square(y - 0.5 - v * tf.random.normal((48, 1), seed: 5))), [v],
                optimizers.Adam(0.01));
        }, "D9", Fate.Removed, "no exp"),
        ("a product of two scalars", () =>
        {
            var (a, b) = (Number(1.2), Number(0.7, "b"));
            var inputs = keras.Input(4);
            var model = keras.Model(inputs, layers.Dense(1).Apply(inputs).Then(t => t * (a * b) + 0.3));
            model.compile(optimizers.SGD(0.01), "mse");
            return Doctor.Examine(model, x, y);
        }, "D10", Fate.Learned, "exchangeable"),
        ("a coefficient before the only term that moves a threshold", () =>
        {
            var (v, c, kernel) = (Number(0.3), tf.Variable(0.1, trainable: false, name: "c"), tf.Variable(tf.ones((4, 1)), name: "kernel"));
            return Doctor.Examine(() => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)) + c * tf.reduce_mean(tf.sigmoid(x - v)),
                [kernel, v], optimizers.Adam(0.01), options: new() { Coefficients = [c] });
        }, "D7", Fate.Learned, "divides it out"),
        ("a coefficient that nobody multiplies by", () =>
        {
            var v = tf.Variable(0.1, trainable: false, name: "v");
            var kernel = tf.Variable(tf.ones((4, 1)), name: "kernel");
            return Doctor.Examine(() => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)) + 0.0 * v, [kernel],
                optimizers.Adam(0.01), options: new() { Coefficients = [v] });
        }, "D7", null, "never used"),
        ("a buffer that a missing callback should move", () =>
        {
            var v = tf.Variable(0.5, trainable: false, name: "v");
            return Doctor.Examine(Net(i => i.Then(t => t * v)), x, y, variables: [v]);
        }, "D1", Fate.Frozen, "callback"),
    ];

    public static TheoryData<string> Names => [.. cases.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_cause_is_named(string name)
    {
        var (_, examine, check, fate, word) = cases.Single(c => c.Name == name);
        var report = examine();
        Assert.True(report.Findings.Any(f => f.Variable is "v" or "rate" or "log_std" && f.Check == check
            && f.Certainty > Certainty.Note && f.Cause.Contains(word, StringComparison.Ordinal)), report.ToString());
        Assert.True(fate is null || report.Rows.Any(r => r.Name is "v" or "rate" or "log_std" && r.Fate == fate), report.ToString());
    }

    [Fact]
    public void A_model_that_cannot_be_built_is_refused()
    {
        var v = tf.Variable(new[] { 1f, 2f }, name: "v");
        var report = Doctor.Examine(() => keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(v))]), x, y,
            variables: [v]);
        Assert.Equal(Fate.Refused, report["v"].Fate);
        Assert.Contains("expected one number", Assert.Single(report.Findings).Cause, StringComparison.Ordinal);
    }

    sealed class Forgetful : Model
    {
        readonly Variable v = Number(1);
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * v;

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square((Tensor)y! - Apply(x[0])));
            optimizer!.apply_gradients(tape.gradient(loss, dense.trainable_variables).Zip(dense.trainable_variables));
            return new Dictionary<string, double> { ["loss"] = (double)loss };
        }
    }

    sealed class Clip : Constraint
    {
        public override Tensor Apply(Tensor w) => tf.minimum(w, Math.Log(100));
    }
}
