using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// The fits of keras-golden.json. The file tells each model in words, so each name has its model here; an unknown one fails.
/// </summary>
public class FitGoldenTests
{
    public static TheoryData<string> Runs
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var c in All) names.Add(c.GetProperty("name").GetString()!);
            return names;
        }
    }

    static IEnumerable<JsonElement> All =>
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-golden.json"))).RootElement
        .GetProperty("oracle_runs").GetProperty("fit").EnumerateArray();

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_fit_gives_the_history_and_the_weights_of_the_real_Keras(string name)
    {
        var c = All.Single(r => r.GetProperty("name").GetString() == name);
        var (model, callbacks) = Of(name);
        var arguments = c.GetProperty("fit");
        Batch y = c.GetProperty("y") is var targets && name.StartsWith("two outputs", StringComparison.Ordinal)
            ? (Batch)new[] { targets[0].Tensor(), targets[1].Tensor() } : targets.Tensor();
        var history = model.fit(c.GetProperty("x").Tensor(), y, shuffle: false, verbose: 0, callbacks: callbacks,
            epochs: arguments.GetProperty("epochs").GetInt32(), batch_size: arguments.GetProperty("batch_size").GetInt32(),
            validation_split: arguments.TryGetProperty("validation_split", out var split) ? split.GetDouble() : 0,
            sample_weight: arguments.TryGetProperty("sample_weight", out var weight) ? (Batch)weight.Tensor() : null,
            class_weight: c.TryGetProperty("class_weight", out var classes)
                ? classes.EnumerateObject().ToDictionary(p => int.Parse(p.Name), p => p.Value.GetDouble()) : null);

        if (c.TryGetProperty("history_key_order", out var order))
            Assert.Equal(order.EnumerateArray().Select(k => k.GetString()), history.history.Keys);
        // 2e-5 over a few dozen float32 steps is what two of Keras' own backends agree to; relative, for the runs that diverge.
        foreach (var expected in c.GetProperty("history").EnumerateObject())
            Numbers.Near(expected.Value.Flat(), history.history[expected.Name], 2e-5, 2e-5, expected.Name);
        var weights = c.GetProperty("weights").EnumerateArray().ToArray();
        var actual = model.get_weights();
        Assert.Equal(weights.Length, actual.Count);
        foreach (var (e, a) in weights.Zip(actual)) Numbers.Near(e, a, 2e-5, 2e-5, "weights");
        if (c.TryGetProperty("predict_after", out var prediction))
            Numbers.Near(prediction, model.predict(c.GetProperty("x").Tensor()), 2e-5, 2e-5, "prediction");
        if (c.TryGetProperty("stopped_epoch", out var stopped))
            Assert.Equal(stopped.GetInt32(), ((EarlyStopping)callbacks[0]).stopped_epoch);
        if (c.TryGetProperty("best_epoch", out var best)) Assert.Equal(best.GetInt32(), ((EarlyStopping)callbacks[0]).best_epoch);
    }

    static (Model Model, Callback[] Callbacks) Of(string name) => name switch
    {
        "linear/SGD{'learning_rate': 0.05}" => Linear(keras.optimizers.SGD(0.05), "mse", ["mae"]),
        "linear/Adam{'learning_rate': 0.05}" => Linear(keras.optimizers.Adam(0.05), "mse", ["mae"]),
        "linear/RMSprop{'learning_rate': 0.01}" => Linear(keras.optimizers.RMSprop(0.01), "mse", ["mae"]),
        "linear/Adagrad{'learning_rate': 0.1}" => Linear(keras.optimizers.Adagrad(0.1), "mse", ["mae"]),
        "linear/AdamW{'learning_rate': 0.05}" => Linear(keras.optimizers.AdamW(0.05), "mse", ["mae"]),
        "linear/SGD{'learning_rate': 0.05, 'momentum': 0.9}" => Linear(keras.optimizers.SGD(0.05, momentum: 0.9), "mse", ["mae"]),
        "linear/SGD{'learning_rate': 0.05, 'momentum': 0.9, 'nesterov': True}" =>
            Linear(keras.optimizers.SGD(0.05, momentum: 0.9, nesterov: true), "mse", ["mae"]),
        "linear/validation_split" => Linear(keras.optimizers.SGD(0.05), "mse", ["mae"]),
        "linear/regularized" =>
            Linear(keras.optimizers.SGD(0.05), "mse", ["mse"],
                Unit(kernel_regularizer: keras.regularizers.l2(0.1), bias_regularizer: keras.regularizers.l1(0.05))),
        "linear/activity_regularizer" =>
            Linear(keras.optimizers.SGD(0.05), "mse", [], Unit(activity_regularizer: keras.regularizers.l2(0.1))),
        "linear/sample_weight" => Linear(keras.optimizers.SGD(0.05), "mse", ["mae"], weighted: ["mae"]),
        "linear/mae_clipnorm" => Linear(keras.optimizers.SGD(0.05, clipnorm: 0.1), "mae", []),
        "mlp/softmax_sparse_ce" => Mlp("softmax", keras.optimizers.Adam(0.05), "sparse_categorical_crossentropy", ["accuracy"], null),
        "mlp/logits_sparse_ce" =>
            Mlp("linear", keras.optimizers.Adam(0.05), keras.losses.SparseCategoricalCrossentropy(from_logits: true), ["accuracy"], null),
        "mlp/class_weight" => Mlp("softmax", keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", null, ["accuracy"]),
        "two outputs/loss_weights" => TwoOutputs(),
        "batch_norm" => BatchNorm(),
        "early_stopping/diverging" =>
            Linear(keras.optimizers.SGD(1.0), "mse", [],
                callbacks: keras.callbacks.EarlyStopping(monitor: "loss", patience: 1, restore_best_weights: true)),
        "reduce_lr/diverging" =>
            Linear(keras.optimizers.SGD(1.0), "mse", [],
                callbacks: keras.callbacks.ReduceLROnPlateau(monitor: "loss", factor: 0.1, patience: 1)),
        _ => throw new InvalidDataException($"No model for the run '{name}'."),
    };

    static Dense Unit(Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null,
        Regularizer? activity_regularizer = null) => keras.layers.Dense(1,
        kernel_initializer: keras.initializers.Constant(new[,] { { 0.5f }, { -0.25f } }),
            bias_initializer: keras.initializers.Constant(0.1),
        kernel_regularizer: kernel_regularizer, bias_regularizer: bias_regularizer, activity_regularizer: activity_regularizer);

    static (Model, Callback[]) Linear(Optimizer optimizer, Loss loss, MetricsPerOutput metrics, Dense? layer = null,
        MetricsPerOutput? weighted = null, Callback? callbacks = null)
    {
        var model = keras.Sequential([keras.Input(2), layer ?? Unit()]);
        model.compile(optimizer, loss, metrics: metrics, weighted_metrics: weighted);
        return (model, callbacks is null ? [] : [callbacks]);
    }

    static (Model, Callback[]) Mlp(ActivationFunction last, Optimizer optimizer, Loss loss, MetricsPerOutput? metrics,
        MetricsPerOutput? weighted)
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(3, activation: "tanh"), keras.layers.Dense(2, activation: last)]);
        model.set_weights(
            [new[,] { { 0.1f, -0.2f, 0.3f }, { 0.4f, 0.5f, -0.6f } }, new[] { 0.01f, 0.02f, 0.03f },
                new[,] { { 0.7f, -0.1f }, { -0.3f, 0.2f }, { 0.25f, 0.15f } }, new[] { 0f, 0.1f }]);
        model.compile(optimizer, loss, metrics: metrics, weighted_metrics: weighted);
        return (model, []);
    }

    static (Model, Callback[]) TwoOutputs()
    {
        var inputs = keras.Input(2);
        var model = keras.Model(inputs, [keras.layers.Dense(1, name: "a").Apply(inputs), keras.layers.Dense(1, name: "b").Apply(inputs)]);
        model.set_weights([new[,] { { 0.5f }, { -0.25f } }, new[] { 0.1f }, new[,] { { -0.3f }, { 0.6f } }, new[] { 0f }]);
        model.compile(keras.optimizers.SGD(0.05), loss: ["mse", "mae"], loss_weights: [0.3, 0.7], metrics: (Metric[][])[["mae"], ["mse"]]);
        return (model, []);
    }

    static (Model, Callback[]) BatchNorm()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.BatchNormalization(momentum: 0.9), Unit()]);
        model.compile(keras.optimizers.SGD(0.05), "mse");
        return (model, []);
    }
}
