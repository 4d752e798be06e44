using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>A run of tf-fit.json, built and fitted here.</summary>
sealed class FittedRun
{
    readonly Layer[] layers;
    readonly Model model;
    readonly History history;
    readonly Tensor x;
    readonly List<double> running = [];
    readonly List<double[]> sums = [];

    FittedRun(JsonElement run, DType dtype)
    {
        x = run.GetProperty("x").Tensor(dtype);
        var inputs = keras.Input(run.GetProperty("input").EnumerateArray().Select(d => d.GetInt32()).ToArray());
        layers = [.. run.GetProperty("layers").EnumerateArray().Select(l => LayerOf(l))];
        var trunk = layers.Aggregate(inputs, (value, layer) => layer.Apply(value));
        if (run.TryGetProperty("heads", out var heads))
        {
            var outputs = heads.EnumerateObject()
                .Select(h => (Value: trunk,
                    Layers: h.Value.EnumerateArray().Select((l, i) => LayerOf(l, i == h.Value.GetArrayLength() - 1 ? h.Name : null))
                        .ToArray())).ToList();
            model = keras.Model(inputs, [.. outputs.Select(o => o.Layers.Aggregate(o.Value, (value, layer) => layer.Apply(value)))]);
            layers = [.. layers, .. outputs.SelectMany(o => o.Layers)];
        }
        else model = keras.Model(inputs, trunk);
        foreach (var weight in run.GetProperty("weights").EnumerateArray())
            Variable(weight).assign(weight.GetProperty("value").Tensor(dtype));

        model.compile(OptimizerOf(run.GetProperty("optimizer")), Losses(run.GetProperty("loss")),
            metrics: Metrics(run.GetProperty("metrics")),
            loss_weights: run.TryGetProperty("loss_weights", out var weights)
                ? (WeightsPerOutput)weights.EnumerateObject().ToDictionary(w => w.Name, w => (Hyperparameter)w.Value.GetDouble()) : null);
        var recorder = keras.callbacks.LambdaCallback(on_epoch_begin: (_, _) => running.Clear(), on_train_batch_end: Record(run));
        Callback[] callbacks = [recorder, .. run.TryGetProperty("callbacks", out var list) ? list.EnumerateArray().Select(CallbackOf) : []];
        var fit = run.GetProperty("fit");
        foreach (var argument in fit.EnumerateObject())
            if (argument.Name is not ("epochs" or "batch_size" or "validation_split" or "sample_weight" or "class_weight"))
                throw new InvalidDataException($"Unknown argument of fit: {argument.Name}.");
        history = model.fit(x, Targets(run.GetProperty("y"), dtype), shuffle: false, verbose: 0, callbacks: callbacks,
            epochs: fit.GetProperty("epochs").GetInt32(), batch_size: fit.GetProperty("batch_size").GetInt32(),
            validation_split: fit.TryGetProperty("validation_split", out var split) ? split.GetDouble() : 0,
            sample_weight: fit.TryGetProperty("sample_weight", out var w) ? (Batch)w.Tensor(dtype) : null,
            class_weight: fit.TryGetProperty("class_weight", out var cw)
                ? cw.EnumerateObject().ToDictionary(p => int.Parse(p.Name), p => p.Value.GetDouble()) : null);
    }

    public static FittedRun Of(JsonElement run, DType dtype) => new(run, dtype);

    public List<double> StepLoss { get; } = [];

    /// <summary>Compares with the run of TensorFlow: |a − b| ≤ tolerance · max(1, |b|).</summary>
    public void Compare(JsonElement run, double tolerance, bool everyStep)
    {
        if (everyStep)
        {
            Numbers.Near(run.GetProperty("step_weight_sums").Flat(), sums.SelectMany(s => s), 10 * tolerance, 10 * tolerance,
                "sums of weights per step");
            Numbers.Near(run.GetProperty("step_loss").Flat(), StepLoss, 10 * tolerance, 10 * tolerance, "loss per step");
        }
        Assert.Equal(run.GetProperty("history").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal),
            history.history.Keys.Order(StringComparer.Ordinal));
        foreach (var expected in run.GetProperty("history").EnumerateObject())
            Numbers.Near(expected.Value.Flat(), history.history[expected.Name], tolerance, tolerance, expected.Name);
        foreach (var weight in run.GetProperty("weights").EnumerateArray())
        {
            // A bias before a normalisation has no gradient but rounding noise, which Adam magnifies; nothing can be compared there.
            if (!everyStep && BiasBeforeNormalisation(run, weight)) continue;
            Numbers.Near(weight.GetProperty("final"), Variable(weight).value(), tolerance, tolerance,
                $"{weight.GetProperty("name")} of layer {weight.GetProperty("layer")}");
        }
    }

    static bool BiasBeforeNormalisation(JsonElement run, JsonElement weight)
    {
        var (all, i) = (run.GetProperty("layers"), weight.GetProperty("layer").GetInt32());
        return weight.GetProperty("name").GetString() == "bias" && i + 1 < all.GetArrayLength()
            && all[i + 1].GetProperty("type").GetString() == "batch_normalization";
    }

    Action<int, Dictionary<string, double>> Record(JsonElement run)
    {
        var (batch, samples) = (run.GetProperty("fit").GetProperty("batch_size").GetInt32(), x.shape[0]);
        if (run.GetProperty("fit").TryGetProperty("validation_split", out var split))
            samples = (int)Math.Floor(samples * (1 - split.GetDouble()));
        var named = run.GetProperty("weights").EnumerateArray().Select(Variable).ToArray();
        return (step, logs) =>
        {
            // The logs hold the mean over the epoch so far; the difference of the totals is this step's own loss.
            double before = Math.Min(step * batch, samples), now = Math.Min((step + 1) * batch, samples);
            StepLoss.Add((logs["loss"] * now - (step == 0 ? 0 : running[^1]) * before) / (now - before));
            running.Add(logs["loss"]);
            var flat = named.SelectMany(v => v.value().ToArray<double>()).ToArray();
            sums.Add([flat.Sum(), flat.Sum(v => v * v)]);
        };
    }

    Variable Variable(JsonElement weight)
    {
        var (layer, name) = (layers[weight.GetProperty("layer").GetInt32()], weight.GetProperty("name").GetString());
        return layer.variables.Single(v => v.name.Split('/')[^1] == name);
    }

    static Layer LayerOf(JsonElement spec, string? name = null)
    {
        var type = spec.GetProperty("type").GetString()!;
        var rest = JsonSerializer.SerializeToElement(
            spec.EnumerateObject().Where(p => p.Name != "type").ToDictionary(p => p.Name, p => p.Value));
        return type switch
        {
            "dense" => name is null ? Made.By<Layer>(typeof(keras.layers), "Dense", rest, Part)
                : keras.layers.Dense(rest.GetProperty("units").GetInt32(),
                    activation: rest.TryGetProperty("activation", out var a) ? (ActivationFunction)a.GetString()! : null, name: name),
            "dropout" => Made.By<Layer>(typeof(keras.layers), "Dropout", rest),
            "batch_normalization" => Made.By<Layer>(typeof(keras.layers), "BatchNormalization", rest),
            "layer_normalization" => Made.By<Layer>(typeof(keras.layers), "LayerNormalization", rest),
            "activation" => Made.By<Layer>(typeof(keras.layers), "Activation", rest),
            "leaky_relu" => Made.By<Layer>(typeof(keras.layers), "LeakyReLU", rest),
            "prelu" => Made.By<Layer>(typeof(keras.layers), "PReLU", rest),
            "pow" => keras.layers.Lambda(
                Power(tf.Variable(rest.GetProperty("initial").GetDouble(), name: "exponent", dtype: keras.config.floatx()))),
            "dense_learned_l2" => LearnedL2(rest),
            _ => throw new InvalidDataException($"Unknown layer: {type}."),
        };
    }

    static Func<Tensor, Tensor> Power(Variable exponent) => x => tf.math.pow(x, exponent);

    static Dense LearnedL2(JsonElement spec)
    {
        var l2 = tf.Variable(spec.GetProperty("initial").GetDouble(), name: "l2", dtype: keras.config.floatx());
        var activation = spec.GetProperty("activation").GetString()!;
        if (!spec.TryGetProperty("normaliser", out _))
            return keras.layers.Dense(spec.GetProperty("units").GetInt32(), activation, kernel_regularizer: keras.regularizers.l2(l2));
        return keras.layers.Dense(spec.GetProperty("units").GetInt32(), activation,
            kernel_regularizer: keras.regularizers.Lambda(w => 0.01 * (l2 * tf.reduce_sum(tf.square(w)) - w.size / 2.0 * tf.math.log(l2))));
    }

    static object? Part(string argument, JsonElement value) => argument switch
    {
        "kernel_regularizer" or "bias_regularizer"
            or "activity_regularizer" =>
                keras.regularizers.L1L2(value.TryGetProperty("l1", out var l1) ? l1.GetDouble() : 0,
                    value.TryGetProperty("l2", out var l2) ? l2.GetDouble() : 0),
        "kernel_constraint" when value.TryGetProperty("max_norm", out var max) => keras.constraints.MaxNorm(max.GetDouble()),
        "kernel_constraint" when value.TryGetProperty("non_neg", out _) => keras.constraints.NonNeg(),
        "units" or "activation" or "use_bias" => null,
        _ => throw new InvalidDataException($"Unknown argument of Dense: {argument}."),
    };

    static Optimizer OptimizerOf(JsonElement spec)
    {
        var rest = JsonSerializer.SerializeToElement(
            spec.EnumerateObject().Where(p => p.Name != "class").ToDictionary(p => p.Name, p => p.Value));
        return Made.By<Optimizer>(typeof(keras.optimizers), spec.GetProperty("class").GetString()!, rest, (_, value) =>
        {
            if (value.ValueKind != JsonValueKind.Object) return null;
            var schedule = JsonSerializer.SerializeToElement(
                value.EnumerateObject().Where(p => p.Name != "schedule").ToDictionary(p => p.Name, p => p.Value));
            return (LearningRate)Made.By<LearningRateSchedule>(typeof(keras.optimizers.schedules),
                value.GetProperty("schedule").GetString()!, schedule);
        });
    }

    static LossesPerOutput Losses(JsonElement spec) => spec.ValueKind == JsonValueKind.Object && !spec.TryGetProperty("type", out _)
        ? spec.EnumerateObject().ToDictionary(p => p.Name, p => LossOf(p.Value)) : LossOf(spec);

    static Loss LossOf(JsonElement spec)
    {
        if (spec.ValueKind == JsonValueKind.String) return spec.GetString()!;
        var type = string.Concat(spec.GetProperty("type").GetString()!.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return Made.By<Loss>(typeof(keras.losses), type,
            JsonSerializer.SerializeToElement(spec.EnumerateObject().Where(p => p.Name != "type").ToDictionary(p => p.Name, p => p.Value)));
    }

    static MetricsPerOutput Metrics(JsonElement spec) => spec.ValueKind == JsonValueKind.Object
        ? spec.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(m => (Metric)m.GetString()!).ToArray())
        : [.. spec.EnumerateArray().Select(m => (Metric)m.GetString()!)];

    static Batch Targets(JsonElement y, DType dtype) =>
        y.ValueKind == JsonValueKind.Object ? y.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Tensor(dtype)) : y.Tensor(dtype);

    static Callback CallbackOf(JsonElement spec)
    {
        var rest = JsonSerializer.SerializeToElement(
            spec.EnumerateObject().Where(p => p.Name != "class").ToDictionary(p => p.Name, p => p.Value));
        return spec.GetProperty("class").GetString() switch
        {
            "LearningRateScheduler" when rest.GetProperty("schedule").GetString() == "lr * 0.5 if epoch else lr" =>
                keras.callbacks.LearningRateScheduler((epoch, lr) => epoch > 0 ? lr * 0.5 : lr),
            "LearningRateScheduler" => throw new InvalidDataException($"Unknown schedule: {rest}."),
            var name => Made.By<Callback>(typeof(keras.callbacks), name!, rest),
        };
    }
}
