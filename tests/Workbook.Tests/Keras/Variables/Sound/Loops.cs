using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables.Silent;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Training loops as they are written for TensorFlow; nothing is wrong with them.</summary>
static class Loops
{
    public static readonly Dictionary<string, Action> Rows = new()
    {
        ["second-order meta-learning: the start of an inner step trains"] = () =>
        {
            var (w, meta) = (Tries.Weights(), optimizers.Adam(0.01));
            for (var k = 0; k < 12; k++)
            {
                using var outer = tf.GradientTape();
                Tensor inner;
                using (var tape = tf.GradientTape())
                    inner = w - 0.1 * tape.gradient(Error(w, X[..16], Y[..16]), w);
                meta.apply_gradients([(outer.gradient(Error(inner, X[16..], Y[16..]), w), w)]);
            }
        },
        ["meta-learning with a learned rate of the inner step"] = () =>
        {
            var (w, rate, meta) = (Tries.Weights(), tf.Variable(0.1, name: "rate"), optimizers.Adam(0.01));
            for (var k = 0; k < 12; k++)
            {
                using var outer = tf.GradientTape();
                Tensor inner;
                using (var tape = tf.GradientTape())
                    inner = w - rate * tape.gradient(Error(w, X[..16], Y[..16]), w);
                var gradients = outer.gradient(Error(inner, X[16..], Y[16..]), [w, rate]);
                meta.apply_gradients(gradients.Zip([w, rate]));
            }
        },
        ["first-order meta-learning: towards what some steps give (Reptile)"] = () =>
        {
            var model = Net();
            for (var task = 0; task < 4; task++)
            {
                var before = model.get_weights();
                Tries.Loop(() => Error(model), model.trainable_variables, steps: 12);
                model.set_weights(before.Zip(model.get_weights(), (a, b) => a + 0.5 * (b - a)));
            }
        },
        ["two sets of weights, fast and slow"] = () =>
        {
            var (fast, slow, sgd) = (Tries.Weights(), tf.Variable(tf.ones((3, 1)), name: "slow"), optimizers.SGD(0.02));
            for (var k = 1; k <= 24; k++)
            {
                sgd.minimize(() => Error(fast, X, Y), [fast]);
                if (k % 6 != 0) continue;
                slow.assign(slow + 0.5 * (fast - slow));
                fast.assign(slow);
            }
        },
        ["a target network that is set anew after every tenth step"] = () =>
        {
            var (online, target, adam) = (Net(), Net(), optimizers.Adam(0.01));
            for (var k = 0; k < 30; k++)
            {
                if (k % 10 == 0) target.set_weights(online.get_weights());
                using var tape = tf.GradientTape();
                var aim = Y + 0.9 * tf.reduce_max(target.Apply(X), 1, keepdims: true);
                var loss = tf.reduce_mean(tf.square(online.Apply(X) - tf.stop_gradient(aim)));
                adam.apply_gradients(tape.gradient(loss, online.trainable_variables).Zip(online.trainable_variables));
            }
        },
        ["a target network that is frozen and read under the tape"] = () =>
        {
            var (online, target, adam) = (Net(), Net(), optimizers.Adam(0.01));
            target.trainable = false;
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                var loss = tf.reduce_mean(tf.square(online.Apply(X) - (Y + 0.9 * target.Apply(X))));
                adam.apply_gradients(tape.gradient(loss, online.trainable_variables).Zip(online.trainable_variables));
                foreach (var (t, w) in target.variables.Zip(online.variables)) t.assign(0.95 * t + 0.05 * w);
            }
        },
        ["an actor and a critic of one's own optimizers"] = () =>
        {
            var (actor, critic) = (Net("softmax", 2), Net());
            var (a, c) = (optimizers.Adam(0.01), optimizers.Adam(0.02));
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape(persistent: true);
                var advantage = Y - critic.Apply(X);
                var policy = -tf.reduce_mean(tf.math.log(actor.Apply(X) + 1e-6)[.., ..1] * tf.stop_gradient(advantage));
                var value = tf.reduce_mean(tf.square(advantage));
                a.apply_gradients(tape.gradient(policy, actor.trainable_variables).Zip(actor.trainable_variables));
                c.apply_gradients(tape.gradient(value, critic.trainable_variables).Zip(critic.trainable_variables));
            }
        },
        ["gradients gathered by hand over four batches"] = () =>
        {
            var (w, sum, sgd) = (Tries.Weights(), tf.Variable(tf.zeros((3, 1)), trainable: false, name: "sum"), optimizers.SGD(0.02));
            for (var k = 1; k <= 16; k++)
            {
                using var tape = tf.GradientTape();
                sum.assign_add(tape.gradient(Error(w, X, Y), w)!);
                if (k % 4 != 0) continue;
                sgd.apply_gradients([(sum / 4.0, w)]);
                sum.assign(tf.zeros_like(sum));
            }
        },
        ["a step up the loss before each step down (SAM)"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                using var first = tf.GradientTape();
                var g = first.gradient(Error(w, X, Y), w)!;
                var up = 0.05 * g / tf.norm(g);
                w.assign_add(up);
                using var second = tf.GradientTape();
                var at = second.gradient(Error(w, X, Y), w);
                w.assign_sub(up);
                sgd.apply_gradients([(at, w)]);
            }
        },
        ["inputs moved along the sign of their gradient (adversarial training)"] = () =>
        {
            var model = Net();
            Tries.Loop(() =>
            {
                Tensor moved;
                using (var tape = tf.GradientTape())
                {
                    var x = tf.identity(X);
                    tape.watch(x);
                    moved = x + 0.05 * tf.sign(tape.gradient(tf.reduce_mean(tf.square(model.Apply(x) - Y)), x));
                }
                return tf.reduce_mean(tf.square(model.Apply(tf.stop_gradient(moved)) - Y));
            }, model.trainable_variables);
        },
        ["a closure is the step, as tf.function has it"] = () =>
        {
            var (model, adam, tracker) = (Net(), optimizers.Adam(0.01), keras.metrics.Mean(name: "loss"));
            Func<Tensor, Tensor, Tensor> step = (x, y) =>
            {
                using var tape = tf.GradientTape();
                var loss = tf.reduce_mean(tf.square(model.Apply(x, training: true) - y));
                adam.apply_gradients(tape.gradient(loss, model.trainable_variables).Zip(model.trainable_variables));
                tracker.update_state(loss);
                return loss;
            };
            for (var epoch = 0; epoch < 3; epoch++)
            {
                tracker.reset_state();
                for (var k = 0; k < 4; k++) step(X[(8 * k)..(8 * k + 8)], Y[(8 * k)..(8 * k + 8)]);
            }
        },
        ["an equation of physics: gradients by the inputs are part of the loss"] = () =>
        {
            var model = Net("tanh");
            Tries.Loop(() =>
            {
                using var tape = tf.GradientTape();
                var x = tf.identity(X);
                tape.watch(x);
                var u = model.Apply(x);
                return tf.reduce_mean(tf.square(tape.gradient(u, x)![.., ..1] + u)) + tf.reduce_mean(tf.square(u - Y));
            }, model.trainable_variables);
        },
        ["weights with a mean and a spread, drawn anew in each step"] = () =>
        {
            var (mean, spread) = (tf.Variable(tf.zeros((3, 1)), name: "mean"), tf.Variable(-3.0 * tf.ones((3, 1)), name: "spread"));
            Tries.Loop(() =>
            {
                var s = tf.nn.softplus(spread);
                var kl = tf.reduce_sum(0.5 * (tf.square(mean) + tf.square(s)) - tf.math.log(s));
                return Error(mean + s * tf.random.normal((3, 1)), X, Y) + 0.01 * kl;
            }, [mean, spread]);
        },
        ["centres of classes that follow the features by a rule (center loss)"] = () =>
        {
            var (model, centres) = (Net(units: 2), tf.Variable(tf.zeros((2, 2)), trainable: false, name: "centres"));
            var labels = tf.reshape(tf.cast(Y, tf.int32), 32);
            Tries.Loop(() =>
            {
                var features = model.Apply(X);
                var loss = tf.reduce_mean(tf.square(features - tf.gather(centres, labels)));
                var sums = tf.math.unsorted_segment_sum(tf.stop_gradient(features), labels, 2);
                centres.assign(0.9 * centres + 0.1 * sums / 16.0);
                return loss;
            }, model.trainable_variables);
        },
        ["a code book that follows by averages, passed straight through"] = () =>
        {
            var (model, book) = (Net(units: 2), tf.Variable(tf.random.normal((4, 2), seed: 1), trainable: false, name: "book"));
            var decoder = layers.Dense(1);
            decoder.Apply(tf.zeros((1, 2)));
            Tries.Loop(() =>
            {
                var z = model.Apply(X);
                var far = tf.reduce_sum(tf.square(tf.expand_dims(z, 1) - tf.expand_dims(book, 0)), 2);
                var nearest = tf.one_hot(tf.argmin(far, 1), 4);
                var q = tf.matmul(nearest, book);
                book.assign(0.99 * book + 0.01 * tf.matmul(nearest, tf.stop_gradient(z), transpose_a: true));
                return tf.reduce_mean(tf.square(decoder.Apply(z + tf.stop_gradient(q - z)) - Y))
                    + tf.reduce_mean(tf.square(z - tf.stop_gradient(q)));
            }, [.. model.trainable_variables, .. decoder.trainable_variables]);
        },
        ["a strength that a rule moves between ten steps of the weights"] = () =>
        {
            var (w, strength, sgd) = (Tries.Weights(), tf.Variable(0.1, name: "strength"), optimizers.SGD(0.02));
            for (var round = 0; round < 5; round++)
            {
                for (var k = 0; k < 10; k++)
                    sgd.minimize(() => Error(w, X[..16], Y[..16]) + tf.exp(strength) * tf.reduce_sum(tf.square(w)), [w]);
                strength.assign_sub(0.1 * tf.sign(Error(w, X[16..], Y[16..]) - 0.2));
            }
        },
        ["a rate that decays after each epoch of ten steps"] = () =>
        {
            var (rate, k) = (tf.Variable(0.01, name: "rate"), 0);
            Updates.ByHand((w, g, _) =>
            {
                w.assign_sub(rate * g);
                if (++k % 10 == 0) rate.assign(rate * 0.9);
            }, steps: 60);
        },
        ["a rate that decays after ten steps, and then after forty"] = () =>
        {
            var (rate, k) = (tf.Variable(0.01, name: "rate"), 0);
            Updates.ByHand((w, g, _) =>
            {
                w.assign_sub(rate * g);
                if (++k is 10 or 50 or 90) rate.assign(rate * 0.9);
            }, steps: 120);
        },
        ["the norm of a gradient, clipped and centred by numbers"] = () => Updates.ByHand((w, g, _) =>
            w.assign_sub(0.05 * tf.clip_by_norm(g - tf.reduce_mean(g), 1.0))),
        ["the Jacobian of the residuals: Gauss and Newton"] = () =>
        {
            var w = Tries.Weights();
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                var r = tf.reshape(tf.matmul(X, w) - Y, 32);
                var j = tf.reshape(tape.jacobian(r, w), (32, 3));
                var normal = tf.matmul(j, j, transpose_a: true) + 0.1 * tf.eye(3);
                w.assign_sub(tf.linalg.solve(normal, tf.matmul(j, tf.reshape(r, (32, 1)), transpose_a: true)));
            }
        },
        ["Newton's step of a loss that a strength is part of"] = () =>
        {
            var (w, strength) = (tf.Variable(2.0, name: "w"), tf.Variable(0.1, trainable: false, name: "strength"));
            for (var k = 0; k < 30; k++)
            {
                using var outer = tf.GradientTape(persistent: true);
                using var inner = tf.GradientTape();
                var loss = tf.square(w - 1.0) + strength * tf.square(w);
                var g = inner.gradient(loss, w)!;
                w.assign_sub(0.5 * g / outer.gradient(g, w));
            }
        },
        ["two models that are trained by turns, one on what the other predicts"] = () =>
        {
            var (a, b) = (Linear(), Linear());
            a.compile(optimizers.SGD(0.02), "mse");
            b.compile(optimizers.SGD(0.02), "mse");
            for (var k = 0; k < 12; k++)
            {
                a.train_on_batch(X, b.predict(X));
                b.train_on_batch(X, 0.5 * (Y + a.predict(X)));
            }
        },
        ["a loop that awaits between its steps"] = () =>
        {
            async Task Run()
            {
                var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
                for (var k = 0; k < 12; k++)
                {
                    using var tape = tf.GradientTape();
                    var loss = Error(w, X, Y);
                    await Task.Yield();
                    sgd.apply_gradients([(tape.gradient(loss, w), w)]);
                }
            }

            Run().Wait();
        },
        ["four models trained in parallel"] = () => Parallel.For(0, 4, _ => Tries.Train(Linear())),
    };

    static Tensor Error(Operand w, Tensor x, Tensor y) => tf.reduce_mean(tf.square(tf.matmul(x, w) - y));

    static Tensor Error(Model model) => tf.reduce_mean(tf.square(model.Apply(X) - Y));

    static Model Net(string? activation = null, int units = 1) =>
        keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(units, activation: activation)]);
}
