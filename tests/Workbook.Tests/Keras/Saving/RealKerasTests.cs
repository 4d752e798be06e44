using System.Diagnostics;
using System.Globalization;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Layers;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>What the real Keras says of our files: it predicts the same within 1e-6, and trains on with the same losses.</summary>
[Trait("speed", "slow")]
public sealed class RealKerasTests : IDisposable
{
    /// <summary>Names a Python that can import TensorFlow.</summary>
    const string Python = "WORKBOOK_TENSORFLOW_PYTHON";

    /// <summary>Loads every model of a folder, and prints what it predicts for ones and the losses of three steps.</summary>
    const string Script = """
        import glob, os, sys, warnings
        folder = sys.argv[1]
        os.chdir(folder)
        sys.path.insert(0, folder)
        if os.path.exists("workbook_layers.py"):
            import workbook_layers
        import keras, numpy as np
        def say(name, kind, a):
            print(name, kind, *[repr(float(v)) for v in np.asarray(a, "float64").ravel()])
        def check(path):
            name = path[:-6]
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                model = keras.models.load_model(path)
            for w in caught:
                print(name, "warning", str(w.message).replace("\n", " "))
            os.makedirs("again", exist_ok=True)
            model.save(f"again/{name}.keras")
            x = [np.load(f"{name}.x{i}.npy") for i in range(len(model.inputs))]
            y = model(x if len(x) > 1 else x[0], training=False)
            for i, part in enumerate(y if isinstance(y, (list, tuple)) else [y]):
                say(name, f"out{i}", part)
            weights = f"{name}.weights.h5"
            if os.path.exists(weights):
                model.load_weights(weights)
            if getattr(model, "optimizer", None) is not None:
                for step in range(3):
                    model.reset_metrics()
                    say(name, "loss", model.train_on_batch(x if len(x) > 1 else x[0], np.load(f"{name}.y.npy"))[0])
            elif "learned" in name:
                model.compile("sgd", "mse")
                before = [w.numpy() for w in model.trainable_weights]
                model.train_on_batch(x[0], np.zeros(model(x[0]).shape))
                say(name, "moved", [float(np.any(b != w.numpy())) for b, w in zip(before, model.trainable_weights)])
                model.save("again.keras")
                say(name, "again", np.max(np.abs(keras.models.load_model("again.keras")(x[0]) - model(x[0]))))
                os.remove("again.keras")
        for path in sorted(glob.glob("*.keras")):
            try:
                check(path)
            except Exception as e:
                print(path[:-6], "error", str(e).replace("\n", " ")[-400:])
        """;

    readonly string folder = Directory.CreateTempSubdirectory().FullName;
    readonly Dictionary<string, (Model Model, Tensor[] Inputs, Tensor? Targets)> saved = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Keras_loads_what_we_save_predicts_the_same_and_trains_on()
    {
        var python = Environment.GetEnvironmentVariable(Python);
        Assert.SkipWhen(string.IsNullOrEmpty(python), $"{Python} does not name a Python with TensorFlow.");
        SaveAll();
        foreach (var line in Run(python!).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')))
            if (saved.TryGetValue(line[0], out var mine)) Check(line[0], line[1], line[2..], mine.Model, mine.Inputs, mine.Targets);
        Assert.Empty(errors);
        Assert.Empty(saved.Keys.Except(seen));
        foreach (var (name, (before, inputs, _)) in saved.Where(s => predicted.ContainsKey(s.Key)))
        {
            // What Keras makes of our file is read here again: it has names of arguments that we do not write.
            var again = models.load_model(Path.Combine(folder, "again", name + ".keras"));
            Assert.True(Samples.Difference(again.ApplyMany(inputs, false), predicted[name]) <= 1e-6, name);
        }
    }

    readonly Dictionary<string, Tensor[]> predicted = [];

    readonly HashSet<string> seen = [];

    readonly List<string> errors = [];

    void Check(string name, string kind, string[] words, Model model, Tensor[] inputs, Tensor? targets)
    {
        seen.Add(name);
        if (kind == "error") errors.Add($"{name}: {string.Join(' ', words)}");
        if (kind == "error") return;
        Assert.True(kind != "warning", $"{name}: {string.Join(' ', words)}");
        var numbers = Array.ConvertAll(words, w => double.Parse(w, CultureInfo.InvariantCulture));
        switch (kind)
        {
            case "loss":
                Assert.Equal(numbers[0], model.train_on_batch(inputs.Length > 1 ? throw new NotSupportedException() : inputs[0], targets!)["loss"], 1e-5);
                break;
            case "moved":
                Assert.All(numbers, n => Assert.Equal(1, n));
                break;
            case "again":
                Assert.Equal(0, numbers[0]);
                break;
            default:
                var own = model.ApplyMany(inputs, false)[int.Parse(kind[3..], CultureInfo.InvariantCulture)].ToArray<double>();
                predicted[name] = model.ApplyMany(inputs, false);
                Assert.Equal(own.Length, numbers.Length);
                for (var i = 0; i < own.Length; i++) Assert.True(Math.Abs(own[i] - numbers[i]) <= 1e-6, $"{name} {kind}: {own[i]} here, {numbers[i]} in Keras");
                break;
        }
    }

    void SaveAll()
    {
        foreach (var optimizer in new[] { "sgd", "momentum", "adam", "amsgrad", "adamw", "rmsprop", "centered", "adagrad", "adadelta", "adamax",
            "nadam", "lion", "ftrl", "average", "accumulate", "schedule" })
        {
            var model = keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(1)]);
            model.compile(LearnedVariableFileTests.Optimizers(optimizer), "mse", metrics: ["mae"]);
            var (x, y) = (tf.random.normal((8, 3), seed: 1), tf.random.normal((8, 1), seed: 2));
            for (var i = 0; i < 3; i++) model.train_on_batch(x, y);
            Save($"optimizer-{optimizer}", model, y, x);
        }
        Tensor a = tf.random.normal((4, 3), seed: 3), b = tf.random.normal((4, 2), seed: 4);
        Save("branches", Branches(), null, a, b);
        Save("shared", Shared(), null, a);
        Save("operators", Operators(), null, a);
        Save("learned", Learned(), null, tf.abs(a));
        Save("numbers", Numbers(), null, a);
        Save("nested", Nested(), null, a);
        Save("windows", keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, (int[])[3, 3], activation: "relu"),
            layers.MaxPooling2D(), layers.Flatten(),
            layers.Dense(2)]), null, tf.random.normal((2, 8, 8, 3), seed: 5));
        Save("text", keras.Sequential([keras.Input(-1, dtype: DType.Int32), layers.Embedding(10, 4, mask_zero: true),
            layers.Bidirectional(layers.LSTM(3)),
            layers.Dense(1)]), null, tf.constant(new[,] { { 1, 2, 0 }, { 3, 0, 0 } }));
        Attentions(a);
        Save("pruned", Pruned(), null, tf.random.uniform((3, 8, 8, 1), seed: 10));
        Save("pruned-text", PrunedText(), null, tf.cast(DataSets.Remarks().X[..5, ..13], tf.int32));
        foreach (var (name, row) in LayerContractTests.Rows.Where(r => !r.Key.StartsWith("Lambda", StringComparison.Ordinal)))
        {
            var inputs = row.Inputs.Select(s => keras.Input(s, dtype: row.Whole ? tf.int32 : null)).ToArray();
            var layer = row.Make();
            Save($"layer-{string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Replace("learned", "own")}",
                keras.Model(inputs, layer.Apply(inputs)), null, [.. row.Inputs.Select((s, i) => row.Whole
                    ? tf.random.uniform(new([4, .. s.Dims]), 0, 3, tf.int32, seed: i) : tf.random.normal(new([4, .. s.Dims]), seed: i))]);
        }
        var many = keras.Sequential([keras.Input(3), .. Enumerable.Range(0, 40).Select(i => layers.Dense(3, activation: "tanh"))]);
        Save("many", many, null, a);
    }

    /// <summary>Calls with arguments: causal, with a mask, with first states.</summary>
    void Attentions(Tensor a)
    {
        Tensor q = tf.random.normal((2, 4, 3), seed: 6), v = tf.random.normal((2, 4, 3), seed: 7), k = tf.random.normal((2, 4, 3), seed: 8);
        KerasTensor x = keras.Input((4, 3)), y = keras.Input((4, 3)), z = keras.Input((4, 3)), m = keras.Input((4, 4), dtype: tf.@bool);
        Save("causal", keras.Model([x, y], [layers.MultiHeadAttention(2, 3).Apply([x, y], use_causal_mask: true),
            layers.Attention().Apply([x, y], use_causal_mask: true), layers.AdditiveAttention().Apply([x, y], use_causal_mask: true),
            layers.Attention().Apply([x, y], training: false)]), null, q, v);
        Save("keys", keras.Model([x, y, z], [layers.MultiHeadAttention(2, 3).Apply([x, y, z]), layers.Attention().Apply([x, y, z])]), null,
            q, v, k);
        var seen = tf.cast(tf.random.uniform((2, 4, 4), 0, 2, tf.int32, seed: 9), tf.@bool);
        Save("masked", keras.Model([x, y, m], layers.MultiHeadAttention(1, 2).Apply([x, y, m])), null, q, v, seen);
        var encoded = layers.LSTM(5, return_state: true).ApplyMany(x);
        var decoded = layers.LSTM(5, return_sequences: true).Apply([y, encoded[1], encoded[2]]);
        var both = layers.Bidirectional(layers.GRU(2)).Apply([y, layers.Dense(2).Apply(encoded[1]), layers.Dense(2).Apply(encoded[2])]);
        Save("states", keras.Model([x, y], [decoded, layers.GRU(5).Apply([y, encoded[1]]), both]), null, q, v);
        Save("two-masks", keras.Model([x, y, z, m], layers.MultiHeadAttention(1, 2).Apply([x, y, z, m])), null, q, v, k, seen);
    }

    /// <summary>The digits of notebook 14: gates closed, cut out, and a temperature.</summary>
    static Model Pruned()
    {
        var file = models.load_model(DataFiles.Path("digits.keras"));
        var gates = new List<HardConcreteGate>();
        HardConcreteGate Gate()
        {
            gates.Add(new());
            return gates[^1];
        }
        var gated = keras.Sequential([keras.Input((8, 8, 1)), file.layers[0].With(), Gate(), file.layers[1].With(), file.layers[2].With(),
            file.layers[3].With(), Gate(), file.layers[4].With()]);
        foreach (var (to, from) in gated.layers.Where(l => l is not HardConcreteGate).Zip(file.layers)) to.set_weights(from.get_weights());
        foreach (var gate in gates)
            gate.log_alpha!.assign(tf.random.normal(gate.log_alpha.shape, stddev: 3, seed: 11));
        var small = HardConcreteGate.Compact(gated);
        var digits = DataSets.Digits();
        var x = tf.reshape(tf.cast(digits.X[..200] / 16, tf.float32), (-1, 8, 8, 1));
        return Temperature.Of(small, x, tf.cast(digits.y[..200], tf.int32)).Apply(small);
    }

    /// <summary>The text model of notebook 14: columns of words and units of the recurrence closed, cut out, and a temperature.</summary>
    static Model PrunedText()
    {
        var file = models.load_model(DataFiles.Path("remarks.keras"));
        var (words, units) = (new HardConcreteGate(), new GatedRecurrent((Recurrent)file.layers[1].With(), new()));
        var gated = keras.Sequential([keras.Input(13, dtype: tf.int32), file.layers[0].With(), words, units, file.layers[2].With()]);
        Layer[] own = [gated.layers[0], units.layer, gated.layers[3]];
        foreach (var (to, from) in own.Zip(file.layers)) to.set_weights(from.get_weights());
        words.log_alpha!.assign(tf.random.normal(8, stddev: 3, seed: 12));
        units.gate.log_alpha!.assign(tf.random.normal(12, stddev: 3, seed: 13));
        var small = HardConcreteGate.Compact(gated);
        var remarks = DataSets.Remarks();
        var x = tf.cast(remarks.X[..200, ..13], tf.int32);
        Assert.True((double)tf.reduce_max(tf.abs(small.predict(x) - gated.predict(x))) < 1e-6);
        return Temperature.Of(small, x, tf.cast(remarks.y[..200], tf.int32)).Apply(small);
    }

    static Model Branches()
    {
        KerasTensor p = keras.Input(3, name: "p"), q = keras.Input(2, name: "q");
        var (u, v) = (layers.Dense(4, name: "from_p").Apply(p), layers.Dense(4, name: "from_q").Apply(q));
        var h = layers.Concatenate().Apply([layers.Add().Apply([v, u]), layers.Multiply().Apply([u, v]), p]);
        return keras.Model([p, q], [layers.Dense(2, name: "value").Apply(h), layers.Dense(3, activation: "softmax",
            name: "kind").Apply(h)]);
    }

    static Model Shared()
    {
        var x = keras.Input(3);
        var d = layers.Dense(3, activation: "relu");
        return keras.Model(x, layers.Subtract().Apply([d.Apply(d.Apply(x)), d.Apply(x)]));
    }

    static Model Operators()
    {
        var x = keras.Input(3);
        var y = layers.Dense(3).Apply(x) * 2.0 + x;
        y = tf.tanh(y) - tf.reduce_mean(y, axis: -1, keepdims: true);
        y = tf.concat([tf.square(y), tf.exp(-y), tf.nn.softmax(y)], -1);
        return keras.Model(x, tf.reshape(y, (-1, 3, 3)));
    }

    static Model Learned()
    {
        var (power, weight, shift) = (tf.Variable(1.5, name: "power"), tf.Variable(tf.constant(new[] { 0.5f, 2, -1 }), name: "weight"),
            tf.Variable(0.25, name: "shift"));
        var x = keras.Input(3);
        return keras.Model(x, layers.Dense(2).Apply(shift - weight * tf.pow(x, power)));
    }

    static Model Numbers()
    {
        var x = keras.Input(3);
        var y = layers.Rescaling(tf.Variable(0.5, name: "scale"), 1).Apply(x);
        y = layers.LeakyReLU(tf.Variable(0.2, name: "slope")).Apply(y);
        y = layers.ELU(tf.Variable(0.7, name: "depth")).Apply(layers.Dense(3, kernel_regularizer: regularizers.l2(tf.Variable(0.1, name: "strength"))).Apply(y));
        y = layers.LayerNormalization(epsilon: tf.Variable(0.1, name: "epsilon")).Apply(y);
        return keras.Model(x, layers.Dropout(tf.Variable(0.3, name: "rate")).Apply(layers.BatchNormalization().Apply(y)));
    }

    static Model Nested()
    {
        var x = keras.Input(3, name: "x");
        var encoder = keras.Sequential([keras.Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(2)], name: "encoder");
        var code = keras.Input(2, name: "code");
        var decoder = keras.Model(code, layers.Dense(3).Apply(layers.PReLU().Apply(layers.Dense(4).Apply(code))), name: "decoder");
        var z = encoder.Apply(x);
        return keras.Model([x], [layers.Add().Apply([decoder.Apply(z), x]), z, decoder.Apply(encoder.Apply(decoder.Apply(z)))]);
    }

    void Save(string name, Model model, Tensor? targets, params Tensor[] inputs)
    {
        saved[name] = (model, inputs, targets);
        model.save(Path.Combine(folder, name + ".keras"));
        if (model.variables.Count > 0) model.save_weights(Path.Combine(folder, name + ".weights.h5"));
        for (var i = 0; i < inputs.Length; i++) Numpy($"{name}.x{i}.npy", inputs[i]);
        if (targets is not null) Numpy($"{name}.y.npy", targets);
    }

    /// <summary>One array as numpy.load reads it: an .npz holds such files.</summary>
    void Numpy(string name, Tensor value)
    {
        var whole = Path.Combine(folder, name + ".npz");
        WeightsFile.Write(whole, [("a", value)]);
        using var zip = System.IO.Compression.ZipFile.OpenRead(whole);
        using var entry = zip.Entries[0].Open();
        using var file = File.Create(Path.Combine(folder, name));
        entry.CopyTo(file);
    }

    string Run(string python)
    {
        var info = new ProcessStartInfo(python, ["-c", Script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result + output);
        return output;
    }
}
