using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>Updates of weights and averages that v joins: other ways to a gradient, and no gradient at all.</summary>
static class Averages
{
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["tape.gradient(…, output_gradients: v)"] = v => Seeded(() => v),
        ["tape.gradient(…, output_gradients: s)"] = v => { var s = tf.exp(v); Seeded(() => s); },
        ["a Jacobian times v"] = v => Taped((w, tape) =>
        {
            var j = tape.jacobian(tf.square(tf.matmul(X, w) - Y), w)!;
            w.assign_sub(0.01 * v * tf.reshape(tf.reduce_mean(j, 0), (3, 1)));
        }),
        ["tf.autodiff.vjp times v"] = v =>
            Taped((w, _) => w.assign_sub(0.01 * v * tf.autodiff.vjp(u => Error(tf.matmul(X, u)), w, 1.0).gradient)),
        ["Newton's step with a damping of v, under an outer tape"] = v =>
        {
            var w = tf.Variable(2.0, name: "w");
            for (var k = 0; k < 12; k++)
            {
                using var outer = tf.GradientTape(persistent: true);
                using var inner = tf.GradientTape();
                var g = inner.gradient(tf.square(tf.square(w) - 1.0), w)!;
                w.assign_sub(g / (tf.abs(outer.gradient(g, w)) + v));
            }
        },
        ["w.assign(w * (1 - 0.01 * v)), decay by hand"] = v => Stepped(w => w.assign(w * (1.0 - 0.01 * v))),
        ["u.assign(u * (1 - 0.01 * v)), a scalar"] = v =>
        {
            var (u, sgd) = (tf.Variable(2.0, name: "u"), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                sgd.minimize(() => tf.square(u - 1.0), [u]);
                u.assign(u * (1.0 - 0.01 * v));
            }
        },
        ["apply_gradients([(v * direction, w)]), no tape"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++) sgd.apply_gradients([(v * tf.ones((3, 1)), w)]);
        },
        ["average.assign(v * average + (1 - v) * w)"] = v =>
        {
            var average = tf.Variable(tf.ones((3, 1)), trainable: false, name: "average");
            Stepped(w => average.assign(v * average + (1.0 - v) * w));
        },
        ["slow.assign(slow + v * (w - slow)), weights that follow"] = v =>
        {
            var slow = tf.Variable(tf.ones((3, 1)), name: "slow");
            Stepped(w => slow.assign(slow + v * (w - slow)), 24);
        },
        ["target.set_weights(v * … + (1 - v) * …)"] = v =>
        {
            var (online, target) = (Linear(), Linear());
            OnBatch(online, () =>
            {
                target.set_weights(online.get_weights().Zip(target.get_weights(), (w, t) => v * w + (1.0 - v) * t));
                return (X, Y, null);
            }, 14);
        },
        ["a callback that adds noise of stddev v to the weights"] = v =>
        {
            var model = Linear();
            Train(model, callbacks: [callbacks.LambdaCallback(on_train_batch_end: (_, _) =>
            {
                foreach (var w in model.trainable_variables) w.assign_add(0.01 * tf.random.normal(w.shape, stddev: v));
            })]);
        },
    };

    static void Seeded(Func<Operand> seed) =>
        Taped((w, tape) => w.assign_sub(0.01 * tape.gradient(Error(tf.matmul(X, w)), w, output_gradients: seed())!));

    static void Taped(Action<Variable, GradientTape> step)
    {
        var w = Weights();
        for (var k = 0; k < 12; k++)
        {
            using var tape = tf.GradientTape();
            step(w, tape);
        }
    }

    static void Stepped(Action<Variable> after, int steps = 12)
    {
        var (w, sgd) = (Weights(), optimizers.SGD(0.02));
        for (var k = 0; k < steps; k++)
        {
            sgd.minimize(() => Error(tf.matmul(X, w)), [w]);
            after(w);
        }
    }
}
