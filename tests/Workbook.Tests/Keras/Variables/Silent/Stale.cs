using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>A tensor computed from v and kept: by a closure, a field, a collection, another variable.</summary>
static class Stale
{
    /// <summary>Kept by a closure, a field, a collection, a number.</summary>
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["Lambda(t => t * s)"] = v => { var s = tf.exp(v); FitBetween(x => layers.Lambda(t => t * s).Apply(x)); },
        ["x.Then(t => t * s)"] = v => { var s = tf.exp(v); FitBetween(x => x.Then(t => t * s)); },
        ["x.Then(t => t + s), the last step"] = v =>
            { var s = tf.exp(v); Train(Functional(x => layers.Dense(1).Apply(x).Then(t => t + s))); },
        ["losses.Lambda((y, p) => s * …)"] = v => { var s = tf.exp(v); Train(Linear(), losses.Lambda((y, p) => s * tf.square(y - p))); },
        ["a margin in a loss, s + …"] = v => { var s = tf.exp(v); Train(Linear(), losses.Lambda((y, p) => tf.maximum(p + s - y, 0.0))); },
        ["regularizers.Lambda(w => s * …)"] = v =>
            { var s = tf.exp(v); Train(Regularised(regularizers.Lambda(w => s * tf.reduce_sum(tf.square(w))))); },
        ["an inner gradient by the inputs that keeps s, before the first layer"] = v =>
        {
            var s = tf.exp(v);
            FitBetween(x => x.Then(t =>
            {
                using var tape = tf.GradientTape();
                tape.watch(t);
                return tape.gradient(tf.tanh(t) * s, t)!;
            }));
        },
        ["Dense(activation: t => t * s)"] = v => { var s = tf.exp(v); FitBetween(layers.Dense(4, activation: t => t * s).Apply); },
        ["Activation(t => t * s)"] = v => { var s = tf.exp(v); FitBetween(layers.Activation(t => t * s).Apply); },
        ["add_loss(s * …)"] = v => FitBetween(new AddsTensor(tf.exp(v)).Apply),
        ["activity_regularizer of a kept tensor"] = v =>
            FitBetween(new Dense(4) { activity_regularizer = regularizers.l2(tf.exp(v)) }.Apply),
        ["a layer with a Tensor field"] = v => FitBetween(new ScalesTensor(tf.exp(v)).Apply),
        ["a layer with an Operand field"] = v => FitBetween(new ScalesOperand(tf.exp(v)).Apply),
        ["a model with a Tensor field"] = v => Train(new ModelOfTensor(tf.exp(v))),
        ["a loss with a Tensor field"] = v => Train(Linear(), new LossOfTensor(tf.exp(v))),
        ["a regularizer with a Tensor field"] = v => Train(Regularised(new PenaltyOfTensor(tf.exp(v)))),
        ["a list of tensors made once"] = v =>
        {
            var list = new[] { v }.Select(u => tf.exp(u)).ToList();
            FitBetween(x => x.Then(t => t * list[0]));
        },
        ["a dictionary of tensors made once"] = v =>
        {
            var named = new Dictionary<string, Tensor> { ["s"] = tf.exp(v) };
            FitBetween(x => layers.Lambda(t => t * named["s"]).Apply(x));
        },
        ["vec[0] taken outside"] = v =>
        {
            var first = tf.stack([v, v])[0];
            FitBetween(x => x.Then(t => t * first));
        },
        ["l2(() => s)"] = v => { var s = tf.exp(v); Train(Regularised(regularizers.l2(() => s))); },
        ["Hyperparameter.Of(() => s)"] = v => { var s = tf.exp(v); Train(Linear(), loss_weights: Hyperparameter.Of(() => s)); },
        ["x * KerasOperand.Of(() => s)"] = v => { var s = tf.exp(v); FitBetween(x => x * KerasOperand.Of(() => s)); },
        ["SGD(Hyperparameter.Of(() => s))"] = v =>
            { var s = tf.exp(v); Train(Linear(), optimizer: optimizers.SGD(Hyperparameter.Of(() => s))); },
        ["Dropout(() => s)"] = v => { var s = v * 0.5; FitBetween(layers.Dropout(Hyperparameter.Of(() => s)).Apply); },
        ["an own loop with s"] = v =>
        {
            var (s, w) = (tf.exp(v), Weights());
            Loop(() => Error(tf.matmul(X * s, w)), [w]);
        },
        ["an own loop with s, and v among the variables"] = v =>
        {
            var (s, w) = (tf.exp(v), Weights());
            Loop(() => Error(tf.matmul(X, w) * s), [w, v]);
        },
        ["minimize with s"] = v =>
        {
            var (s, w, sgd) = (tf.exp(v), Weights(), optimizers.SGD(0.02));
            for (var k = 0; k < 12; k++) sgd.minimize(() => Error(tf.matmul(X, w) * s), [w]);
        },
        ["a loop that assigns by hand, with s"] = v =>
        {
            var (s, w) = (tf.exp(v), Weights());
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                w.assign_sub(0.02 * tape.gradient(Error(tf.matmul(X, w) * s), w));
            }
        },
        ["TrainingProblem with s"] = v =>
        {
            var (s, w) = (tf.exp(v), Weights());
            Spend(() => new TrainingProblem(() => Error(tf.matmul(X, w) * s), [w])
                .Minimize(optimizers.SGD(0.02), tolerance: 1e-12, maxSteps: 12));
        },
        ["a layer with a Tensor parameter, given v"] = v => FitBetween(new ScalesTensor(v).Apply),
        ["a field Tensor s = v"] = v => FitBetween(new FieldOfTensor(v).Apply),
        ["a field Tensor[] = [v, w]"] = v => FitBetween(new ScalesArray([v, tf.Variable(1.0)]).Apply),
        ["a domain variable as a Tensor"] = v => FitBetween(new ScalesTensor(Named(v)).Apply),
        ["a record with a tensor"] = v => { var r = new Held(v); FitBetween(x => x.Then(t => t * r.Value)); },
        ["a tuple with a tensor"] = v => { var r = (Value: tf.exp(v), 1); FitBetween(x => x.Then(t => t * r.Value)); },
        ["Lazy<Tensor>, made before"] = v =>
        {
            var lazy = new Lazy<Tensor>(() => tf.exp(v));
            _ = lazy.Value;
            FitBetween(x => x.Then(t => t * lazy.Value));
        },
        ["Lazy<Tensor>, made in the first step"] = v =>
        {
            var lazy = new Lazy<Tensor>(() => tf.exp(v));
            Train(Linear(), losses.Lambda((y, p) => lazy.Value * tf.square(y - p)));
        },
        ["a tape is open while l2(tf.exp(v)) is made"] = v =>
        {
            Model model;
            using (tf.GradientTape()) model = Regularised(regularizers.l2(tf.exp(v)));
            Train(model);
        },
        ["a tape is open while x * tf.exp(v) is made"] = v =>
        {
            Model model;
            using (tf.GradientTape()) model = Functional(x => layers.Dense(1).Apply(x * tf.exp(v)));
            Train(model);
        },
        ["a tape is open while loss_weights: tf.exp(v) is compiled"] = v =>
        {
            var model = Linear();
            using (tf.GradientTape()) model.compile(optimizers.SGD(0.02), "mse", loss_weights: tf.exp(v));
            Train(model);
        },
        ["a persistent tape that nobody closes"] = v =>
        {
            var left = tf.GradientTape(persistent: true);
            try
            {
                Train(Regularised(regularizers.l2(tf.exp(v))));
            }
            finally
            {
                left.Dispose();
            }
        },
        ["custom_gradient that keeps s"] = v =>
        {
            var s = tf.exp(v);
            var f = tf.custom_gradient((Tensor t) => (t * s, g => g * s));
            FitBetween(x => x.Then(t => f(t)));
        },
        ["custom_gradient that keeps s, of what is followed"] = v =>
        {
            var s = tf.exp(v);
            var f = tf.custom_gradient((Tensor t) => (s * tf.ones_like(t), g => g));
            FitBetween(x => layers.Dense(3).Apply(x).Then(t => f(t)));
        },
        ["custom_gradient whose gradient alone keeps s"] = v =>
        {
            var s = tf.exp(v);
            var f = tf.custom_gradient((Tensor t) => (tf.identity(t), g => g * s));
            FitBetween(x => layers.Dense(3).Apply(x).Then(t => f(t)));
        },
        ["s from v and from more weights than a tensor remembers"] = v =>
        {
            var s = tf.reduce_mean(Deep().Apply(X)) * tf.exp(v);
            FitBetween(x => x.Then(t => t * s));
        },
        ["s from v and from the weights that train with it"] = v =>
        {
            var model = Deep();
            var s = tf.reduce_mean(model.Apply(X)) * tf.exp(v);
            Train(model, losses.Lambda((y, p) => s * tf.square(y - p)));
        },
        ["s from twenty numbers, v the last"] = v =>
        {
            var s = tf.stack([.. Enumerable.Range(0, 19).Select(i => tf.Variable(1.0, name: $"u{i}")), v]);
            FitBetween(x => x.Then(t => t * tf.reduce_mean(s)));
        },
        ["s from a loss that a tape has answered for, times v"] = v =>
        {
            var w = Weights();
            Tensor loss;
            using (var tape = tf.GradientTape())
            {
                loss = Error(tf.matmul(X, w));
                w.assign_sub(0.02 * tape.gradient(loss, w));
            }
            var s = loss * tf.exp(v);
            Loop(() => Error(tf.matmul(X, w)) * s, [w]);
        },
        ["a tape is open while the closure's s is computed"] = v =>
        {
            Tensor s;
            using (tf.GradientTape()) s = tf.exp(v);
            FitBetween(x => x.Then(t => t * s));
        },
    };

    /// <summary>Another variable begins with the value.</summary>
    public static readonly Dictionary<string, Action<Variable>> Copies = new()
    {
        ["tf.Variable(tf.exp(v))"] = v => { var u = tf.Variable(tf.exp(v), name: "u"); FitBetween(x => x * u); },
        ["tf.Variable(v)"] = v => { var u = tf.Variable(v, name: "u"); FitBetween(x => x.Then(t => t * u)); },
        ["tf.Variable(v), in a loop"] = v =>
            { var (u, w) = (tf.Variable(v, name: "u"), Weights()); Loop(() => Error(tf.matmul(X, w) * u), [w, u]); },
        ["u.assign(tf.exp(v))"] = v =>
        {
            var u = tf.Variable(1.0, name: "u");
            u.assign(tf.exp(v));
            FitBetween(x => x * u);
        },
        ["u.assign(tf.exp(v)), in a loop"] = v =>
        {
            var (u, w) = (tf.Variable(1.0, name: "u"), Weights());
            u.assign(tf.exp(v));
            Loop(() => Error(tf.matmul(X, w) * u), [w, u]);
        },
        ["positive.Raw.assign(tf.math.log(v))"] = v =>
        {
            var u = new Positive(1.0, "u");
            u.Raw.assign(tf.math.log(v));
            FitBetween(x => x * u);
        },
        ["new Positive(v)"] = v => { var u = new Positive(v); FitBetween(x => x * u); },
        ["new Bounded(v, 0, 1)"] = v => { var u = new Bounded(v, 0, 1); FitBetween(x => x * u); },
        ["initializers.Constant(tf.exp(v))"] = v => FitBetween(layers.Dense(4, kernel_initializer: initializers.Constant(tf.exp(v))).Apply),
        ["initializers.Constant(positive.Value)"] = v =>
            FitBetween(layers.Dense(4, kernel_initializer: initializers.Constant(Named(v).Value)).Apply),
        ["initializers.Lambda(s => v * …)"] = v =>
            Train(new Wraps(layers.Dense(4, kernel_initializer: initializers.Lambda(s => v * tf.ones(s))))),
        ["add_weight(initializer: Constant(tf.exp(v)))"] = v => FitBetween(new ScalesByOwnWeight(tf.exp(v)).Apply),
    };

    /// <summary>What chooses, and what stands beside others.</summary>
    public static readonly Dictionary<string, Action<Variable>> Choices = new()
    {
        ["a threshold taken once, tf.where(x > s)"] = v =>
            { var s = tf.exp(v) * 0.3; FitBetween(x => x.Then(t => tf.where(t > s, t, 0.1 * t))); },
        ["a threshold taken once, of what a tape follows"] = v =>
            { var s = tf.exp(v) * 0.3; FitDeep(t => tf.where(t > s, t, 0.1 * t)); },
        ["the same, cast and multiplied"] = v => { var s = tf.exp(v) * 0.3; FitDeep(t => t * tf.cast(s <= t, tf.float32)); },
        ["the same, one of two conditions"] = v =>
            { var s = tf.exp(v); FitDeep(t => tf.where(tf.logical_and(t > -1.0, t < s), t, 0.1 * t)); },
        ["the same, the places where it holds"] = v =>
        {
            var s = v - 9.0;
            FitDeep(t => tf.reshape(tf.gather(tf.reshape(t, -1), tf.reshape(tf.where(tf.reshape(t, -1) > s), -1)), t.shape));
        },
        ["a compute_mask that keeps s"] = v => Train(Functional(x => layers.Dense(1).Apply(layers.GlobalAveragePooling1D().Apply(
            new Masks(tf.exp(v) * 0.1).Apply(layers.Reshape((3, 2)).Apply(layers.Dense(6).Apply(x))))))),
        ["a mask computed once from v"] = v =>
            { var mask = tf.cast(tf.ones(3) * v > 0.1, tf.float32); FitBetween(x => x.Then(t => t * mask)); },
        ["one of two in a stack"] = v =>
        {
            var w = tf.Variable(0.2, name: "other");
            Train(Regularised(regularizers.l2(tf.stack([v, w])[0])));
        },
        ["a frozen number beside one that trains"] = v =>
        {
            var (s, u) = (tf.exp(v), tf.Variable(1.0, name: "u"));
            FitBetween(x => x.Then(t => t * u + s));
        },
    };

    static void FitDeep(Func<Tensor, Tensor> between) => FitBetween(x => layers.Dense(3).Apply(x).Then(between));

    sealed class Masks(Tensor s) : Layer
    {
        public override bool supports_masking => true;

        public override Tensor call(Tensor inputs, bool training) => inputs * 1.0;

        public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => tf.reduce_any(inputs > s, -1);
    }

    static Model Deep() => keras.Sequential([.. Enumerable.Range(0, 5).Select(_ => layers.Dense(3)), layers.Dense(1)]);

    /// <summary>Whether v itself moves, or a raw variable that stands for it.</summary>
    static Positive Named(Variable v) => new((double)v, "v") { };

    static void Spend(Action act)
    {
        try
        {
            act();
        }
        catch (JudgeException)
        {
            // Twelve steps are not enough, and need not be.
        }
    }

    sealed record Held(Tensor Value);

    internal sealed class AddsTensor(Tensor s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(s * tf.reduce_mean(tf.square(inputs)));
            return inputs;
        }
    }

    internal sealed class ScalesTensor(Tensor s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * s;
    }

    sealed class FieldOfTensor(Variable v) : Layer
    {
        readonly Tensor s = v;

        public override Tensor call(Tensor inputs, bool training) => inputs * s;
    }

    sealed class ScalesOperand(Operand s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * s;
    }

    sealed class ScalesArray(Tensor[] s) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * s[0];
    }

    sealed class ModelOfTensor(Tensor s) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * s;
    }

    sealed class LossOfTensor(Tensor s) : Loss
    {
        public override Tensor call(Tensor y_true, Tensor y_pred) => s * tf.square(y_true - y_pred);
    }

    sealed class PenaltyOfTensor(Tensor s) : Regularizer
    {
        public override Tensor Apply(Tensor x) => s * tf.reduce_sum(tf.square(x));
    }

    sealed class ScalesByOwnWeight(Operand start) : Layer
    {
        Variable? scale;

        public override void build(Shape input_shape) => scale = add_weight(initializer: initializers.Constant(start), name: "scale");

        public override Tensor call(Tensor inputs, bool training) => inputs * scale!;
    }
}
