using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables.Silent;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Models with a <c>train_step</c> of their own as Keras' guides write them; nothing is wrong with them.</summary>
static class Steps
{
    public static readonly Dictionary<string, Action> Rows = new()
    {
        ["a generator and a discriminator in one model, two optimizers"] = () =>
        {
            var model = new Adversaries();
            model.compile("sgd");
            model.fit(X, epochs: 4, batch_size: 8, verbose: 0);
        },
        ["a variational autoencoder with trackers"] = () => Tries.Train(new Variational()),
        ["a variational autoencoder whose beta trains"] = () => Tries.Train(new Variational { Beta = tf.Variable(0.5, name: "beta") }),
        ["a mean teacher that follows its student"] = () => Tries.Train(new Teacher(), epochs: 6),
        ["a network that learns from its own other view, without gradient there"] = () => Tries.Train(new Siamese()),
        ["a contrast of two views with a learned temperature"] = () => Tries.Train(new Contrast()),
        ["triplets: an anchor nearer to its like than to others"] = () => Tries.Train(new Triplets()),
        ["distillation with a temperature that is a number"] = () => Tries.Train(new Distilled()),
        ["mixed samples, drawn anew in each step"] = () => Tries.Train(new Mixed()),
        ["a gradient penalty on points between true and false (WGAN-GP)"] = () => Tries.Train(new Penalised()),
        ["a step that scales its gradients by a rate that a callback moves each epoch"] = () =>
        {
            var model = new Scaled();
            Tries.Train(model, epochs: 4, callbacks:
                [callbacks.LambdaCallback(on_epoch_end: (_, _) => model.Rate.assign(model.Rate * 0.5))]);
        },
        ["a step that logs numbers of the model, of metrics and of losses"] = () => Tries.Train(new Logged()),
        ["compute_metrics that adds what is computed from predictions"] = () => Tries.Train(new Measured()),
        ["compute_loss that adds a term with a number of the model"] = () => Tries.Train(new AddsTerm()),
    };

    static Tensor Mse(Tensor a, Tensor b) => tf.reduce_mean(tf.square(a - b));

    abstract class Own : Model
    {
        protected Dense Head { get; } = layers.Dense(1);

        protected abstract Tensor Loss(Tensor x, Tensor y);

        protected virtual Logs After(Tensor loss, Tensor x, Tensor y) => new() { ["loss"] = (double)loss };

        public override Tensor call(Tensor inputs, bool training) => Head.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = Loss(x[0], y![0]);
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Zip(trainable_variables));
            return After(loss, x[0], y[0]);
        }
    }

    sealed class Adversaries : Model
    {
        readonly Sequential generator = keras.Sequential([keras.Input(2), layers.Dense(4, activation: "relu"), layers.Dense(3)]);
        readonly Sequential critic = keras.Sequential([keras.Input(3), layers.Dense(4, activation: "relu"), layers.Dense(1)]);
        readonly Optimizer forGenerator = optimizers.Adam(0.01), forCritic = optimizers.Adam(0.01);
        readonly Loss error = losses.BinaryCrossentropy(from_logits: true);
        readonly Mean g = keras.metrics.Mean(name: "g_loss"), d = keras.metrics.Mean(name: "d_loss");

        public override Tensor call(Tensor inputs, bool training) => critic.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            var n = x[0].shape[0];
            var fake = generator.Apply(tf.random.normal((n, 2)));
            var both = tf.concat([fake, x[0]], 0);
            var labels = tf.concat([tf.ones((n, 1)), tf.zeros((n, 1))], 0) + 0.05 * tf.random.uniform((2 * n, 1));
            using (var tape = tf.GradientTape())
            {
                var loss = error.Apply(labels, critic.Apply(both));
                forCritic.apply_gradients(tape.gradient(loss, critic.trainable_variables).Zip(critic.trainable_variables));
                d.update_state(loss);
            }
            using (var tape = tf.GradientTape())
            {
                var loss = error.Apply(tf.zeros((n, 1)), critic.Apply(generator.Apply(tf.random.normal((n, 2)))));
                forGenerator.apply_gradients(tape.gradient(loss, generator.trainable_variables).Zip(generator.trainable_variables));
                g.update_state(loss);
            }
            return new() { ["g_loss"] = g.result(), ["d_loss"] = d.result() };
        }
    }

    sealed class Variational : Own
    {
        readonly Dense encoder = layers.Dense(4), decoder = layers.Dense(3);
        readonly Mean total = keras.metrics.Mean(name: "loss"), kl = keras.metrics.Mean(name: "kl");
        readonly Mean scaled = keras.metrics.Mean(name: "scaled");

        public Operand Beta { get; init; } = tf.constant(0.5);

        public override Tensor call(Tensor inputs, bool training) => decoder.Apply(encoder.Apply(inputs)[.., ..2]);

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var z = encoder.Apply(x);
            var (mean, log) = (z[.., ..2], z[.., 2..]);
            var drawn = mean + tf.exp(0.5 * log) * tf.random.normal(mean.shape);
            var divergence = tf.reduce_mean(0.5 * (tf.exp(log) + tf.square(mean) - 1.0 - log));
            kl.update_state(divergence);
            scaled.update_state(Beta * divergence);
            return Mse(decoder.Apply(drawn), x) + (Beta is Variable b ? divergence / (2.0 * tf.exp(b)) + b / 2.0 : Beta * divergence);
        }

        protected override Logs After(Tensor loss, Tensor x, Tensor y)
        {
            total.update_state(loss);
            scaled.update_state(Beta * loss);
            return new() { ["loss"] = total.result(), ["kl"] = kl.result(), ["scaled"] = scaled.result(), ["beta"] = Beta };
        }
    }

    sealed class Teacher : Own
    {
        readonly Sequential teacher = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        readonly Metric gap = "mse";

        public Teacher() => teacher.trainable = false;

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var noisy = Apply(x + 0.1 * tf.random.normal(x.shape), training: true);
            return Mse(noisy, y) + Mse(noisy, teacher.Apply(x));
        }

        protected override Logs After(Tensor loss, Tensor x, Tensor y)
        {
            foreach (var (t, s) in teacher.variables.Zip(Head.variables)) t.assign(0.99 * t + 0.01 * s);
            gap.update_state(teacher.Apply(x), Apply(x));
            return new() { ["loss"] = loss, ["gap"] = gap.result() };
        }
    }

    sealed class Siamese : Own
    {
        readonly Sequential tower = keras.Sequential(
            [keras.Input(3), layers.Dense(4), layers.BatchNormalization(), layers.ReLU(), layers.Dense(2)]);
        readonly Dense predictor = layers.Dense(2);

        public override Tensor call(Tensor inputs, bool training) => tower.Apply(inputs, training);

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var (a, b) = (tower.Apply(x + 0.1 * tf.random.normal(x.shape), training: true), tower.Apply(x, training: true));
            return Away(predictor.Apply(a), b) + Away(predictor.Apply(b), a);
        }

        static Tensor Away(Tensor p, Tensor z) =>
            -tf.reduce_mean(tf.reduce_sum(tf.nn.l2_normalize(p, 1) * tf.nn.l2_normalize(tf.stop_gradient(z), 1), 1));
    }

    sealed class Contrast : Own
    {
        readonly Dense tower = layers.Dense(4);
        readonly Variable temperature = tf.Variable(0.0, name: "log_temperature");

        public override Tensor call(Tensor inputs, bool training) => tower.Apply(inputs);

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var (a, b) = (tf.nn.l2_normalize(tower.Apply(x), 1), tf.nn.l2_normalize(tower.Apply(x + 0.1 * tf.random.normal(x.shape)), 1));
            var scores = tf.matmul(a, b, transpose_b: true) * tf.exp(temperature);
            return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.range(x.shape[0]), scores));
        }

        protected override Logs After(Tensor loss, Tensor x, Tensor y) => new() { ["loss"] = loss, ["temperature"] = tf.exp(temperature) };
    }

    sealed class Triplets : Own
    {
        readonly Dense tower = layers.Dense(2);

        public override Tensor call(Tensor inputs, bool training) => tower.Apply(inputs);

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var (anchor, like, other) = (tower.Apply(x), tower.Apply(tf.reverse(x, [0])), tower.Apply(tf.random.uniform(x.shape)));
            var (near, far) = (tf.reduce_sum(tf.square(anchor - like), 1), tf.reduce_sum(tf.square(anchor - other), 1));
            return tf.reduce_mean(tf.maximum(near - far + 0.5, 0.0));
        }
    }

    sealed class Distilled : Own
    {
        readonly Sequential teacher = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        readonly Loss far = losses.KLDivergence();

        public Distilled() => teacher.trainable = false;

        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var (p, t) = (Apply(x, training: true), teacher.Apply(x, training: false));
            return Mse(p, y) + far.Apply(tf.sigmoid(t / 3.0), tf.sigmoid(p / 3.0));
        }
    }

    sealed class Mixed : Own
    {
        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var share = tf.random.uniform((x.shape[0], 1));
            var order = tf.random.shuffle(tf.range(x.shape[0]));
            return Mse(Apply(share * x + (1.0 - share) * tf.gather(x, order), training: true),
                share * y + (1.0 - share) * tf.gather(y, order));
        }
    }

    sealed class Penalised : Own
    {
        protected override Tensor Loss(Tensor x, Tensor y)
        {
            var fake = tf.random.uniform(x.shape);
            var share = tf.random.uniform((x.shape[0], 1));
            var between = share * x + (1.0 - share) * fake;
            using var tape = tf.GradientTape();
            tape.watch(between);
            var slope = tape.gradient(tf.tanh(Head.Apply(between)), between)!;
            return tf.reduce_mean(tf.tanh(Head.Apply(fake))) - tf.reduce_mean(tf.tanh(Head.Apply(x)))
                + tf.reduce_mean(tf.square(tf.sqrt(tf.reduce_sum(tf.square(slope), 1) + 1e-6) - 1.0));
        }
    }

    sealed class Scaled : Own
    {
        public Variable Rate { get; } = tf.Variable(1.0, trainable: false, name: "rate");

        protected override Tensor Loss(Tensor x, Tensor y) => Mse(Apply(x, training: true), y);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = Loss(x[0], y![0]);
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Select(g => g! * Rate).Zip(trainable_variables));
            return After(loss, x[0], y[0]);
        }
    }

    sealed class Logged : Own
    {
        readonly Variable scale = tf.Variable(1.0, name: "scale");
        readonly Mean mean = keras.metrics.Mean(name: "mean");
        readonly Sum sum = keras.metrics.Sum(name: "sum");
        readonly Metric error = "mae";
        Tensor? last;

        public override Tensor call(Tensor inputs, bool training) => Head.Apply(inputs) * scale;

        protected override Tensor Loss(Tensor x, Tensor y) => Mse(Apply(x, training: true), y);

        protected override Logs After(Tensor loss, Tensor x, Tensor y)
        {
            mean.update_state(loss * scale);
            sum.update_state(last is null ? loss : loss / last);
            error.update_state(y, Apply(x));
            last = loss;
            return new()
            {
                ["loss"] = loss,
                ["mean"] = mean.result(),
                ["sum"] = sum.result(),
                ["error"] = error.result(),
                ["scale"] = scale,
            };
        }
    }

    sealed class Measured : Model
    {
        readonly Dense dense = layers.Dense(1);
        readonly Variable scale = tf.Variable(1.0, name: "scale");

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * scale;

        public override Logs compute_metrics(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
        {
            var logs = base.compute_metrics(x, y, y_pred, sample_weight);
            logs["spread"] = tf.math.reduce_std(y_pred[0]);
            logs["scaled"] = (double)tf.reduce_mean(y_pred[0] * scale);
            logs["kernel"] = tf.norm(dense.kernel!);
            return logs;
        }
    }

    sealed class AddsTerm : Model
    {
        readonly Dense dense = layers.Dense(1);
        readonly Variable shift = tf.Variable(0.1, name: "shift");

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Tensor compute_loss(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight) =>
            base.compute_loss(x, y, y_pred, sample_weight) + tf.reduce_mean(tf.square(y_pred[0] + shift));
    }
}
