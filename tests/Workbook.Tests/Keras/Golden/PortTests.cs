using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// Programs of Keras' guides, line by line, from the weights that Keras had; keras-ports.json is made by make_goldens.py. What C# forces
/// stands in docs/keras.md. Those with convolutions, recurrent layers and attention: GuideTests.
/// </summary>
public sealed class PortTests : IDisposable
{
    // Keras keeps some constants in float32, also in float64.
    const double Near = 1e-6;

    static readonly JsonElement ports =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-ports.json"))).RootElement
            .GetProperty("ports");

    public PortTests() => keras.config.set_floatx(tf.float64);

    public void Dispose() => keras.config.set_floatx(tf.float32);

    // Guide: custom train_step in TensorFlow, going lower-level.
    sealed class CustomModel(KerasTensor inputs, KerasTensor outputs) : Model([inputs], [outputs])
    {
        readonly Mean loss_tracker = metrics.Mean(name: "loss");
        readonly Metric mae_metric = metrics.MeanAbsoluteError(name: "mae");
        readonly Loss loss_fn = losses.MeanSquaredError();

        public override Logs train_step(Batch x, Batch? y, Batch? sample_weight)
        {
            using var tape = tf.GradientTape();
            var y_pred = Apply(x, training: true);
            var loss = loss_fn.Apply(y!, y_pred);
            var trainable_vars = trainable_variables;
            var gradients = tape.gradient(loss, trainable_vars);
            optimizer!.apply(gradients, trainable_vars);
            loss_tracker.update_state(loss);
            mae_metric.update_state(y!, y_pred);
            return new() { ["loss"] = loss_tracker.result(), ["mae"] = mae_metric.result() };
        }

        public override Logs test_step(Batch x, Batch? y, Batch? sample_weight)
        {
            var y_pred = Apply(x, training: false);
            loss_tracker.update_state(loss_fn.Apply(y!, y_pred));
            mae_metric.update_state(y!, y_pred);
            return this.metrics.ToDictionary(m => m.name, m => m.result());
        }
    }

    [Fact]
    public void A_train_step_with_trackers_in_fields()
    {
        var port = Port("train_step");
        var inputs = keras.Input(shape: 4);
        var model = new CustomModel(inputs, layers.Dense(1).Apply(inputs));
        model.compile(optimizer: "adam");
        model.set_weights(Weights(port));
        var (x, y) = (Data(port, "x"), Data(port, "y"));
        Same(port, model.fit(x, y, epochs: 3, batch_size: 8, shuffle: false, verbose: 0));
        var evaluated = model.evaluate(x, y, batch_size: 8);
        foreach (var e in port.GetProperty("evaluate").EnumerateObject()) Assert.Equal(e.Value.GetDouble(), evaluated[e.Name], Near);
        Same(port, model);
        Assert.Equal(["loss", "mae"], model.metrics.Select(m => m.name));
        Assert.Equal(2, model.weights.Count);
    }

    // Guide: making new layers and models via subclassing.
    sealed class Linear(int units = 32) : Layer
    {
        Variable? w, b;

        public override void build(Shape input_shape)
        {
            w = add_weight(shape: (input_shape[^1], units), initializer: "random_normal", trainable: true,
                regularizer: regularizers.L2(1e-3));
            b = add_weight(shape: units, initializer: "random_normal", trainable: true);
        }

        public override Tensor call(Tensor inputs, bool training) => tf.matmul(inputs, w!) + b!;
    }

    sealed class ActivityRegularizationLayer(double rate = 1e-2) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(rate * tf.reduce_mean(inputs));
            return inputs;
        }
    }

    sealed class MLPBlock : Layer
    {
        readonly Linear linear_1 = new(5);
        readonly ActivityRegularizationLayer activity_reg = new(1e-2);
        readonly Linear linear_2 = new(1);

        public override Tensor call(Tensor inputs, bool training)
        {
            var x = linear_1.Apply(inputs);
            x = activity_reg.Apply(activations.relu(x));
            return linear_2.Apply(x);
        }
    }

    [Fact]
    public void Layers_of_ones_own_with_add_weight_and_add_loss()
    {
        var port = Port("layers");
        var inputs = keras.Input(shape: 4);
        var block = new MLPBlock();
        var model = keras.Model(inputs, block.Apply(inputs));
        model.set_weights(Weights(port));
        var (x, y) = (Data(port, "x"), Data(port, "y"));
        block.Apply(x);
        Assert.Equal(port.GetProperty("losses").GetDouble(), block.losses.Sum(l => (double)l), Near);
        Assert.Equal(port.GetProperty("names").GetInt32(), block.weights.Count);
        model.compile(optimizers.RMSprop(0.01), loss: "mse");
        Same(port, model.fit(x, y, epochs: 3, batch_size: 4, shuffle: false, verbose: 0));
        Same(port, model);
    }

    // Guide: training and evaluation with the built-in methods, using callbacks.
    [Fact]
    public void Callbacks_that_lower_the_rate_and_stop()
    {
        var port = Port("callbacks");
        var model = keras.Sequential([keras.Input(4), layers.Dense(6, activation: "relu"), layers.BatchNormalization(),
            layers.Dropout(0.0), layers.Dense(3, activation: "softmax")]);
        model.compile(optimizers.SGD(0.5), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.set_weights(Weights(port));
        Same(port, model.fit(Data(port, "x"), Data(port, "y"), validation_split: 0.25, epochs: 12, batch_size: 6, shuffle: false,
            verbose: 0,
            callbacks: [callbacks.ReduceLROnPlateau(factor: 0.2, patience: 1, min_lr: 0.001),
            callbacks.EarlyStopping(patience: 3, restore_best_weights: true)]));
        Same(port, model);
    }

    static JsonElement Port(string name) => ports.EnumerateArray().Single(p => p.GetProperty("port").GetString() == name);

    static Tensor Data(JsonElement port, string name) => port.GetProperty(name).Tensor(DType.Float64);

    static Tensor[] Weights(JsonElement port) => [.. port.GetProperty("weights").EnumerateArray().Select(w => w.Tensor(DType.Float64))];

    static void Same(JsonElement port, History history)
    {
        var expected = port.GetProperty("history").EnumerateObject().ToDictionary(h => h.Name, h => h.Value);
        Assert.Equal(expected.Keys.Order(), history.history.Keys.Order());
        foreach (var (name, values) in expected) Numbers.Near(values.Flat(), history.history[name], Near, Near, name);
    }

    static void Same(JsonElement port, Model model)
    {
        foreach (var (expected, weight) in port.GetProperty("after").EnumerateArray().Zip(model.get_weights()))
            Numbers.Near(expected, weight, Near, Near);
    }
}
