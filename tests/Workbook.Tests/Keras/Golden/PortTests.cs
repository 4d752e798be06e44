using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// Programs of Keras' guides, line by line, from the weights that Keras had; keras-ports.json is made by make_goldens.py. What C# forces
/// stands in docs/keras.md.
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

    // Example: image similarity estimation using a Siamese network with a contrastive loss; dense layers in place of convolutions.
    static Tensor euclidean_distance(IReadOnlyList<Tensor> vects)
    {
        var (x, y) = (vects[0], vects[1]);
        var sum_square = tf.reduce_sum(tf.square(x - y), axis: 1, keepdims: true);
        return tf.sqrt(tf.maximum(sum_square, keras.config.epsilon()));
    }

    static Func<Tensor, Tensor, Tensor> loss(double margin = 1) => (y_true, y_pred) =>
    {
        var square_pred = tf.square(y_pred);
        var margin_square = tf.square(tf.maximum(margin - y_pred, 0));
        return tf.reduce_mean((1 - y_true) * square_pred + y_true * margin_square);
    };

    [Fact]
    public void Two_towers_that_share_a_network()
    {
        var port = Port("siamese");
        var input = keras.Input(6);
        var x = layers.BatchNormalization().Apply(input);
        x = layers.Dense(4, activation: "tanh").Apply(x);
        var embedding_network = keras.Model(input, x);
        var (input_1, input_2) = (keras.Input(6), keras.Input(6));
        var (tower_1, tower_2) = (embedding_network.Apply(input_1), embedding_network.Apply(input_2));
        var merge_layer = layers.Lambda(euclidean_distance).Apply([tower_1, tower_2]);
        var normal_layer = layers.BatchNormalization().Apply(merge_layer);
        var output_layer = layers.Dense(1, activation: "sigmoid").Apply(normal_layer);
        var siamese = keras.Model(inputs: [input_1, input_2], outputs: output_layer);
        siamese.compile(loss: loss(margin: 1), optimizer: "RMSprop", metrics: ["accuracy"]);
        siamese.set_weights(Weights(port));
        var (a, b, y) = (Data(port, "a"), Data(port, "b"), Data(port, "y"));
        Same(port, siamese.fit([a, b], y, validation_data: ([a[..6], b[..6]], y[..6]), batch_size: 6, epochs: 3, shuffle: false,
            verbose: 0));
        Same(port, siamese);
    }

    // Guide: writing a custom training loop in TensorFlow, end to end; dense layers, and the noise is given.
    [Fact]
    public void Two_networks_against_each_other()
    {
        var port = Port("gan");
        var discriminator = keras.Sequential([keras.Input(4), layers.Dense(6), layers.LeakyReLU(negative_slope: 0.2), layers.Dense(1)],
            name: "discriminator");
        var generator = keras.Sequential([keras.Input(3), layers.Dense(6), layers.LeakyReLU(negative_slope: 0.2),
            layers.Dense(4, activation: "sigmoid")], name: "generator");
        var d_optimizer = optimizers.Adam(learning_rate: 0.0003);
        var g_optimizer = optimizers.Adam(learning_rate: 0.0004);
        var loss_fn = losses.BinaryCrossentropy(from_logits: true);
        discriminator.set_weights(Tensors(port.GetProperty("weights")[0]));
        generator.set_weights(Tensors(port.GetProperty("weights")[1]));
        var (real, noise) = (Data(port, "real"), Tensors(port.GetProperty("noise")));

        (Tensor, Tensor) train_step(int step)
        {
            var generated_images = generator.Apply(noise[2 * step]);
            var combined_images = tf.concat([generated_images, real], axis: 0);
            var labels = tf.concat([tf.ones((6, 1), tf.float64), tf.zeros((6, 1), tf.float64)], axis: 0);
            Tensor d_loss, g_loss;
            using (var tape = tf.GradientTape())
            {
                var predictions = discriminator.Apply(combined_images);
                d_loss = loss_fn.Apply(labels, predictions);
                var grads = tape.gradient(d_loss, discriminator.trainable_weights);
                d_optimizer.apply(grads, discriminator.trainable_weights);
            }
            var misleading_labels = tf.zeros((6, 1), tf.float64);
            using (var tape = tf.GradientTape())
            {
                var predictions = discriminator.Apply(generator.Apply(noise[2 * step + 1]));
                g_loss = loss_fn.Apply(misleading_labels, predictions);
                var grads = tape.gradient(g_loss, generator.trainable_weights);
                g_optimizer.apply(grads, generator.trainable_weights);
            }
            return (d_loss, g_loss);
        }

        for (var step = 0; step < 4; step++)
        {
            var (d_loss, g_loss) = train_step(step);
            Numbers.Near(port.GetProperty("losses")[step].Flat(), [(double)d_loss, (double)g_loss], Near);
        }
        Same(port.GetProperty("after")[0], discriminator);
        Same(port.GetProperty("after")[1], generator);
    }

    // Guide: the functional API, models with multiple inputs and outputs; without the recurrent layers.
    [Fact]
    public void Many_inputs_and_outputs_by_name()
    {
        var port = Port("functional");
        var title = keras.Input(shape: 5, name: "title");
        var tags = keras.Input(shape: 3, name: "tags");
        var x = layers.concatenate([layers.Dense(4, activation: "relu").Apply(title), tags]);
        var priority_pred = layers.Dense(1, name: "priority").Apply(x);
        var department_pred = layers.Dense(2, name: "department").Apply(x);
        var model = keras.Model(inputs: [title, tags], outputs: [priority_pred, department_pred]);
        model.compile(
            optimizer: optimizers.RMSprop(1e-3),
            loss: new()
            {
                ["priority"] = losses.BinaryCrossentropy(from_logits: true),
                ["department"] = losses.CategoricalCrossentropy(from_logits: true)
            },
            loss_weights: new() { ["priority"] = 1.0, ["department"] = 0.2 });
        model.set_weights(Weights(port));
        Same(port, model.fit(
            new() { ["title"] = Data(port, "title"), ["tags"] = Data(port, "tags") },
            new() { ["priority"] = Data(port, "priority"), ["department"] = Data(port, "department") },
            epochs: 2, batch_size: 8, shuffle: false, verbose: 0));
        Same(port, model);
    }

    // Guide: transfer learning and fine-tuning; a dense base.
    [Fact]
    public void A_new_head_on_a_frozen_base()
    {
        var port = Port("transfer");
        var base_model = keras.Sequential([keras.Input(4), layers.Dense(5, activation: "relu"), layers.BatchNormalization()]);
        base_model.trainable = false;
        var inputs = keras.Input(shape: 4);
        var outputs = layers.Dense(1).Apply(base_model.Apply(inputs, training: false));
        var model = keras.Model(inputs, outputs);
        model.compile(optimizer: optimizers.Adam(), loss: losses.BinaryCrossentropy(from_logits: true),
            metrics: [metrics.BinaryAccuracy()]);
        model.set_weights(Weights(port));
        Same(port, model.fit(Data(port, "x"), Data(port, "y"), epochs: 2, batch_size: 8, shuffle: false, verbose: 0));
        Assert.Equal(port.GetProperty("trainable").GetInt32(), model.trainable_weights.Count);
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

    static Tensor[] Tensors(JsonElement json) => [.. json.EnumerateArray().Select(w => w.Tensor(DType.Float64))];

    static Tensor[] Weights(JsonElement port) => Tensors(port.GetProperty("weights"));

    static void Same(JsonElement port, History history)
    {
        var expected = port.GetProperty("history").EnumerateObject().ToDictionary(h => h.Name, h => h.Value);
        Assert.Equal(expected.Keys.Order(), history.history.Keys.Order());
        foreach (var (name, values) in expected) Numbers.Near(values.Flat(), history.history[name], Near, Near, name);
    }

    static void Same(JsonElement json, Model model)
    {
        var after = json.ValueKind == JsonValueKind.Array ? json : json.GetProperty("after");
        foreach (var (expected, weight) in after.EnumerateArray().Zip(model.get_weights())) Numbers.Near(expected, weight, Near, Near);
    }
}
