using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>A kept value that only metrics, logs and schedules see.</summary>
static class Logged
{
    /// <summary>Metrics and logs of a step.</summary>
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["mean.update_state(loss * s) in a train_step"] = v => Mean(v, (mean, loss, s) => mean.update_state(loss * s)),
        ["mean.update_state(s)"] = v => Mean(v, (mean, _, s) => mean.update_state(s)),
        ["mean.update_state(loss, sample_weight: s)"] = v => Mean(v, (mean, loss, s) => mean.update_state(loss, s)),
        ["mean.update_state(loss * v), v of nobody"] = v =>
            { var mean = keras.metrics.Mean(); Train(new Gives((_, loss) => { mean.update_state(loss * v); return loss; })); },
        ["sum.update_state(loss * s)"] = v =>
        {
            var (s, sum) = (tf.exp(v), keras.metrics.Sum());
            Train(new Gives((_, loss) => { sum.update_state(loss * s); return sum.result(); }));
        },
        ["a metric by name of s times predictions, in a train_step"] = v => Seen(v, "mse"),
        ["AUC of s times predictions"] = v => Seen(v, keras.metrics.AUC()),
        ["Recall of s times predictions"] = v => Seen(v, keras.metrics.Recall()),
        ["Precision of s times predictions"] = v => Seen(v, keras.metrics.Precision()),
        ["TruePositives of s times predictions"] = v => Seen(v, keras.metrics.TruePositives()),
        ["R2Score of s times predictions"] = v => Seen(v, keras.metrics.R2Score()),
        ["a tensor of loss * s in the logs of a train_step"] = v =>
            { var s = tf.exp(v); Train(new Gives((_, loss) => loss * s)); },
        ["a cast of loss * s in the logs of a train_step"] = v =>
            { var s = tf.exp(v); Train(new Gives((_, loss) => (double)(loss * s))); },
        ["a metric of one's own that adds in an add_weight what s scales, in a train_step"] = v => Seen(v, new Gathers(v)),
        ["state.assign_add(loss * s), a variable that does not train"] = v =>
        {
            var (s, state) = (tf.exp(v), tf.Variable(0.0, trainable: false, name: "state"));
            Train(new Gives((_, loss) => { state.assign_add(loss * s); return state; }));
        },
        ["compute_metrics that keeps s"] = v => { var s = tf.exp(v); Train(new Measures(() => s)); },
        ["compute_metrics that reads v of nobody"] = v => Train(new Measures(() => tf.exp(v))),
    };

    /// <summary>Schedules and rules that keep a tensor and give a number.</summary>
    public static readonly Dictionary<string, Action<Variable>> Numbers = new()
    {
        ["a schedule of one's own that keeps s in a field"] = v => Train(Linear(), optimizer: optimizers.SGD(new Keeps(0.01 * tf.exp(v)))),
        ["a schedule of one's own that keeps s in a list"] = v =>
            Train(Linear(), optimizer: optimizers.SGD(new KeepsList([0.01 * tf.exp(v)]))),
        ["a schedule of one's own that keeps s in a static"] = v =>
        {
            KeepsStatic.S = 0.01 * tf.exp(v);
            Train(Linear(), optimizer: optimizers.SGD(new KeepsStatic()));
        },
        ["schedules.Lambda(step => s)"] = v =>
            { var s = 0.01 * tf.exp(v); Train(Linear(), optimizer: optimizers.SGD(optimizers.schedules.Lambda(_ => s))); },
        ["an optimizer of one's own that keeps s in a field"] = v => Train(Linear(), optimizer: new Rules(tf.exp(v))),
    };

    /// <summary>Copies that go through a domain.</summary>
    public static readonly Dictionary<string, Action<Variable>> Domains = new()
    {
        ["a stored value of a Simplex that begins with v"] = v =>
        {
            var shares = new Simplex(tf.nn.softmax(tf.stack([v, v])), "p");
            var first = shares.Value[0];
            FitBetween(x => x.Then(t => t * first));
        },
        ["bounded.Assign(tf.sigmoid(v)) in each epoch"] = v =>
        {
            var b = new Bounded(0.5, 0, 1, "b");
            Train(Functional(x => layers.Dense(1).Apply(x * b)),
                callbacks: [callbacks.LambdaCallback(on_epoch_begin: (_, _) => b.Assign(tf.sigmoid(v)))]);
        },
    };

    static void Mean(Variable v, Action<Mean, Tensor, Tensor> update)
    {
        var (s, mean) = (tf.exp(v), keras.metrics.Mean());
        Train(new Gives((_, loss) =>
        {
            update(mean, loss, s);
            return mean.result();
        }));
    }

    static void Seen(Variable v, Metric metric)
    {
        var s = tf.exp(v);
        Train(new Gives((predictions, loss) =>
        {
            metric.update_state(Y[..8], tf.sigmoid(predictions * s));
            return metric.result();
        }));
    }

    sealed class Gives(Func<Tensor, Tensor, Tensor> after) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var predictions = Apply(x[0], training: true);
            var loss = tf.reduce_mean(tf.square(predictions - y![0]));
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Zip(trainable_variables));
            return new() { ["loss"] = loss, ["seen"] = after(predictions, loss) };
        }
    }

    sealed class Measures(Func<Tensor> scale) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);

        public override Logs compute_metrics(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
        {
            var logs = base.compute_metrics(x, y, y_pred, sample_weight);
            logs["scaled"] = (double)tf.reduce_mean(y_pred[0] * scale());
            return logs;
        }
    }

    sealed class Gathers : Metric
    {
        readonly Variable total;
        readonly Func<Tensor> scale;

        public Gathers(Variable v) : base("gathers")
        {
            var s = tf.exp(v);
            (total, scale) = (add_weight(name: "total"), () => s);
        }

        public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
            total.assign_add(tf.reduce_mean(tf.abs(y_true - y_pred)) * scale());

        public override Tensor result() => total.value();
    }

    sealed class KeepsStatic : LearningRateSchedule
    {
        public static Tensor S { get; set; } = 1.0;

        public override double Apply(double step) => (double)(S / (step + 1.0));
    }

    sealed class Keeps(Tensor s) : LearningRateSchedule
    {
        public override double Apply(double step) => (double)(s / (step + 1.0));
    }

    sealed class KeepsList(List<Tensor> s) : LearningRateSchedule
    {
        public override double Apply(double step) => (double)s[0];
    }

    sealed class Rules(Tensor s) : Optimizer(0.01)
    {
        protected override Tensor Rule(Tensor w, Tensor g, Slots slots, double lr, long t) => w - lr * (double)s * g;
    }
}
