using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables.Silent;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Numbers that an update leaves as they are, for a good reason; optimizers that keep what they move.</summary>
static class Resting
{
    public static readonly Dictionary<string, Action> Rows = new()
    {
        ["an optimizer that is built before its first step"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            sgd.build([w]);
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                sgd.apply([tape.gradient(Tries.Error(tf.matmul(X, w)), w)]);
            }
        },
        ["an optimizer of one's own that keeps what it moves"] = () =>
        {
            var w = Tries.Weights();
            Tries.Loop(() => Tries.Error(tf.matmul(X, w)), [w], new Keeps { Moved = [w] });
        },
        ["a fit goes on where all has come to rest, with another optimizer"] = () =>
        {
            var (scale, targets) = (tf.Variable(1.5, name: "scale"), tf.reduce_sum(X, 1, keepdims: true));
            var model = Functional(x => layers.Dense(1, use_bias: false, kernel_initializer: "ones").Apply(x * scale));
            for (var stage = 0; stage < 2; stage++)
            {
                model.compile(optimizers.SGD(0.1), "mse");
                model.fit(X, targets, batch_size: 32, epochs: 300, verbose: 0);
            }
        },
        ["rates that begin at almost nothing"] = () =>
        {
            var scale = tf.Variable(40.0, name: "scale");
            Tries.Train(Functional(x => layers.Dense(1).Apply(x * scale * 0.02)),
                optimizer: optimizers.SGD(optimizers.schedules.Lambda(step => 1e-7 * (step + 1))));
        },
        ["a price at its bound, of what is not too much"] = () =>
        {
            var (w, price) = (Tries.Weights(), tf.Variable(0.0, name: "price"));
            var (down, up) = (optimizers.SGD(0.02), optimizers.SGD(0.1));
            Constraint.Attach(price, constraints.NonNeg());
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var excess = tf.reduce_sum(tf.square(w)) - 100.0;
                var gradients = tape.gradient(Tries.Error(tf.matmul(X, w)) + price * excess, [w, price]);
                down.apply_gradients([(gradients[0], w)]);
                up.apply_gradients([(-gradients[1]!, price)]);
            }
        },
        ["a price by hand at its bound, of what is not too much"] = () =>
        {
            var (w, price) = (Tries.Weights(), tf.Variable(0.0, name: "price"));
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var excess = tf.reduce_sum(tf.square(w)) - 100.0;
                var gradients = tape.gradient(Tries.Error(tf.matmul(X, w)) + price * excess, [w, price]);
                w.assign_sub(0.02 * gradients[0]!);
                price.assign(tf.maximum(price + 0.1 * gradients[1]!, 0.0));
            }
        },
        ["a rate of 0 by hand, then more"] = () =>
        {
            var (w, scale) = (Tries.Weights(), tf.Variable(1.0, name: "scale"));
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(Tries.Error(tf.matmul(X, w) * scale), [w, scale]);
                w.assign_sub(0.02 * gradients[0]!);
                scale.assign_sub((k < 12 ? 0.0 : 0.02) * gradients[1]!);
            }
        },
        ["a hinge that is satisfied, by hand"] = () =>
        {
            var (w, gain) = (Tries.Weights(), tf.Variable(1.0, name: "gain"));
            for (var k = 0; k < 60; k++)
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(tf.reduce_mean(tf.nn.relu(2.0 - gain * tf.matmul(X, w))), [w, gain]);
                w.assign_add(-0.5 * gradients[0]!);
                gain.assign_add(-0.5 * gradients[1]!);
            }
        },
        ["a number that is no part of this loss, and whose gradient is passed over"] = () =>
        {
            var (w, other) = (Tries.Weights(), tf.Variable(1.0, name: "other"));
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(Tries.Error(tf.matmul(X, w)), [w, other]);
                w.assign_sub(0.02 * gradients[0]!);
                if (gradients[1] is { } g) other.assign_sub(0.02 * g);
            }
        },
        ["slopes of steps and rounds, looked at in many places"] = () =>
        {
            var at = tf.Variable(0.0, name: "at");
            for (var k = 0; k < 24; k++)
            {
                at.assign(0.1 * k);
                using var tape = tf.GradientTape();
                _ = tape.gradient(tf.nn.relu(at - 5.0) + tf.round(at), at);
            }
        },
    };

    sealed class Keeps() : Optimizer(0.02)
    {
        public List<Variable> Moved { get; init; } = [];

        protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t) => w - lr * g;
    }
}
