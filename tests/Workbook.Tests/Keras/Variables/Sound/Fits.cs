using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables.Silent;
using static Workbook.Keras.keras;
using static Workbook.Keras.keras.optimizers;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Programs around <c>fit</c> as they are written for Keras; nothing is wrong with them.</summary>
static class Fits
{
    public static readonly Dictionary<string, Action> Rows = new()
    {
        ["fine-tuning: a frozen base with batch normalization, then all at a low rate"] = () =>
        {
            var b = Base();
            b.trainable = false;
            var inputs = keras.Input(3);
            var model = keras.Model(inputs, layers.Dense(1).Apply(b.Apply(inputs, training: false)));
            Tries.Train(model, epochs: 2);
            b.trainable = true;
            model.compile(optimizers.Adam(1e-4), "mse");
            Tries.Train(model, epochs: 2);
        },
        ["stages: layers are frozen and opened one after the other, without compile"] = () =>
        {
            var (a, b) = (layers.Dense(4, activation: "tanh"), layers.Dense(4, activation: "tanh"));
            var model = Functional(x => layers.Dense(1).Apply(b.Apply(a.Apply(x))));
            foreach (var (first, second) in new[] { (false, true), (true, false), (true, true) })
            {
                (a.trainable, b.trainable) = (first, second);
                Tries.Train(model, epochs: 2);
            }
        },
        ["every schedule"] = () =>
        {
            foreach (LearningRateSchedule schedule in new LearningRateSchedule[]
                {
                    schedules.ExponentialDecay(0.02, 4, 0.9, staircase: true), schedules.CosineDecay(0.02, 12),
                    schedules.PiecewiseConstantDecay([4, 8], [0.02, 0.01, 0.001]), schedules.InverseTimeDecay(0.02, 4, 0.5),
                    schedules.PolynomialDecay(0.02, 12), schedules.CosineDecayRestarts(0.02, 4),
                })
                Tries.Train(Linear(), optimizer: optimizers.SGD(schedule));
        },
        ["callbacks that set the rate, stop, and restore the best weights"] = () =>
            Tries.Train(Linear(), epochs: 6, callbacks:
            [
                callbacks.ReduceLROnPlateau("loss", patience: 1, min_delta: 1), callbacks.EarlyStopping("loss", patience: 3, min_delta: 1,
                    restore_best_weights: true),
            ]),
        ["a scheduler sets the rate of a number"] = () =>
            Tries.Train(Linear(), callbacks: [callbacks.LearningRateScheduler((epoch, rate) => rate * Math.Exp(-0.1 * epoch))]),
        ["a callback anneals a weight of the loss that does not train"] = () =>
        {
            var beta = tf.Variable(0.0, trainable: false, name: "beta");
            Tries.Train(Linear(), losses.Lambda((y, p) => tf.square(y - p) + beta * tf.abs(p)),
                callbacks: [callbacks.LambdaCallback(on_epoch_begin: (epoch, _) => beta.assign(0.1 * epoch))]);
        },
        ["a callback anneals a temperature that a layer holds"] = () =>
        {
            var layer = new Tempered();
            Tries.Train(Functional(x => layers.Dense(1).Apply(layer.Apply(x))),
                callbacks: [callbacks.LambdaCallback(on_epoch_end: (_, _) => layer.Temperature.assign(layer.Temperature * 0.8))]);
        },
        ["evaluate, predict and train_on_batch between fits"] = () =>
        {
            var v = tf.Variable(0.3, name: "v");
            var model = Functional(x => layers.Dense(1).Apply(x * v));
            for (var k = 0; k < 3; k++)
            {
                Tries.Train(model, epochs: 1);
                model.evaluate(X, Y);
                model.predict(X);
                model.train_on_batch(X[..8], Y[..8]);
                model.test_on_batch(X[..8], Y[..8]);
            }
        },
        ["an evaluation of data that were scaled by a number of a loop of one's own"] = () =>
        {
            var (model, scale, sgd) = (Linear(), tf.Variable(1.0, name: "scale"), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++) sgd.minimize(() => Tries.Error(model.Apply(X * scale)), [.. model.trainable_variables, scale]);
            model.compile("sgd", "mse", metrics: ["mae"]);
            model.evaluate(X * scale, Y);
            model.test_on_batch(X * scale, Y);
        },
        ["two outputs with weights of their losses, by number and by name"] = () =>
        {
            foreach (var byName in new[] { false, true })
            {
                var inputs = keras.Input(3);
                var h = layers.Dense(4, activation: "relu").Apply(inputs);
                var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(h), layers.Dense(1, name: "b").Apply(h)]);
                model.compile(optimizers.SGD(0.02), loss: ["mse", "mae"],
                    loss_weights: byName ? new Dictionary<string, double> { ["a"] = 1.0, ["b"] = 0.2 } : new[] { 1.0, 0.2 });
                Tries.Train(model, y: new[] { Y, 1.0 - Y });
            }
        },
        ["class weights, sample weights, validation"] = () =>
        {
            var model = Sigmoid();
            model.compile("adam", "binary_crossentropy", metrics: ["accuracy", keras.metrics.AUC(), keras.metrics.Precision()]);
            model.fit(X, Y, epochs: 2, validation_split: 0.25, class_weight: new() { [0] = 1.0, [1] = 3.0 }, verbose: 0);
            model.fit(X, Y, epochs: 2, validation_data: (X, Y), sample_weight: tf.random.uniform(32), verbose: 0);
        },
        ["a generator, also with weights and for validation"] = () =>
        {
            var model = Linear();
            model.compile(optimizers.SGD(0.02), "mse");
            model.fit(Tries.Batches(x => x + 0.01 * tf.random.normal(x.shape), y => y), steps_per_epoch: 2, epochs: 2, verbose: 0);
            model.fit(Enumerable.Range(0, 4).Select(_ => ((Batch)X[..8], (Batch)Y[..8], (Batch?)tf.ones(8))), verbose: 0);
            model.fit(Tries.Batches(x => x, y => y).ToList(), Tries.Batches(x => x, y => y).ToList(), epochs: 2, verbose: 0);
        },
        ["a metric of one's own with weights for its state"] = () =>
            Tries.Train(Linear(), metrics: [new Counted(), keras.metrics.Lambda((y, p) => tf.abs(y - p), "error")]),
        ["a layer that counts and averages in its call"] = () => Tries.FitBetween(new Centres().Apply),
        ["a fit in a task, and one after an await"] = () =>
        {
            var model = Functional(x => layers.Dense(1).Apply(x.Then(t => Task.Run(() => tf.tanh(t)).Result)));
            Task.Run(async () =>
            {
                Tries.Train(model);
                await Task.Yield();
                Tries.Train(model);
            }).Wait();
        },
        ["weights averaged over epochs and put into the model"] = () =>
        {
            var model = Linear();
            List<IReadOnlyList<Tensor>> kept = [];
            Tries.Train(model, epochs: 4, callbacks: [callbacks.LambdaCallback(on_epoch_end: (_, _) => kept.Add(model.get_weights()))]);
            model.set_weights(Enumerable.Range(0, kept[0].Count)
                .Select(i => tf.add_n(kept.Select(w => (Operand)w[i])) / (double)kept.Count));
            model.evaluate(X, Y);
            Tries.Train(model);
        },
        ["weights of one model are the start of another"] = () =>
        {
            var (first, second) = (Linear(), Linear());
            Tries.Train(first);
            second.set_weights(first.get_weights());
            Tries.Train(second);
        },
        ["a model inside another, trained alone and then together"] = () =>
        {
            var inner = Base();
            var head = layers.Dense(1);
            var i = keras.Input(3);
            var model = keras.Model(i, head.Apply(inner.Apply(i)));
            Tries.Train(model);
            Tries.Train(Functional(x => layers.Dense(1).Apply(inner.Apply(x))));
            Tries.Train(model);
        },
        ["labels that the model itself gives, by predict"] = () =>
        {
            var model = Sigmoid();
            for (var round = 0; round < 3; round++)
                Tries.Train(model, "binary_crossentropy", y: tf.cast(model.predict(X) > 0.5, tf.float32), epochs: 2);
        },
        ["a teacher in a loss"] = () =>
        {
            var teacher = keras.Sequential([keras.Input(3), layers.Dense(1, activation: "sigmoid")]);
            teacher.trainable = false;
            var model = Sigmoid();
            Tries.Train(model, losses.Lambda((y, p) => tf.square(y - p) + tf.square(teacher.Apply(X[..8]) - p)));
        },
        ["a strength that trains beside an optimizer of its own, in its domain"] = () =>
        {
            var scale = new Positive(1.0, "scale");
            var model = Functional(x => layers.Dense(1).Apply(x * scale));
            model.compile(optimizers.SGD(0.02), "mse", hyper_optimizer: optimizers.Adam(0.01));
            Tries.Train(model);
        },
        ["moving averages of an optimizer, accumulation, decay and clipping"] = () =>
        {
            Tries.Train(Linear(), optimizer: optimizers.Adam(0.01, use_ema: true, ema_overwrite_frequency: 3));
            Tries.Train(Linear(), optimizer: optimizers.AdamW(0.01, gradient_accumulation_steps: 2, global_clipnorm: 1.0));
        },
        ["a recurrent network that keeps its state, with resets"] = () =>
        {
            var lstm = layers.LSTM(3, stateful: true);
            var model = Functional(x => layers.Dense(1).Apply(lstm.Apply(layers.Reshape((3, 1)).Apply(x))));
            Tries.Train(model, callbacks: [callbacks.LambdaCallback(on_epoch_begin: (_, _) => lstm.reset_state())]);
        },
        ["noise, dropout and random scales that do not train"] = () => Tries.FitBetween(x => layers.Dropout(0.2)
            .Apply(layers.GaussianNoise(0.1).Apply(x)).Then(t => t * tf.random.uniform(t.shape, 0.9, 1.1))),
        ["a layer of which only one of two branches runs in training"] = () =>
            Tries.FitBetween(x => layers.Lambda((t, training) => training ? t + 0.1 * tf.random.normal(t.shape) : t).Apply(x)),
        ["weights tied: the transposed kernel of a layer decodes"] = () =>
        {
            var encoder = layers.Dense(2);
            Tries.Train(Functional(x => encoder.Apply(x).Then(t => tf.matmul(t, encoder.kernel!, transpose_b: true))), y: X);
        },
        ["saved, loaded and trained on"] = () =>
        {
            var file = Path.Combine(Path.GetTempPath(), $"sound-{Guid.NewGuid():N}.keras");
            try
            {
                var model = Linear();
                Tries.Train(model);
                model.save(file);
                Tries.Train(keras.models.load_model(file));
            }
            finally
            {
                File.Delete(file);
            }
        },
    };

    static Model Base() => keras.Sequential([keras.Input(3), layers.Dense(4), layers.BatchNormalization(), layers.ReLU()]);

    sealed class Tempered : Layer
    {
        public Variable Temperature { get; } = tf.Variable(2.0, trainable: false, name: "temperature");

        public override Tensor call(Tensor inputs, bool training) => tf.nn.softmax(inputs / Temperature);
    }

    sealed class Counted : Metric
    {
        readonly Variable total, count;

        public Counted() : base("counted") => (total, count) = (add_weight(name: "total"), add_weight(name: "count"));

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
        {
            total.assign_add(tf.reduce_sum(tf.abs(y_true - y_pred)));
            count.assign_add(tf.cast(y_true.shape[0], tf.float32));
        }

        public override Tensor result() => total / count;
    }

    sealed class Centres : Layer
    {
        Variable? mean, calls;

        public override void build(Shape input_shape)
        {
            mean = add_weight(input_shape[^1], name: "mean", trainable: false);
            calls = add_weight(name: "calls", trainable: false);
        }

        public override Tensor call(Tensor inputs, bool training)
        {
            if (!training) return inputs - mean!;
            mean!.assign(0.9 * mean + 0.1 * tf.reduce_mean(inputs, 0));
            calls!.assign_add(1.0);
            return inputs - mean;
        }
    }
}
