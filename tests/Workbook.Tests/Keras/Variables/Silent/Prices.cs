using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;
using static Workbook.Tests.Keras.Variables.Silent.Unasked;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>v joins a number that does not train, scales each element of a gradient, or meets a metric outside of a step.</summary>
static class Prices
{
    /// <summary>Updates.</summary>
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["price.assign_add(v * excess)"] = v => Priced((price, w) => price.assign_add(v * (tf.reduce_sum(w) - 0.5))),
        ["price.assign_add(v * tf.stop_gradient(excess))"] = v =>
            Priced((price, w) => price.assign_add(v * tf.stop_gradient(tf.reduce_sum(w) - 0.5))),
        ["price.assign_add(v * (double)excess)"] = v => Priced((price, w) => price.assign_add(v * (double)(tf.reduce_sum(w) - 0.5))),
        ["price.assign(v * …), set anew"] = v => Priced((price, w) => price.assign(v * tf.stop_gradient(tf.reduce_sum(tf.square(w))))),
        ["price.assign_add(v * excess) under the tape"] = v =>
        {
            var price = tf.Variable(0.0, trainable: false, name: "price");
            OwnLoop(w =>
            {
                var excess = tf.reduce_sum(w) - 0.5;
                price.assign_add(v * excess);
                return Of(w) + price * excess;
            });
        },
        ["prices of two constraints, in a vector"] = v =>
        {
            var prices = tf.Variable(tf.zeros(2), trainable: false, name: "prices");
            OwnLoop(w => Of(w) + tf.reduce_sum(prices) * tf.reduce_sum(w), w => prices.assign(
                tf.maximum(prices + v * tf.stop_gradient(tf.stack([tf.reduce_sum(w), tf.reduce_sum(tf.square(w))])), 0.0)));
        },
        ["baseline.assign(baseline + v * (loss - baseline))"] = v =>
        {
            var baseline = tf.Variable(0.0, trainable: false, name: "baseline");
            OwnLoop(w =>
            {
                var loss = Of(w);
                baseline.assign(baseline + v * (loss - baseline));
                return loss * tf.stop_gradient(loss - baseline);
            });
        },
        ["a callback that moves a price by v * loss"] = v =>
        {
            var price = tf.Variable(0.1, trainable: false, name: "price");
            Train(Functional(layers.Dense(1, kernel_regularizer: regularizers.l2(price)).Apply),
                callbacks: [callbacks.LambdaCallback(on_train_batch_end: (_, l) => price.assign_add(v * (l["loss"] - 0.1)))]);
        },
        ["kernel.assign(kernel * v) once, before a fit"] = v =>
        {
            var model = Linear();
            model.Apply(X);
            model.trainable_variables[0].assign(model.trainable_variables[0] * v);
            Train(model);
        },
        ["w.assign_sub(v * g), a rate for each element"] = _ => Elements(0.01 * tf.ones((3, 1)), (w, g, v) => w.assign_sub(v * g)),
        ["apply_gradients([(v * g, w)]), a rate for each element"] = _ =>
        {
            var sgd = optimizers.SGD(0.02);
            Elements(tf.ones((3, 1)), (w, g, v) => sgd.apply_gradients([(v * g, w)]));
        },
        ["w.assign_sub(v * g) under a persistent tape"] = _ =>
            Elements(0.01 * tf.ones((3, 1)), (w, g, v) => w.assign_sub(v * g), persistent: true),
        ["tf.minimum(g, v), a bound for each element"] = _ =>
            Elements(0.5 * tf.ones((3, 1)), (w, g, v) => w.assign_sub(0.01 * tf.minimum(g, v))),
        ["tf.matmul(v, g), a matrix before the gradient"] = _ =>
            Elements(0.5 * tf.eye(3), (w, g, v) => w.assign_sub(0.01 * tf.matmul(v, g))),
        ["w.assign(w * (1 - v)), a decay for each element"] = _ => Elements(0.01 * tf.ones((3, 1)), (w, g, v) => w.assign(w * (1.0 - v))),
        ["a layer that makes an update of a gradient"] = _ =>
        {
            var update = layers.Dense(1, kernel_initializer: initializers.Constant(0.01), name: "v");
            update.Apply(tf.ones((3, 1)));
            var w = Weights();
            for (var k = 0; k < 12; k++)
            {
                using var tape = tf.GradientTape();
                w.assign_sub(update.Apply(tape.gradient(Of(w), w)!));
            }
        },
    };

    /// <summary>Metrics outside of a step.</summary>
    public static readonly Dictionary<string, Action<Variable>> Metrics = new()
    {
        ["mean.update_state(loss * v) in a callback"] = v => InCallback((mean, loss) => mean.update_state(loss * v)),
        ["mean.update_state(loss * s) in a callback"] = v =>
        {
            var s = tf.exp(v);
            InCallback((mean, loss) => mean.update_state(loss * s));
        },
        ["mean.update_state(loss, sample_weight: v) in a callback"] = v =>
            InCallback((mean, loss) => mean.update_state(loss, sample_weight: tf.exp(v))),
        ["a metric of v times predictions at the end of an epoch"] = v =>
        {
            var (model, error) = (Linear(), keras.metrics.MeanSquaredError());
            Train(model, callbacks: [callbacks.LambdaCallback(on_epoch_end: (_, _) => error.update_state(Y, v * model.predict(X)))]);
        },
        ["mean.update_state(loss * v) in an own loop"] = v =>
        {
            var mean = keras.metrics.Mean();
            OwnLoop(w =>
            {
                var loss = Of(w);
                mean.update_state(loss * v);
                return loss;
            });
        },
        ["mean.update_state(v) in an own loop"] = v =>
        {
            var mean = keras.metrics.Mean();
            OwnLoop(Of, _ => mean.update_state(v));
        },
        ["total.assign_add(loss * v) in an own loop"] = v =>
        {
            var total = tf.Variable(0.0, trainable: false, name: "total");
            OwnLoop(Of, w => total.assign_add(Of(w) * v));
        },
    };

    static void Priced(Action<Variable, Variable> update)
    {
        var price = tf.Variable(0.0, trainable: false, name: "price");
        OwnLoop(w => Of(w) + price * tf.reduce_sum(w), w => update(price, w));
    }

    static void Elements(Tensor initial, Action<Variable, Tensor, Variable> update, bool persistent = false)
    {
        var (w, v) = (Weights(), tf.Variable(initial, name: "v"));
        for (var k = 0; k < 12; k++)
        {
            using var tape = tf.GradientTape(persistent);
            update(w, tape.gradient(Of(w), w)!, v);
        }
    }

    static void InCallback(Action<Mean, double> update)
    {
        var mean = keras.metrics.Mean();
        Train(Linear(), callbacks: [callbacks.LambdaCallback(on_train_batch_end: (_, l) => update(mean, l["loss"]))]);
    }
}
