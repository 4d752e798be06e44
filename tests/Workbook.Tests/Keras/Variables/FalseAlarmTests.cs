using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Workbook.Tests.Keras.Variables.Silent;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables;

/// <summary>What is meant is not complained of.</summary>
public class FalseAlarmTests
{
    static readonly Dictionary<string, Action> sound = new()
    {
        ["a metric that keeps its state in variables"] = () => Tries.Train(Linear(), metrics: [new Total()]),
        ["a metric that keeps the last predictions"] = () => Tries.Train(Linear(), metrics: [new Remembers()]),
        ["a metric that reads a number of the model anew"] = () =>
        {
            var v = tf.Variable(0.3, name: "v");
            Tries.Train(Functional(x => layers.Dense(1).Apply(x * v)), metrics: [new Remembers { Scale = () => tf.exp(v) }]);
        },
        ["a metric of features that another network made"] = () =>
        {
            var other = Linear();
            var features = other.Apply(X[..8]);
            Tries.Train(Linear(), metrics: [new Remembers { Scale = () => tf.reduce_mean(features) }, new Keeps(features)]);
        },
        ["a gradient that is reversed, by a number and by what was computed"] = () =>
        {
            var f = tf.custom_gradient((Tensor x) =>
            {
                var y = tf.tanh(x);
                return (y, g => -0.5 * g * (1.0 - y * y));
            });
            Tries.FitBetween(x => layers.Dense(3).Apply(x).Then(t => f(t)));
        },
        ["accumulation that does not come out even"] = () =>
            Tries.Train(Linear(), optimizer: optimizers.SGD(0.02, gradient_accumulation_steps: 5)),
        ["a metric in a field of a model with its own train_step"] = () => Tries.Train(new Tracks()),
        ["a generator and a critic, pictures made before the tape"] = Adversaries,
        ["five steps of a critic for one of its generator"] = () => Critic(5),
        ["old probabilities of the policy that trains"] = Policy,
        ["stop_gradient of what was computed before"] = () =>
        {
            var s = tf.stop_gradient(tf.exp(tf.Variable(0.3)));
            Tries.FitBetween(x => x.Then(t => t * s));
        },
        ["a prediction as data"] = () => Tries.Train(Linear(), y: Linear().predict(X)),
        ["a number cast to double"] = () =>
        {
            var v = tf.Variable(0.3);
            Tries.Train(Regularised(regularizers.l2((double)v)));
            Tries.FitBetween(x => x.Then(t => t * (double)tf.Variable(0.3, trainable: false)));
        },
        ["a copy that is not trainable"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            var average = tf.Variable(w, trainable: false, name: "average");
            for (var k = 0; k < 12; k++)
            {
                sgd.minimize(() => Tries.Error(tf.matmul(X, w)), [w]);
                average.assign(0.9 * average + 0.1 * w);
            }
        },
        ["a value that is kept in a variable and put back"] = () =>
        {
            var (u, best) = (tf.Variable(1.0, name: "u"), tf.Variable(0.5, name: "best"));
            u.assign(best);
            Tries.FitBetween(x => x * u);
        },
        ["an average that could train and does not"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            var average = tf.Variable(tf.zeros((3, 1)), name: "average");
            for (var k = 0; k < 12; k++)
            {
                sgd.minimize(() => Tries.Error(tf.matmul(X, w)), [w]);
                average.assign(0.9 * average + 0.1 * w);
            }
        },
        ["a target that follows what trains"] = () =>
        {
            var (w, target, sgd) = (Tries.Weights(), tf.Variable(tf.ones((3, 1)), name: "target"), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++)
            {
                sgd.minimize(() => Tries.Error(tf.matmul(X, w) + tf.stop_gradient(tf.matmul(X, target))), [w]);
                if (k % 4 == 3) target.assign(0.5 * w);
            }
        },
        ["a metric of the model's own number"] = () =>
        {
            var v = tf.Variable(0.3, name: "v");
            Tries.Train(Functional(x => layers.Dense(1).Apply(x * v)),
                metrics: [keras.metrics.Lambda((y, p) => tf.abs(y - p) * v, "scaled")]);
        },
        ["two variables that begin alike, and both train"] = () =>
        {
            var a = tf.Variable(0.3, name: "a");
            var b = tf.Variable(a, name: "b");
            Tries.FitBetween(x => x * a + x * b);
        },
        ["a loop that computes under one tape for weights only"] = () =>
        {
            var (w, strength) = (Tries.Weights(), tf.Variable(0.1, name: "strength"));
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape(watch_accessed_variables: false);
                tape.watch(w);
                w.assign_sub(0.02 * tape.gradient(Tries.Error(tf.matmul(X, w)) + strength * tf.reduce_sum(tf.square(w)), w));
            }
        },
        ["a loss of an earlier step, kept as a scale"] = () =>
        {
            var (w, sgd) = (Tries.Weights(), optimizers.SGD(0.02));
            Tensor? first = null;
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                var loss = Tries.Error(tf.matmul(X, w));
                first ??= loss;
                sgd.apply_gradients([(tape.gradient(loss / first, w), w)]);
            }
        },
        ["a gradient penalty by a tape inside"] = () =>
        {
            var model = Linear();
            model.Apply(X);
            Tries.Loop(() =>
            {
                using var inner = tf.GradientTape();
                var x = tf.identity(X);
                inner.watch(x);
                var y = model.Apply(x);
                return tf.reduce_mean(tf.square(y - Y)) + tf.reduce_mean(tf.square(inner.gradient(y, x)));
            }, model.trainable_variables);
        },
        ["weights that are still for nine updates, as a relu may be"] = () =>
        {
            var (w, n) = (tf.Variable(1.0, name: "w"), 0);
            Tries.Loop(() => n++ < 9 ? tf.square(w) * 0.0 : tf.square(w), [w]);
        },
        ["a judge of a strength"] = () =>
        {
            var p = new Positive(0.1, "strength");
            var model = Regularised(regularizers.l2(p));
            model.compile(optimizers.SGD(0.02), "mse");
            model.fit(X, Y, epochs: 3, verbose: 0,
                callbacks: [new ValidationStrength(model, X, Y, X, Y, new NeumannSeries(2, 0.01)).ToCallback(optimizers.SGD(0.01))]);
        },
        ["what a tape follows, compared with what is stopped, frozen or read anew"] = () =>
        {
            var (s, frozen) = (tf.stop_gradient(tf.exp(tf.Variable(0.3))), tf.Variable(0.2, trainable: false) * 1.0);
            Tries.FitBetween(x => layers.Dense(3).Apply(x).Then(t => tf.where(t > s, t, 0.1 * t) + tf.where(t > frozen, t, 0.1 * t)));
        },
        ["an accuracy in a loop, under its tape"] = () =>
        {
            var (model, labels) = (Linear(), tf.cast(Y > 0.5, tf.float32));
            model.Apply(X);
            Tries.Loop(() =>
            {
                var p = model.Apply(X);
                _ = (double)tf.reduce_mean(tf.cast(tf.equal(tf.cast(p > 0.5, tf.float32), labels), tf.float32));
                return tf.reduce_mean(tf.square(p - labels));
            }, model.trainable_variables);
        },
        ["a gradient scaled by numbers, by what is stopped or frozen, and by its loss"] = () =>
        {
            var (v, frozen) = (tf.Variable(0.3), tf.Variable(0.3, trainable: false));
            Updates.ByHand((w, g, loss) => w.assign_sub(0.01 * tf.stop_gradient(tf.exp(v)) * frozen * loss * g));
        },
        ["weight decay and momentum by hand"] = () =>
        {
            var momentum = tf.Variable(tf.zeros((3, 1)), name: "momentum");
            Updates.ByHand((w, g, _) =>
            {
                w.assign(w * 0.99);
                momentum.assign(0.9 * momentum + g);
                w.assign_sub(0.01 * (g + 0.9 * momentum));
            });
        },
        ["an anchor beside a gradient"] = () =>
        {
            var anchor = tf.Variable(tf.ones((3, 1)), name: "anchor");
            Updates.ByHand((w, g, _) => w.assign_sub(0.01 * (g + 0.1 * (w - anchor))));
        },
        ["a learned rate that a rule moves after every fifth update"] = () =>
        {
            var (rate, k) = (tf.Variable(0.01, name: "rate"), 0);
            Updates.ByHand((w, g, _) =>
            {
                w.assign_sub(rate * g);
                if (++k % 5 == 0) rate.assign(rate * 0.9);
            }, steps: 30);
        },
        ["a target that follows a step of another"] = () =>
        {
            var target = tf.Variable(tf.ones((3, 1)), name: "target");
            Updates.ByHand((w, g, _) =>
            {
                target.assign(0.9 * target + 0.1 * (w - 0.01 * g));
                w.assign_sub(0.01 * g);
            });
        },
        ["a callback that reads variables"] = () =>
        {
            var v = tf.Variable(0.3, name: "seen");
            Tries.Train(Linear(), callbacks: [callbacks.LambdaCallback(on_train_batch_end: (_, _) => _ = (double)v)]);
        },
        ["a model that is called while it trains"] = () =>
        {
            var model = Linear();
            Tries.Train(model, callbacks: [callbacks.LambdaCallback(on_epoch_end: (_, _) => model.Apply(X))]);
        },
    };

    public static TheoryData<string> Sound => [.. sound.Keys];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Nothing_is_said(string what)
    {
        tf.random.set_seed(5);
        Assert.Equal("", ErrorStream.Anew(sound[what]));
    }

    static void Adversaries() => Critic(1);

    static void Critic(int steps)
    {
        var (generator, critic) = (keras.Sequential([keras.Input(3), layers.Dense(3)]),
            keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(1)]));
        var (forGenerator, forCritic) = (optimizers.Adam(0.01), optimizers.Adam(0.01));
        for (var k = 0; k < 12; k++)
        {
            var fake = generator.Apply(tf.random.normal((8, 3)));
            using (var tape = tf.GradientTape())
            {
                var loss = tf.reduce_mean(critic.Apply(fake)) - tf.reduce_mean(critic.Apply(X[..8]));
                forCritic.apply_gradients(tape.gradient(loss, critic.trainable_variables).Zip(critic.trainable_variables));
            }
            if (k % steps != 0) continue;
            using (var tape = tf.GradientTape())
            {
                var loss = -tf.reduce_mean(critic.Apply(generator.Apply(tf.random.normal((8, 3)))));
                forGenerator.apply_gradients(tape.gradient(loss, generator.trainable_variables).Zip(generator.trainable_variables));
            }
        }
    }

    static void Policy()
    {
        var policy = keras.Sequential([keras.Input(3), layers.Dense(2, activation: "softmax")]);
        for (var round = 0; round < 3; round++)
        {
            var old = policy.Apply(X);
            Tries.Loop(() => -tf.reduce_mean(tf.minimum(policy.Apply(X) / old, 1.2) * Y), policy.trainable_variables, steps: 4);
        }
    }

    sealed class Remembers() : Metric("remembers")
    {
        Tensor? last;

        public Func<Tensor> Scale { get; init; } = () => 1.0;

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) => last = y_pred * Scale();

        public override Tensor result() => tf.reduce_mean(last ?? tf.constant(0.0));

        public override void reset_state()
        {
            // It is kept over the end of an epoch.
        }
    }

    sealed class Keeps(Tensor features) : Metric("keeps")
    {
        double sum;

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            sum += (double)tf.reduce_mean(y_pred - features);

        public override Tensor result() => tf.constant(sum);

        public override void reset_state() => sum = 0;
    }

    sealed class Total() : Metric("total")
    {
        readonly Variable total = tf.Variable(0.0, name: "total"), count = tf.Variable(0, name: "count");

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
        {
            total.assign(total + tf.reduce_sum(y_pred));
            count.assign(count + 1);
        }

        public override Tensor result() => total / tf.cast(count, tf.float32);

        public override void reset_state()
        {
            total.assign(0.0);
            count.assign(0);
        }
    }

    sealed class Tracks : Model
    {
        readonly Dense dense = layers.Dense(1);
        readonly Total total = new();

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var predicted = Apply(x[0], training: true);
            var loss = tf.reduce_mean(tf.square(predicted - y![0]));
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Zip(trainable_variables));
            total.update_state(y[0], predicted);
            return new() { ["loss"] = (double)loss, ["total"] = (double)total.result() };
        }
    }
}
