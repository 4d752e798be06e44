using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>Gradients that are rounding, that a constraint undoes, or that a loop of one's own asks for in vain.</summary>
static class Slopes
{
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["a softmax takes away what v adds to all"] = v =>
            Train(Functional(x => layers.Dense(2).Apply(x).Then(t => tf.nn.softmax(t + v))), "categorical_crossentropy",
                y: tf.concat([Y, 1 - Y], 1)),
        ["a layer normalization takes away the shift v"] = v => FitBetween(x => layers.LayerNormalization().Apply(x + v)),
        ["a batch normalization takes away the factor v, but for the last digit"] = v =>
            FitBetween(x => layers.BatchNormalization(epsilon: 1e-12).Apply(x * v)),
        ["a unit length takes away the factor v"] = v => FitBetween(x => x.Then(t => tf.nn.l2_normalize(t * v, -1))),
        ["a norm that is never reached"] = v => FitBetween(x => x.Then(t => tf.clip_by_norm(t, v + 100.0))),
        ["a number lost beside larger ones"] = v => FitBetween(x => x.Then(t => t + 1e-9 * v)),
        ["a softmax takes it away in an own loop"] = v =>
        {
            var w = Weights();
            Loop(() => -tf.reduce_mean(tf.nn.softmax(tf.matmul(X * X, w * tf.ones((3, 2))) * X[.., ..2] + v) * X[.., ..2]), [w, v]);
        },
        ["a constraint that gives one value back"] = v =>
        {
            Constraint.Attach(v, constraints.Lambda(w => tf.ones_like(w) * 0.3));
            FitBetween(x => x * v);
        },
        ["a gradient of 0, and an update by hand"] = v => Descend(v, _ => tf.maximum(v - 5.0, 0.0), g => g!),
        ["a gradient of rounding, and an update by hand"] = v =>
            Descend(v, w => -tf.reduce_mean(tf.nn.softmax(tf.matmul(X, w * tf.ones((3, 2))) + v) * X[.., ..2]), g => g!),
        ["a gradient of rounding that changes the last digit, by hand"] = v =>
            Descend(v, w => 20.0 * tf.reduce_mean(tf.square(tf.nn.softmax(tf.matmul(X, w * tf.ones((3, 2))) + X[.., ..2] + v))), g => g!),
        ["no gradient, 0 in its place"] = v => Descend(v, _ => tf.round(v), g => g ?? tf.constant(0f)),
        ["a gradient of 0 of a number that was set before"] = v =>
        {
            v.assign(0.2f);
            v.assign(0.3f);
            Descend(v, _ => tf.maximum(v - 5.0, 0.0), g => g!);
        },
        ["tf.autodiff.vjp of what does not act there"] = v =>
        {
            for (var k = 0; k < 12; k++) v.assign_sub(0.1 * tf.autodiff.vjp(u => tf.maximum(u - 5.0, 0.0), v, 1.0).gradient);
        },
        ["a gradient of 0, and a train_step that updates by hand"] = v => Train(new ByHand(v)),
    };

    static void Descend(Variable v, Func<Variable, Tensor> more, Func<Tensor?, Tensor> gradient)
    {
        var w = Weights();
        for (var k = 0; k < 12; k++)
        {
            using var tape = tf.GradientTape();
            var gradients = tape.gradient(Error(tf.matmul(X, w)) + more(w), [w, v]);
            w.assign_sub(0.02 * gradients[0]!);
            v.assign_sub(0.02 * gradient(gradients[1]));
        }
    }

    sealed class ByHand(Variable v) : Model
    {
        readonly Variable v = v;
        readonly Dense dense = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) + tf.maximum(v - 5.0, 0.0);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square(Apply(x[0], training: true) - y![0]));
            foreach (var (gradient, variable) in tape.gradient(loss, trainable_variables).Zip(trainable_variables))
                variable.assign_sub(0.02 * gradient!);
            return new() { ["loss"] = (double)loss };
        }
    }
}
