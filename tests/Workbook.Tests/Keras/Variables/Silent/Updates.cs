using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>
/// Numbers of optimizers that nobody compiles, gradients that are 0 for a whole fit, and steps that leave a variable out.
/// </summary>
static class Updates
{
    /// <summary>Numbers of an optimizer.</summary>
    public static readonly Dictionary<string, Action<Variable>> Numbers = new()
    {
        ["own loop with SGD(v)"] = v => Own(optimizers.SGD(v)),
        ["own loop with SGD(tf.exp(v))"] = v => Own(optimizers.SGD(tf.exp(v) * 0.01)),
        ["own loop with SGD(positive)"] = v => Own(optimizers.SGD(new Positive(0.01, "v"))),
        ["own loop with Adam(beta_1: v)"] = v => Own(optimizers.Adam(beta_1: v)),
        ["own loop with SGD(momentum: v)"] = v => Own(optimizers.SGD(0.01, momentum: v)),
        ["own loop with SGD(clipnorm: v)"] = v => Own(optimizers.SGD(0.01, clipnorm: v)),
        ["own loop with SGD(weight_decay: v)"] = v => Own(optimizers.SGD(0.01, weight_decay: v)),
        ["own loop with ema_momentum: v"] = v => Own(optimizers.SGD(0.01, use_ema: true, ema_momentum: v)),
        ["own loop with a schedule of one's own that reads v"] = v => Own(optimizers.SGD(new ScheduleOf(v))),
        ["own loop with a constraint that reads v"] = v =>
        {
            var dense = layers.Dense(1, kernel_constraint: constraints.MaxNorm(v));
            dense.Apply(X);
            Loop(() => Error(dense.Apply(X)), [dense.kernel!]);
        },
        ["kernel_constraint: MaxNorm(tf.exp(v))"] = v =>
            Train(Functional(layers.Dense(1, kernel_constraint: constraints.MaxNorm(tf.exp(v))).Apply)),
        ["a constraint function that keeps s"] = v =>
            { var s = tf.exp(v); Train(Functional(layers.Dense(1, kernel_constraint: constraints.Lambda(w => tf.minimum(w, s))).Apply)); },
        ["a constraint function that reads v"] = v =>
            Train(Functional(layers.Dense(1, kernel_constraint: constraints.Lambda(w => tf.minimum(w, tf.exp(v)))).Apply)),
        ["own loop with an optimizer of one's own, v in a field"] = v => Own(new Descent { V = v }),
        ["own loop with an optimizer of one's own that keeps s"] = v => { var s = tf.exp(v); Own(new Descent { Scale = () => s }); },
        ["own loop with an optimizer of one's own that reads v by a function"] = v => Own(new Descent { Scale = () => tf.exp(v) }),
        ["a fit with an optimizer of one's own that reads v by a function"] = v =>
            Train(Linear(), optimizer: new Descent { Scale = () => tf.exp(v) }),
        ["optimizer.minimize"] = v =>
        {
            var (w, sgd) = (Weights(), optimizers.SGD(v)); for (var k = 0; k < 12; k++)
                sgd.minimize(() => Error(tf.matmul(X, w)), [w]);
        },
        ["TrainingProblem.Minimize(SGD(v))"] = v =>
        {
            var w = Weights();
            try
            {
                new TrainingProblem(() => Error(tf.matmul(X, w)), [w]).Minimize(optimizers.SGD(v), maxSteps: 12);
            }
            catch (JudgeException)
            {
                // Twelve steps are not enough, and need not be.
            }
        },
        ["judge.Step(Adam(v))"] = v =>
        {
            var (judge, _) = Judged();
            for (var k = 0; k < 3; k++) judge.Step(optimizers.Adam(v));
        },
        ["fit(callbacks: [judge.ToCallback(Adam(v))])"] = v =>
        {
            var (judge, model) = Judged();
            Train(model, callbacks: [judge.ToCallback(optimizers.Adam(v))]);
        },
        ["UnrolledObjective(rate: v), v not among its variables"] = v =>
        {
            var (w, strength) = (Weights(), tf.Variable(0.1, name: "strength"));
            var problem = new TrainingProblem(() => Error(tf.matmul(X, w)) + strength * tf.reduce_sum(tf.square(w)), [w]);
            var judge = new UnrolledObjective(problem, () => Error(tf.matmul(X, w)), [strength], rate: v);
            for (var k = 0; k < 3; k++) judge.Step(optimizers.SGD(0.01));
        },
    };

    /// <summary>A gradient that v meets on its way into an update.</summary>
    public static readonly Dictionary<string, Action<Variable>> Mixed = new()
    {
        ["apply_gradients([(g * tf.exp(v), w)])"] = v => Update((o, w, g) => o.apply_gradients([(g * tf.exp(v), w)])),
        ["apply_gradients([(g * s, w)])"] = v => { var s = tf.exp(v); Update((o, w, g) => o.apply_gradients([(g * s, w)])); },
        ["apply_gradients([(clip_by_norm(g, v), w)])"] = v => Update((o, w, g) => o.apply_gradients([(tf.clip_by_norm(g, v), w)])),
        ["apply_gradients([(g + v * w, w)])"] = v => Update((o, w, g) => o.apply_gradients([(g + v * w, w)])),
        ["w.assign_sub(v * g)"] = v => Update((_, w, g) => w.assign_sub(v * 0.01 * g)),
        ["w.assign_add(-s * g)"] = v => { var s = tf.exp(v); Update((_, w, g) => w.assign_add(-0.01 * s * g)); },
        ["w.assign(w - tf.exp(v) * g)"] = v => Update((_, w, g) => w.assign(w - 0.01 * tf.exp(v) * g)),
        ["a train_step that scales its gradients"] = v =>
        {
            var s = tf.exp(v);
            Train(new ScalesGradients(s));
        },
    };

    static void Update(Action<Optimizer, Variable, Tensor> update)
    {
        var sgd = optimizers.SGD(0.02);
        ByHand((w, g, _) => update(sgd, w, g));
    }

    /// <summary>A loop that updates by hand.</summary>
    public static void ByHand(Action<Variable, Tensor, Tensor> update, int steps = 12)
    {
        var w = Weights();
        for (var k = 0; k < steps; k++)
        {
            using var tape = tf.GradientTape();
            var loss = Error(tf.matmul(X, w));
            update(w, tape.gradient(loss, w), loss);
        }
    }

    sealed class ScalesGradients(Tensor s) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = Error(Apply(x[0], training: true), y![0]);
            var gradients = tape.gradient(loss, trainable_variables);
            optimizer!.apply_gradients(gradients.Select(g => g * s).Zip(trainable_variables));
            return new() { ["loss"] = (double)loss };
        }

        static Tensor Error(Tensor p, Tensor y) => tf.reduce_mean(tf.square(p - y));
    }

    /// <summary>A learning rate that something sets.</summary>
    public static readonly Dictionary<string, Action<Variable>> Replaced = new()
    {
        ["SGD(v) with ReduceLROnPlateau, then v.assign"] = v =>
            Train(Linear(), optimizer: optimizers.SGD(v), callbacks: [callbacks.ReduceLROnPlateau("loss", patience: 1, min_delta: 100)]),
        ["SGD(v) with LearningRateScheduler"] = v =>
            Train(Linear(), optimizer: optimizers.SGD(v), callbacks: [callbacks.LearningRateScheduler(_ => 0.01)]),
        ["SGD(() => exp v) with LearningRateScheduler"] = v =>
            Train(Linear(), optimizer: optimizers.SGD(Hyperparameter.Of(() => tf.exp(v))),
                callbacks: [callbacks.LearningRateScheduler(_ => 0.01)]),
    };

    /// <summary>Gradients of 0.</summary>
    public static readonly Dictionary<string, Action<Variable>> Still = new()
    {
        ["tf.where(x > 100, x * v, x)"] = v => FitBetween(x => x.Then(t => tf.where(t > 100.0, t * v, t))),
        ["ReLU(max_value: v), never reached"] = v => { v.assign(50.0); FitBetween(layers.ReLU(max_value: v).Apply); },
        ["Huber(delta: v), never reached"] = v => { v.assign(50.0); Train(Linear(), losses.Huber(delta: v)); },
        ["clip_by_value(x, 0, v), never reached"] = v => { v.assign(50.0); FitBetween(x => x.Then(t => tf.clip_by_value(t, 0.0, v))); },
        ["relu(v) with v < 0"] = v => { v.assign(-1.0); FitBetween(x => x.Then(t => t * tf.nn.relu(v))); },
        ["loss_weights: [0, 1] on the branch of v"] = v =>
        {
            var inputs = keras.Input(3);
            var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(inputs * v), layers.Dense(1, name: "b").Apply(inputs)]);
            model.compile(optimizers.SGD(0.02), loss: ["mse", "mse"], loss_weights: [0.0, 1.0]);
            Train(model, y: new[] { Y, Y });
        },
        ["a schedule that gives 0 in every step"] = v =>
            Train(Functional(x => layers.Dense(1).Apply(x * v)),
                optimizer: optimizers.SGD(optimizers.schedules.PolynomialDecay(0.0, 10, 0.0))),
        ["LearningRateScheduler(epoch => 1 / (epoch + 2)), whole numbers"] = v => Train(Functional(x => layers.Dense(1).Apply(x * v)),
            callbacks: [callbacks.LearningRateScheduler(epoch => 1 / (epoch + 2))]),
        ["a kernel of zeros that is frozen behind v"] = v =>
        {
            var zeros = layers.Dense(1, kernel_initializer: "zeros", use_bias: false);
            var model = Functional(x => layers.Add().Apply([layers.Dense(1).Apply(x), zeros.Apply(x * v)]));
            zeros.trainable = false;
            Train(model);
        },
        ["a gradient of 0 in an own loop"] = v =>
            { var w = Weights(); Loop(() => Error(tf.matmul(X, w)) + tf.maximum(v - 5.0, 0.0), [w, v]); },
        ["a gradient of 0 in train_on_batch"] = v =>
            OnBatch(Functional(x => layers.Dense(1).Apply(x.Then(t => tf.where(t > 100.0, t * v, t)))), () => (X, Y, null)),
    };

    /// <summary>Nobody owns it, or an update leaves it out.</summary>
    public static readonly Dictionary<string, Action<Variable>> Owners = new()
    {
        ["Then(t => t * tf.Variable(…)), made in every call"] = _ => FitBetween(x => x.Then(t => t * tf.Variable(0.3, name: "v"))),
        ["Lambda(t => t * tf.Variable(…)), made in every call"] = _ =>
            FitBetween(layers.Lambda(t => t * tf.Variable(0.3, name: "v")).Apply),
        ["an int variable in a loss function"] = _ =>
        {
            var k = tf.Variable(1, name: "v");
            Train(Linear(), losses.Lambda((y, p) => tf.cast(k, tf.float32) * tf.square(y - p)));
        },
        ["an int variable that a loss keeps as a tensor"] = _ =>
        {
            var s = tf.cast(tf.Variable(2, name: "v"), tf.float32);
            Train(Linear(), losses.Lambda((y, p) => s * tf.square(y - p)));
        },
        ["a train_step that passes only the weights of dense"] = v => Train(new LeavesOut(v)),
        ["v in a test_step only"] = v => Validated(new OnlyTests(v)),
        ["more gradients to gather than the fit has batches"] = v =>
            Train(Functional(x => layers.Dense(1).Apply(x * v)), optimizer: optimizers.SGD(0.02, gradient_accumulation_steps: 100)),
        ["v owned by nobody, in a test_step only"] = v => Validated(new OnlyTests(null, () => v)),
    };

    /// <summary>A frozen part and an open one.</summary>
    public static readonly Dictionary<string, Action<Variable>> Parts = new()
    {
        ["v in a frozen part and in the open graph"] = v =>
        {
            var i = keras.Input(3);
            var inner = keras.Model(i, layers.Dense(3).Apply(i * v));
            inner.trainable = false;
            FitBetween(x => inner.Apply(x) + x * v);
        },
        ["v in a frozen layer and in an open one"] = v =>
        {
            var (frozen, open) = (new Scales(v), new Scales(v));
            var model = Functional(x => layers.Dense(1).Apply(open.Apply(frozen.Apply(x))));
            frozen.trainable = false;
            Train(model);
        },
        ["v in a frozen layer and in a Then"] = v =>
        {
            var frozen = layers.LeakyReLU(v);
            var model = Functional(x => layers.Dense(1).Apply(frozen.Apply(x - 0.5).Then(t => t * v)));
            frozen.trainable = false;
            Train(model);
        },
    };

    /// <summary>Other threads.</summary>
    public static readonly Dictionary<string, Action<Variable>> Threads = new()
    {
        ["Lambda(t => Task.Run(() => t * v).Result)"] = v => FitBetween(x => layers.Lambda(t => Task.Run(() => t * v).Result).Apply(x)),
        ["Then(t => Task.Run(() => t * v).Result)"] = v => FitBetween(x => x.Then(t => Task.Run(() => t * v).Result)),
        ["Then(t => Task.Run(() => t * s).Result), in a fit of one step"] = v =>
        {
            var s = tf.exp(v);
            var model = Functional(x => layers.Dense(1).Apply(layers.Dense(3).Apply(x).Then(t => Task.Run(() => t * s).Result)));
            model.compile(optimizers.SGD(0.02), "mse");
            model.fit(X, Y, batch_size: 32, verbose: 0);
        },
        ["a loss that runs on another thread"] = v => Train(Linear(), losses.Lambda((y, p) => Task.Run(() => v * tf.square(y - p)).Result)),
    };

    /// <summary>A metric, and what the first step makes.</summary>
    public static readonly Dictionary<string, Action<Variable>> Moments = new()
    {
        ["metrics.Lambda((y, p) => s * …)"] = v =>
            { var s = tf.exp(v); Train(Linear(), metrics: [keras.metrics.Lambda((y, p) => s * tf.abs(y - p), "scaled")]); },
        ["a metric of one's own that keeps s"] = v => Train(Linear(), metrics: [new MetricOfTensor(tf.exp(v))]),
        ["a metric of one's own that keeps s among others"] = v => Train(Linear(), metrics: [new MetricOfList([tf.exp(v)])]),
        ["a metric of one's own with a function that keeps s"] = v =>
            { var s = tf.exp(v); Train(Linear(), metrics: [new MetricOfFunction((y, p) => s * tf.abs(y - p))]); },
        ["a metric of one's own that keeps s for its result"] = v => Train(Linear(), metrics: [new ResultOfTensor(tf.exp(v))]),
        ["a metric that keeps s, in a field of a model with its own step"] = v =>
            Train(new Tracks(new MetricOfTensor(tf.exp(v)))),
        ["a metric that reads v"] = v => Train(Linear(), metrics: [new MetricOf(v)]),
        ["a layer that makes s = exp(v) in build, v in a field"] = v => FitBetween(new BuildsTensor(v).Apply),
        ["a layer that makes s = exp(v) in build, in the first step"] = v => Train(new Wraps(new BuildsTensor(v))),
        ["Dense(kernel_regularizer: l2(tf.exp(v))) made in the first call"] = v => Train(new MakesDense(v)),
    };

    static void Own(Optimizer optimizer)
    {
        var w = Weights();
        Loop(() => Error(tf.matmul(X, w)), [w], optimizer);
    }

    static (HyperObjective Judge, Model Model) Judged()
    {
        var strength = tf.Variable(0.1, name: "strength");
        var model = Regularised(regularizers.l2(strength));
        model.compile(optimizers.SGD(0.02), "mse");
        return (new ValidationStrength(model, X, Y, X, Y, new NeumannSeries(2, 0.01)), model);
    }

    static void Validated(Model model)
    {
        model.compile(optimizers.SGD(0.02), "mse");
        model.fit(X, Y, batch_size: 8, epochs: 3, verbose: 0, validation_data: (X, Y));
    }

    sealed class ScheduleOf(Variable v) : LearningRateSchedule
    {
        public override double Apply(double step) => 0.01 * (double)v;
    }

    sealed class Descent() : Optimizer(0.01)
    {
        public Variable? V { get; init; }

        public Func<Tensor>? Scale { get; init; }

        protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t) => w - lr * g * (V?.value() ?? Scale!());
    }

    sealed class LeavesOut(Variable v) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable V { get; } = v;

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * V;

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square(Apply(x[0], training: true) - y![0]));
            optimizer!.apply_gradients(tape.gradient(loss, dense.trainable_variables).Zip(dense.trainable_variables));
            return new() { ["loss"] = (double)loss };
        }
    }

    sealed class OnlyTests(Variable? v, Func<Variable>? hidden = null) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable? V { get; } = v;

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs test_step(Batch x, Batch? y, Batch? sample_weight) =>
            new() { ["loss"] = (double)tf.reduce_mean(tf.square(Apply(x[0]) * (V ?? hidden!()) - y![0])) };
    }

    sealed class MetricOf(Variable v) : Metric("of")
    {
        double last;

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            last = (double)(v * tf.reduce_mean(y_pred));

        public override Tensor result() => tf.constant(last);

        public override void reset_state() => last = 0;
    }

    sealed class MetricOfTensor(Tensor s) : Gathers
    {
        protected override Tensor Of(Tensor y_true, Tensor y_pred) => s * tf.abs(y_true - y_pred);
    }

    sealed class MetricOfList(List<Tensor> s) : Gathers
    {
        protected override Tensor Of(Tensor y_true, Tensor y_pred) => s[0] * tf.abs(y_true - y_pred);
    }

    sealed class MetricOfFunction(Func<Tensor, Tensor, Tensor> of) : Gathers
    {
        protected override Tensor Of(Tensor y_true, Tensor y_pred) => of(y_true, y_pred);
    }

    sealed class ResultOfTensor(Tensor s) : Gathers
    {
        protected override Tensor Of(Tensor y_true, Tensor y_pred) => tf.abs(y_true - y_pred);

        public override Tensor result() => base.result() * s;
    }

    abstract class Gathers() : Metric("gathers")
    {
        double sum;

        protected abstract Tensor Of(Tensor y_true, Tensor y_pred);

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            sum += (double)tf.reduce_mean(Of(y_true, y_pred));

        public override Tensor result() => tf.constant((float)sum);

        public override void reset_state() => sum = 0;
    }

    sealed class Tracks(Metric metric) : Model
    {
        readonly Dense dense = layers.Dense(1);
        readonly Metric metric = metric;

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var predicted = Apply(x[0], training: true);
            var loss = tf.reduce_mean(tf.square(predicted - y![0]));
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Zip(trainable_variables));
            metric.update_state(y[0], predicted);
            return new() { ["loss"] = (double)loss, ["gathers"] = metric.result() };
        }
    }

    internal sealed class BuildsTensor(Variable v) : Layer
    {
        readonly Variable v = v;
        Tensor? s;

        public override void build(Shape input_shape) => s = tf.exp(v);

        public override Tensor call(Tensor inputs, bool training) => inputs * s!;
    }

    sealed class MakesDense(Variable v) : Model
    {
        readonly Variable v = v;
        Dense? dense;

        public override Tensor call(Tensor inputs, bool training) =>
            (dense ??= layers.Dense(1, kernel_regularizer: regularizers.l2(tf.exp(v)))).Apply(inputs);
    }
}
