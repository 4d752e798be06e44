using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;
using static Workbook.Tests.Keras.Variables.Silent.Tries;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>What a training step reads for the first time after the first step of a fit.</summary>
static class Late
{
    public static readonly Dictionary<string, Action<Variable>> Rows = new()
    {
        ["a loss that reads v from epoch 2 on"] = v =>
        {
            var epoch = 0;
            Train(Linear(), losses.Lambda((y, p) => epoch > 0 ? v * tf.square(y - p) : tf.square(y - p)),
                callbacks: [At(e => epoch = e + 1)]);
        },
        ["x.Then(t => on ? t * v : t)"] = v =>
            { var on = false; FitWith(x => layers.Dense(1).Apply(x.Then(t => on ? t * v : t)), At(_ => on = true)); },
        ["Lambda(t => on ? t * v : t)"] = v =>
            { var on = false; FitWith(x => layers.Dense(1).Apply(layers.Lambda(t => on ? t * v : t).Apply(x)), At(_ => on = true)); },
        ["Lambda(…), on in the middle of the last epoch"] = v =>
            {
                var on = false; FitWith(x => layers.Dense(1).Apply(layers.Lambda(t => on ? t * v : t).Apply(x)), InStep(2, () => on = true),
                1);
            },
        ["Then(…), on in the middle of the last epoch"] = v =>
            { var on = false; FitWith(x => layers.Dense(1).Apply(x.Then(t => on ? t * v : t)), InStep(2, () => on = true), 1); },
        ["activation on later"] = v =>
            { var on = false; FitWith(x => layers.Dense(1, activation: t => on ? t * v : t).Apply(x), InStep(2, () => on = true), 1); },
        ["l2(() => on ? tf.exp(v) : 0)"] = v =>
            {
                var on = false; FitWith(x => layers.Dense(1, kernel_regularizer: regularizers.l2(() => on ? tf.exp(v) : 0.0)).Apply(x),
                At(_ => on = true));
            },
        ["regularizers.Lambda(w => on ? v·… : 0)"] = v =>
        {
            var on = false;
            FitWith(x =>
                layers.Dense(1, kernel_regularizer: regularizers.Lambda(w => on ? v * tf.reduce_sum(tf.square(w)) : tf.constant(0.0)))
                    .Apply(x), InStep(1, () => on = true), 1);
        },
        ["a branch on the data in Then, from batch 2 on"] = v =>
            { var n = 0; FitWith(x => layers.Dense(1).Apply(x.Then(t => n++ > 2 ? t * v : t)), null); },
        ["a branch on the data in a loss, from batch 2 on"] = v =>
            { var n = 0; Train(Linear(), losses.Lambda((y, p) => n++ > 2 ? v * tf.square(y - p) : tf.square(y - p))); },
        ["Hyperparameter.Of(() => tf.exp(p)), p re-assigned"] = v =>
        {
            var p = tf.Variable(0.1, name: "first");
            FitWith(x => layers.Dense(1, kernel_regularizer: regularizers.l2(Hyperparameter.Of(() => tf.exp(p)))).Apply(x),
                At(e => { if (e == 0) p = v; }));
        },
        ["Hyperparameter.Of(() => p.Value), p re-assigned"] = v =>
        {
            var (p, next) = (new Positive(0.1, "first"), new Positive(0.3, "next"));
            FitWith(x => layers.Dense(1, kernel_regularizer: regularizers.l2(Hyperparameter.Of(() => p.Value))).Apply(x),
                At(e => { if (e == 0) p = next; }));
            v.assign(next.Value);
        },
        ["Then with a captured variable that is re-assigned"] = v =>
        {
            var p = tf.Variable(1.0, name: "first");
            FitWith(x => layers.Dense(1).Apply(x.Then(t => t * p)), At(e => { if (e == 0) p = v; }));
        },
        ["KerasOperand.Of(() => on ? v : 1)"] = v =>
            { var on = false; FitWith(x => layers.Dense(1).Apply(x * KerasOperand.Of(() => on ? v.value() : 1.0)), At(_ => on = true)); },
        ["predict first, training ? t * v : t, one epoch"] = v =>
        {
            var model = Functional(x => layers.Dense(1).Apply(layers.Lambda((t, training) => training ? t * v : t).Apply(x)));
            model.predict(X);
            Train(model, epochs: 1);
        },
        ["predict first, training ? t * v : t, one step on a batch"] = v =>
        {
            var model = Functional(x => layers.Dense(1).Apply(layers.Lambda((t, training) => training ? t * v : t).Apply(x)));
            model.predict(X);
            OnBatch(model, () => (X, Y, null), 1);
        },
        ["model.V = v in the middle of an epoch"] = v =>
        {
            var model = new OwnModel();
            Train(model, epochs: 1, callbacks: [InStep(1, () => model.V = v)]);
        },
        ["v.trainable = true in the middle of an epoch"] = v =>
        {
            v.trainable = false;
            FitWith(x => layers.Dense(1).Apply(x * v), InStep(1, () => v.trainable = true), 1);
        },
        ["layer.trainable = true in the middle of an epoch"] = v =>
        {
            var layer = new Scales(v) { trainable = false };
            FitWith(x => layers.Dense(1).Apply(layer.Apply(x)), InStep(1, () => layer.trainable = true), 1);
        },
        ["model.V = v with a train_step of its own"] = v =>
        {
            var model = new OwnStep();
            Train(model, epochs: 1, callbacks: [InStep(1, () => model.V = v)]);
        },
        ["a train_step of its own reads what nobody owns, later"] = v =>
        {
            var model = new OwnStep();
            Train(model, callbacks: [InStep(2, () => model.Hidden = () => v)]);
        },
        ["train_on_batch with a loss that reads v later"] = v =>
            {
                var n = 0; var model = Linear(); model.compile("sgd",
                (y, p) => n++ > 4 ? v * tf.square(y - p) : tf.square(y - p)); OnBatch(model, () => (X, Y, null));
            },
    };

    static Callback At(Action<int> act) => callbacks.LambdaCallback(on_epoch_end: (e, _) => act(e));

    static Callback InStep(int step, Action act) => callbacks.LambdaCallback(on_train_batch_end: (b, _) =>
    {
        if (b == step) act();
    });

    static void FitWith(Func<KerasTensor, KerasTensor> between, Callback? callback, int epochs = 3) =>
        Train(Functional(between), epochs: epochs, callbacks: callback is null ? [] : [callback]);

    internal sealed class OwnStep : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable? V;

        public Func<Variable>? Hidden;

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs) * (V?.value() ?? Hidden?.Invoke().value() ?? 1.0);

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var loss = tf.reduce_mean(tf.square(Apply(x[0], training: true) - y![0]));
            optimizer!.apply_gradients(tape.gradient(loss, trainable_variables).Zip(trainable_variables));
            return new() { ["loss"] = (double)loss };
        }
    }
}
