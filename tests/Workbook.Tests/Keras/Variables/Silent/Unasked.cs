using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>Loops of one's own whose loss depends on v, and that never move it.</summary>
static class Unasked
{
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["tape.gradient(loss, w), v in the loss"] = v => OwnLoop(w => Of(w) + v * tf.reduce_sum(tf.square(w))),
        ["tape.gradient(loss, w), and a persistent tape was left open before"] = v =>
        {
            using var left = tf.GradientTape(persistent: true);
            OwnLoop(w => Of(w) + v * tf.reduce_sum(tf.square(w)));
        },
        ["optimizer.minimize(loss, [w])"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++) sgd.minimize(() => Of(w) * tf.exp(v), [w]);
        },
        ["tape.gradient(loss, model.trainable_variables), a loss of one's own reads v"] = v =>
            Models(Linear(), p => tf.exp(v) * tf.reduce_mean(tf.square(p - Y))),
        ["tape.gradient(loss, model.trainable_variables), Huber(delta: v)"] = v =>
        {
            var huber = losses.Huber(delta: v);
            Models(Linear(), p => huber.Apply(Y, p));
        },
        ["the kernels of a model only, x * v in it"] = v =>
        {
            var model = Functional(x => layers.Dense(1).Apply(x * v));
            model.Apply(X);
            Models(model, Error, [.. model.trainable_variables.Where(w => w.shape.Rank == 2)]);
        },
        ["model.losses with l2(v), v left out"] = v =>
        {
            var model = Functional(layers.Dense(1, kernel_regularizer: regularizers.l2(v)).Apply);
            model.Apply(X);
            Models(model, p => Error(p) + model.losses[0], [.. model.trainable_variables.Where(w => w != v)]);
        },
        ["a domain variable in the loss"] = _ =>
        {
            var positive = new Positive(0.3, "v");
            OwnLoop(w => Of(w) + positive.Value * tf.reduce_sum(tf.square(w)));
        },
        ["a persistent tape"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape(persistent: true);
                sgd.apply_gradients([(tape.gradient(Of(w) * tf.exp(v), w), w)]);
            }
        },
        ["a Jacobian by w alone"] = v =>
        {
            var w = Weights();
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                var r = tf.reshape((tf.matmul(X, w) - Y) * v, 32);
                var j = tf.reshape(tape.jacobian(r, w), (32, 3));
                w.assign_sub(0.01 * tf.matmul(j, tf.reshape(r, (32, 1)), transpose_a: true));
            }
        },
        ["Newton's step, v a strength in the loss"] = v =>
        {
            var w = tf.Variable(2.0, name: "w");
            for (var k = 0; k < 12; k++)
            {
                using var outer = tf.GradientTape(persistent: true);
                using var inner = tf.GradientTape();
                var g = inner.gradient(tf.square(w - 1.0) + v * tf.square(w), w)!;
                w.assign_sub(0.5 * g / outer.gradient(g, w)!);
            }
        },
        ["two networks by turns, v in the loss of both and in neither's list"] = v =>
        {
            var (a, b, sgd) = (Weights(), Weights(), optimizers.SGD(0.01));
            for (var k = 0; k < 24; k++)
            {
                var w = k % 2 == 0 ? a : b;
                using var tape = tf.GradientTape();
                sgd.apply_gradients([(tape.gradient(Of(w) * v, w), w)]);
            }
        },
        ["a loop that awaits"] = v =>
        {
            async Task Run()
            {
                var (w, sgd) = (Weights(), optimizers.SGD(0.02));
                for (var k = 0; k < 12; k++)
                {
                    using var tape = tf.GradientTape();
                    var loss = Of(w) * tf.exp(v);
                    await Task.Yield();
                    sgd.apply_gradients([(tape.gradient(loss, w), w)]);
                }
            }

            Run().Wait();
        },
        ["the gradient of v is asked for and not applied"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(Of(w) * tf.exp(v), [w, v]);
                sgd.apply_gradients([(gradients[0], w)]);
            }
        },
        ["gradients.Zip(variables) with one gradient too few"] = v =>
        {
            var w = Weights();
            using var tape = tf.GradientTape();
            optimizers.SGD(0.02).apply_gradients(tape.gradient(Of(w) * v, new[] { w }).Zip(new List<Variable> { w, v }));
        },
        ["gradients.Zip(variables, …) with one gradient too few"] = v =>
        {
            var w = Weights();
            using var tape = tf.GradientTape();
            foreach (var (g, u) in tape.gradient(Of(w) * v, new[] { w }).Zip(new List<Variable> { w, v }, (g, u) => (g, u)))
                u.assign_sub(0.01 * g!);
        },
        ["a tensor that gradients move, v in the loss"] = v => Moved((w, g) => w - 0.02 * g, w => Error(tf.matmul(X, w)) * tf.exp(v)),
        ["a tensor that gradients move, s in the loss"] = v =>
        {
            var s = tf.exp(v);
            Moved((w, g) => w - 0.02 * g, w => Error(tf.matmul(X, w)) * s);
        },
        ["a tensor that gradients move, v times the gradient"] = v => Moved((w, g) => w - v * g, w => Error(tf.matmul(X, w))),
        ["tf.autodiff.vjp of a function that reads v"] = v =>
        {
            var w = Weights();
            for (var k = 0; k < 12; k++)
                w.assign_sub(0.02 * tf.autodiff.vjp(u => Error(tf.matmul(X, u)) * tf.exp(v), w, 1.0).gradient);
        },
        ["v made anew in each step of an own loop"] = _ => OwnLoop(w => Of(w) * tf.Variable(0.3, name: "v")),
        ["a domain variable made anew in each step of an own loop"] = _ => OwnLoop(w => Of(w) * new Positive(0.3, "v").Value),
        ["another variable began with v and is not asked for either"] = v =>
        {
            var positive = new Positive(tf.exp(v), "p");
            OwnLoop(w => Of(w) + positive.Value * tf.reduce_sum(tf.square(w)));
        },
        ["uncertainty weights that nobody asks for"] = _ =>
        {
            var weights = new UncertaintyWeights(2, name: "v");
            OwnLoop(w => weights.Loss(Of(w), tf.reduce_sum(tf.square(w))));
        },
        ["a judge of another strength, v in its training loss"] = v => Judged((w, s) => Of(w) * tf.exp(v) + s, Of),
        ["a judge of another strength, v in its validation loss"] = v => Judged((w, s) => Of(w) + s, w => Of(w) * tf.exp(v)),
        ["tf.where(e < v, e, 0) in an own loop"] = v => OwnLoop(w =>
        {
            var e = tf.square(tf.matmul(X, w) - Y);
            return tf.reduce_mean(tf.where(e < v, e, tf.zeros_like(e)));
        }),
        ["tf.cast(e < v) in an own loop"] = v => OwnLoop(w =>
        {
            var e = tf.square(tf.matmul(X, w) - Y);
            return tf.reduce_mean(e * tf.cast(e < v, tf.float32));
        }),
        ["tf.round(v) in an own loop"] = v => OwnLoop(w => Of(w) * tf.round(v * 10.0)),
    };

    public static Tensor Of(Variable w) => Error(tf.matmul(X, w));

    /// <summary>Twelve steps of weights under a loss, and something after each.</summary>
    public static void OwnLoop(Func<Variable, Tensor> loss, Action<Variable>? after = null)
    {
        var (w, sgd) = (Weights(), optimizers.SGD(0.02));
        for (var k = 0; k < 12; k++)
        {
            using var tape = tf.GradientTape();
            sgd.apply_gradients([(tape.gradient(loss(w), w), w)]);
            after?.Invoke(w);
        }
    }

    static void Moved(Func<Tensor, Tensor, Tensor> update, Func<Tensor, Tensor> loss)
    {
        Tensor w = tf.ones((3, 1));
        for (var k = 0; k < 12; k++)
        {
            using var tape = tf.GradientTape();
            tape.watch(w);
            w = update(w, tape.gradient(loss(w), w)!);
        }
    }

    static void Judged(Func<Variable, Tensor, Tensor> training, Func<Variable, Tensor> validation)
    {
        var (w, strength) = (Weights(), tf.Variable(0.1, name: "strength"));
        var problem = new TrainingProblem(() => training(w, strength * tf.reduce_sum(tf.square(w))), [w]);
        var judge = new UnrolledObjective(problem, () => validation(w), [strength], rate: 0.05);
        for (var k = 0; k < 3; k++) judge.Step(optimizers.SGD(0.01));
    }

    static void Models(Model model, Func<Tensor, Tensor> loss, IReadOnlyList<Variable>? moved = null)
    {
        model.Apply(X);
        moved ??= model.trainable_variables;
        Loop(() => loss(model.Apply(X, training: true)), moved, optimizers.Adam(0.01));
    }
}
