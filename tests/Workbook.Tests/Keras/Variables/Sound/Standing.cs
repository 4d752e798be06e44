using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables.Silent;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Unasked;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Loops in which something stands still for a while, or for ever, as it is meant; nothing is wrong with them.</summary>
static class Standing
{
    public static readonly Dictionary<string, Action> Rows = new()
    {
        ["a grid of strengths, each trained for twenty steps"] = () =>
        {
            var strength = tf.Variable(0.1, name: "strength");
            foreach (var at in new[] { 0.01, 0.1, 1.0 })
            {
                strength.assign(at);
                Descend(w => Of(w) + strength * tf.reduce_sum(tf.square(w)));
            }
        },
        ["a hypergradient through twenty unrolled steps"] = () =>
        {
            var (strength, start, adam) = (tf.Variable(0.1, name: "strength"), Tries.Weights(), optimizers.Adam(0.01));
            for (var round = 0; round < 3; round++)
            {
                using var outer = tf.GradientTape();
                Tensor w = start * 1.0;
                for (var k = 0; k < 20; k++)
                {
                    using var tape = tf.GradientTape();
                    tape.watch(w);
                    var loss = Tries.Error(tf.matmul(X, w)) + tf.exp(strength) * tf.reduce_sum(tf.square(w));
                    w -= 0.05 * tape.gradient(loss, w)!;
                }
                adam.apply_gradients([(outer.gradient(Tries.Error(tf.matmul(X, w)), strength), strength)]);
            }
        },
        ["a training problem that is solved before its judge is asked"] = () =>
        {
            var (strength, w) = (new Positive(0.1, "strength"), Tries.Weights());
            var problem = new TrainingProblem(() => Of(w) + strength.Value * tf.reduce_sum(tf.square(w)), [w]);
            problem.Minimize(optimizers.SGD(0.1), 1e-4);
            new ImplicitObjective(problem, () => Of(w), [strength.Raw], new NeumannSeries(3, 0.01), tolerance: 1e-3)
                .Step(optimizers.SGD(0.01));
        },
        ["warm-up: a number trains from the ninth step on"] = () =>
        {
            var (w, scale, sgd) = (Tries.Weights(), tf.Variable(0.3, name: "scale"), optimizers.SGD(0.02));
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                Variable[] moved = k < 8 ? [w] : [w, scale];
                sgd.apply_gradients(tape.gradient(Of(w) * tf.exp(scale) - scale, moved).Zip(moved));
            }
        },
        ["two numbers by turns, five steps each"] = () =>
        {
            Variable[] both = [tf.Variable(0.3, name: "a"), tf.Variable(0.4, name: "b")];
            for (var k = 0; k < 40; k++)
            {
                var moved = both[k / 5 % 2];
                using var tape = tf.GradientTape();
                moved.assign_sub(0.05 * tape.gradient(tf.square(both[0] * both[1] - 1.0) + tf.square(both[0] - both[1]), moved)!);
            }
        },
        ["a critic takes five steps for one of a generator with a gain"] = Critics,
        ["an image moves and a network stands still"] = () =>
        {
            var (model, image) = (Net(), tf.Variable(X * 1.0, name: "image"));
            Tries.Loop(() => tf.reduce_mean(model.Apply(image)), [image], steps: 24);
        },
        ["a head alone is trained on features"] = () =>
        {
            var (features, head) = (Net(4), layers.Dense(1));
            head.Apply(tf.zeros((1, 4)));
            Tries.Loop(() => Tries.Error(head.Apply(features.Apply(X))), head.trainable_variables, steps: 24);
        },
        ["anchors of all weights, as plain variables"] = () =>
        {
            var model = Net();
            var anchors = model.trainable_variables.Select(w => tf.Variable(w.numpy(), name: "anchor")).ToList();
            Tries.Loop(() => Tries.Error(model.Apply(X)) + model.trainable_variables.Zip(anchors, (w, a) => tf.reduce_sum(tf.square(w - a)))
                .Aggregate((a, b) => a + b), model.trainable_variables, steps: 24);
        },
        ["a temperature with a loss and an optimizer of its own"] = () =>
        {
            var (model, log, a, b) = (Net(), tf.Variable(0.0, name: "log"), optimizers.Adam(0.01), optimizers.Adam(0.01));
            for (var k = 0; k < 24; k++)
            {
                Tensor entropy;
                using (var tape = tf.GradientTape())
                {
                    var p = model.Apply(X);
                    entropy = tf.reduce_mean(tf.square(p));
                    a.apply_gradients(tape.gradient(Tries.Error(p) + tf.exp(log) * entropy, model.trainable_variables)
                        .Zip(model.trainable_variables));
                }
                using (var tape = tf.GradientTape())
                    b.apply_gradients([(tape.gradient(tf.exp(log) * tf.stop_gradient(0.5 - entropy), log), log)]);
            }
        },
        ["a strength that a rule moves after every fifth step"] = () =>
        {
            var (beta, k) = (tf.Variable(1.0, name: "beta"), 0);
            Descend(w => Of(w) + beta * tf.reduce_sum(tf.square(w)), _ =>
            {
                if (++k % 5 == 0) beta.assign(beta * 1.5);
            });
        },
        ["a price that rises with what is too much"] = () =>
        {
            var price = tf.Variable(0.0, trainable: false, name: "price");
            Descend(w => Of(w) + price * tf.reduce_sum(w), w => price.assign_add(0.1 * tf.stop_gradient(tf.reduce_sum(w) - 0.5)));
        },
        ["a price that could train and is moved by hand"] = () =>
        {
            var price = tf.Variable(0.0, name: "price");
            Descend(w => Of(w) + price * tf.reduce_sum(w), w => price.assign_add(0.1 * (tf.reduce_sum(w) - 0.5)));
        },
        ["metrics of a loop that trains a number"] = () =>
        {
            var (w, scale, mean, sgd) = (Tries.Weights(), tf.Variable(0.1, name: "scale"), metrics.Mean(), optimizers.SGD(0.02));
            var accuracy = metrics.BinaryAccuracy();
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var p = tf.matmul(X, w);
                var loss = Tries.Error(p) * tf.exp(scale) - scale;
                sgd.apply_gradients(tape.gradient(loss, [w, scale]).Zip([w, scale]));
                mean.update_state(loss * tf.exp(scale));
                accuracy.update_state(Y, p * scale);
            }
        },
        ["metrics where nothing trains"] = () =>
        {
            var (model, scale, mean) = (Net(), tf.Variable(0.1, name: "scale"), metrics.Mean());
            for (var k = 0; k < 24; k++) mean.update_state(Tries.Error(model.Apply(X)) * scale);
        },
        ["a second stage in which what the first has trained rests, in losses, prices and metrics"] = () =>
        {
            var (w, scale, sgd) = (Tries.Weights(), tf.Variable(0.3, name: "scale"), optimizers.SGD(0.02));
            Tries.Loop(() => Of(w) * tf.exp(scale) - scale, [w, scale], sgd);
            var (price, mean) = (tf.Variable(0.0, trainable: false, name: "price"), metrics.Mean());
            Descend(u => Of(u) * tf.exp(scale) + price * tf.reduce_sum(u), u =>
            {
                price.assign_add(scale * (tf.reduce_sum(u) - 0.5));
                mean.update_state(Of(u) * scale);
            });
            Tries.Train(Linear(), callbacks:
                [callbacks.LambdaCallback(on_train_batch_end: (_, l) => mean.update_state(l["loss"] * scale))]);
        },
        ["a simulation where nothing trains"] = () =>
        {
            var (place, speed) = (tf.Variable(0.0, name: "place"), tf.Variable(1.0, name: "speed"));
            for (var k = 0; k < 30; k++) place.assign_add(0.1 * speed);
        },
        ["a callback that measures with the model's number when the fit ends"] = () =>
        {
            var scale = tf.Variable(1.0, name: "scale");
            var (model, error) = (Functional(x => layers.Dense(1).Apply(x * scale)), metrics.MeanSquaredError());
            Tries.Train(model, callbacks: [callbacks.LambdaCallback(on_train_end: _ =>
            {
                error.update_state(Y, model.predict(X) * scale);
                model.evaluate(X, Y);
            })]);
        },
        ["a callback that averages the model's number"] = () =>
        {
            var (scale, average) = (tf.Variable(1.0, name: "scale"), tf.Variable(1.0, trainable: false, name: "average"));
            Tries.Train(Functional(x => layers.Dense(1).Apply(x * scale)), callbacks:
                [callbacks.LambdaCallback(on_epoch_end: (e, _) =>
                {
                    if (e == 2) average.assign(0.9 * average + 0.1 * scale);
                })]);
        },
        ["Adam by hand, its averages in variables"] = () =>
        {
            var (m, s) = (tf.Variable(tf.zeros((3, 1)), name: "m"), tf.Variable(tf.zeros((3, 1)), name: "s"));
            Updates.ByHand((w, g, _) =>
            {
                m.assign(0.9 * m + 0.1 * g);
                s.assign(0.999 * s + 0.001 * tf.square(g));
                w.assign_sub(0.01 * m / (tf.sqrt(s) + 1e-7));
            }, steps: 24);
        },
        ["a mask on gradients and weights"] = () =>
        {
            var mask = tf.Variable(new[,] { { 1f }, { 0f }, { 1f } }, name: "mask");
            Updates.ByHand((w, g, _) =>
            {
                w.assign_sub(0.01 * mask * g);
                w.assign(w * mask);
            }, steps: 24);
        },
        ["a matrix before the gradient that is renewed"] = () =>
        {
            var (before, k) = (tf.Variable(tf.eye(3), name: "before"), 0);
            Updates.ByHand((w, g, _) =>
            {
                w.assign_sub(0.01 * tf.matmul(before, g));
                if (k++ % 4 == 0) before.assign(tf.linalg.inv(tf.matmul(g, g, transpose_b: true) + tf.eye(3)));
            }, steps: 24);
        },
        ["a slope that is looked at in each step"] = () =>
        {
            var (w, strength, sum) = (Tries.Weights(), tf.Variable(0.1, name: "strength"), 0.0);
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                var gradients = tape.gradient(Of(w) + strength * tf.reduce_sum(tf.square(w)), [w, strength]);
                w.assign_sub(0.01 * gradients[0]!);
                sum += (double)gradients[1]!;
            }
        },
        ["steps of a model with a number, beside a loop that reads it"] = () =>
        {
            var scale = tf.Variable(1.0, name: "scale");
            var (model, dense) = (Functional(x => layers.Dense(1).Apply(x * scale)), layers.Dense(1));
            model.compile("sgd", "mse");
            dense.Apply(X);
            for (var k = 0; k < 15; k++)
            {
                model.train_on_batch(X, Y);
                Tries.Loop(() => tf.reduce_mean(tf.square(dense.Apply(X) - model.Apply(X))), dense.trainable_variables, steps: 1);
            }
        },
        ["a rate that follows its own slope"] = () =>
        {
            var (rate, last) = (tf.Variable(0.01, name: "rate"), tf.zeros((3, 1)));
            Updates.ByHand((w, g, _) =>
            {
                rate.assign_add(1e-4 * tf.reduce_sum(g * last));
                w.assign_sub(rate * g);
                last = g;
            }, steps: 24);
        },
        ["a number before a batch normalization, all asked for"] = () =>
        {
            var (scale, norm, dense) = (tf.Variable(1.0, name: "scale"), layers.BatchNormalization(), layers.Dense(1));
            dense.Apply(norm.Apply(X));
            Tries.Loop(() => Tries.Error(dense.Apply(norm.Apply(X * scale + 0.1 * tf.square(X * scale), training: true))),
                [.. norm.trainable_variables, .. dense.trainable_variables, scale], steps: 24);
        },
        ["strengths that stand still by their own word"] = () =>
        {
            var (frozen, stopped) = (tf.Variable(0.1, trainable: false, name: "frozen"), tf.Variable(0.1, name: "stopped"));
            Descend(w => Of(w) + (frozen + tf.stop_gradient(stopped)) * tf.reduce_sum(tf.square(w)));
            var (w, strength) = (Tries.Weights(), tf.Variable(0.1, name: "strength"));
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape(watch_accessed_variables: false);
                tape.watch(w);
                w.assign_sub(0.01 * tape.gradient(Of(w) + strength * tf.reduce_sum(tf.square(w)), w)!);
            }
        },
        ["slopes of functions that make their variables, one by one"] = () =>
        {
            string Slope(double at)
            {
                var (asked, used) = (tf.Variable(at, name: "number"), tf.Variable(1.0, name: "other"));
                using var tape = tf.GradientTape();
                var fresh = tf.Variable(at, name: "fresh");
                return $"{tape.gradient(tf.square(asked * fresh) + used, asked)}";
            }

            for (var k = 0; k < 12; k++) Slope(k);
        },
        ["a Jacobian of a tensor that gradients have moved"] = () =>
        {
            var scale = tf.Variable(0.5, name: "scale");
            Tensor w = tf.ones((3, 1));
            for (var k = 0; k < 2; k++)
            {
                using var tape = tf.GradientTape();
                tape.watch(w);
                var j = tape.jacobian(tf.reshape(tf.matmul(X, w) * scale - Y, 32), w)!;
                w -= 0.1 * tf.reduce_mean(j, 0);
            }
        },
        ["twelve inner steps on tensors with a learned rate"] = () =>
        {
            var (start, rate, adam) = (Tries.Weights(), tf.Variable(0.05, name: "rate"), optimizers.Adam(0.01));
            for (var round = 0; round < 12; round++)
            {
                using var outer = tf.GradientTape();
                Tensor w = start * 1.0;
                for (var k = 0; k < 12; k++)
                {
                    using var tape = tf.GradientTape();
                    tape.watch(w);
                    w -= rate * tape.gradient(Tries.Error(tf.matmul(X, w)), w)!;
                }
                adam.apply_gradients(outer.gradient(Tries.Error(tf.matmul(X, w)), [start, rate]).Zip([start, rate]));
            }
        },
        ["an equation with an unknown coefficient, gradients by the inputs inside"] = () =>
        {
            var (model, unknown) = (Net(), tf.Variable(0.5, name: "unknown"));
            model.Apply(X);
            Tries.Loop(() =>
            {
                using var tape = tf.GradientTape();
                var x = tf.identity(X);
                tape.watch(x);
                var u = model.Apply(x);
                return tf.reduce_mean(tf.square(tape.gradient(u, x)![.., ..1] + unknown * u)) + Tries.Error(u);
            }, [.. model.trainable_variables, unknown], steps: 24);
        },
        ["slopes by the inputs of a model with a number, nothing trains"] = () =>
        {
            var scale = tf.Variable(1.0, name: "scale");
            var model = Functional(x => layers.Dense(1).Apply(x * scale));
            for (var k = 1; k <= 20; k++)
            {
                using var tape = tf.GradientTape();
                var x = X * (k / 20.0);
                tape.watch(x);
                tape.gradient(model.Apply(x), x);
            }
        },
        ["the largest curvature of a loss with a strength, by products"] = () =>
        {
            var (w, strength) = (Tries.Weights(), tf.Variable(0.1, name: "strength"));
            Tensor p = tf.ones((3, 1));
            for (var k = 0; k < 20; k++)
            {
                p = tf.autodiff.hvp(u => Tries.Error(tf.matmul(X, u)) + strength * tf.reduce_sum(tf.square(u)), w, p);
                p /= tf.norm(p);
            }
        },
        ["a number that the first step makes, and that is asked for"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            Variable? scale = null;
            for (var k = 0; k < 24; k++)
            {
                using var tape = tf.GradientTape();
                scale ??= tf.Variable(0.3, name: "scale");
                sgd.apply_gradients(tape.gradient(Of(w) * tf.exp(scale) - scale, [w, scale]).Zip([w, scale]));
            }
        },
        ["a temperature on a trained model with a number"] = () =>
        {
            var (scale, temperature) = (tf.Variable(1.0, name: "scale"), tf.Variable(1.0, name: "temperature"));
            var model = Functional(x => layers.Dense(1).Apply(x * scale));
            Tries.Train(model);
            Tries.Loop(() => tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(Y, model.Apply(X) / temperature)), [temperature],
                steps: 24);
        },
        ["a callback that trains a probe in a loop of its own"] = () =>
        {
            var probe = layers.Dense(1);
            probe.Apply(X);
            Tries.Train(Linear(), callbacks: [callbacks.LambdaCallback(on_epoch_begin: (_, _) =>
                Tries.Loop(() => Tries.Error(probe.Apply(X)), probe.trainable_variables))]);
        },
        ["a calibration of scores that a trained model gave, by Apply"] = () =>
        {
            var model = Net();
            Tries.Train(model);
            var (scores, a, b) = (model.Apply(X), tf.Variable(1.0, name: "a"), tf.Variable(0.0, name: "b"));
            Tries.Loop(() => tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(Y, scores * a + b)), [a, b]);
        },
        ["a head on features that a trained model gave, by Apply"] = () =>
        {
            var model = Net(3);
            model.compile("adam", "mse");
            model.fit(X, X, verbose: 0);
            Tries.Train(Linear(), x: model.Apply(X));
        },
        ["rates that begin at 0, and a rate of 0 by hand"] = () =>
        {
            Tries.Train(Linear(), callbacks: [callbacks.LearningRateScheduler(epoch => 0.01 * epoch)]);
            Tries.Train(Linear(), optimizer: optimizers.SGD(0.0));
        },
        ["pseudo labels of the model that learns them"] = () =>
        {
            var model = Net(activation: "sigmoid");
            model.compile("adam", "binary_crossentropy");
            for (var round = 0; round < 3; round++)
                model.fit(X, tf.cast(model.predict(X) > 0.5, tf.float32), epochs: 2, verbose: 0);
        },
    };

    static Model Net(int units = 1, string? activation = null) =>
        keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(units, activation: activation)]);

    static void Descend(Func<Variable, Tensor> loss, Action<Variable>? after = null)
    {
        OwnLoop(loss, after);
        OwnLoop(loss, after);
    }

    static void Critics()
    {
        var (generator, gain, critic) = (Net(3), tf.Variable(1.0, name: "gain"), Net());
        var (forGenerator, forCritic) = (optimizers.Adam(0.01), optimizers.Adam(0.01));
        Variable[] made = [.. generator.trainable_variables, gain];
        for (var k = 1; k <= 30; k++)
        {
            Tries.Loop(() => tf.reduce_mean(critic.Apply(generator.Apply(X) * gain)) - tf.reduce_mean(critic.Apply(X)),
                critic.trainable_variables, forCritic, steps: 1);
            if (k % 5 == 0) Tries.Loop(() => -tf.reduce_mean(critic.Apply(generator.Apply(X) * gain)), made, forGenerator, steps: 1);
        }
    }
}
