using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Models whose paths part and meet, without what their gates have closed. Truth: what the gated model says, and the
/// multiplications that are expected where gates are surely open or closed.</summary>
public sealed class CompactGraphTests : IDisposable
{
    readonly List<HardConcreteGate> gates = [];

    public CompactGraphTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    HardConcreteGate Gate()
    {
        gates.Add(new(seed: 1));
        return gates[^1];
    }

    KerasTensor Dense(int units, KerasTensor x, string? activation = null) => layers.Dense(units, activation).Apply(x);

    public static TheoryData<string> Nets => [.. nets.Keys];

    static readonly Dictionary<string, Func<CompactGraphTests, KerasTensor, KerasTensor>> nets = new()
    {
        ["a block beside what it adds to"] = (t, x) =>
        {
            var h = t.Dense(6, x, "tanh");
            return t.Dense(2, h + t.Gate().Apply(t.Dense(6, t.Gate().Apply(t.Dense(5, h, "relu")))));
        },
        ["a block, and its norm before"] = (t, x) =>
        {
            var h = t.Dense(6, x);
            var block = t.Dense(6, t.Gate().Apply(t.Dense(5, layers.LayerNormalization().Apply(h), "gelu")));
            return t.Dense(2, layers.LayerNormalization().Apply(layers.Add().Apply([h, block])));
        },
        ["a sum whose sides have a gate each"] = (t, x) => t.Dense(2, layers.ReLU().Apply(layers.Add().Apply(
            [t.Gate().Apply(t.Dense(6, x, "tanh")), t.Gate().Apply(layers.BatchNormalization().Apply(t.Dense(6, x)))]))),
        ["a sum whose sides have the same gate"] = (t, x) =>
        {
            var gate = t.Gate();
            return t.Dense(2, gate.Apply(t.Dense(6, x, "tanh")) + gate.Apply(t.Dense(6, x, "relu")));
        },
        ["a gate behind a sum"] = (t, x) =>
            t.Dense(2, t.Gate().Apply(t.Dense(6, x, "tanh") + t.Gate().Apply(t.Dense(6, x, "relu")))),
        ["a gate behind a sum of a softmax"] = (t, x) => t.Dense(2, t.Gate().Apply(t.Dense(6, x, "softmax") + t.Dense(6, x))),
        ["a gate behind a sum of a softmax by itself"] = (t, x) =>
            t.Dense(2, t.Gate().Apply(layers.Softmax().Apply(t.Dense(6, x)) + layers.Activation("softmax").Apply(t.Dense(6, x))
                + t.Dense(6, x))),
        ["the larger of two"] = (t, x) => t.Dense(2, layers.Maximum().Apply(
            [t.Gate().Apply(t.Dense(6, x)), t.Gate().Apply(t.Dense(6, x))])),
        ["a difference and a mean"] = (t, x) =>
        {
            var (a, b) = (t.Gate().Apply(t.Dense(6, x)), t.Gate().Apply(t.Dense(6, x, "sigmoid")));
            return t.Dense(2, a - b) + t.Dense(2, layers.Average().Apply([a, b]));
        },
        ["side by side, with what has no gate"] = (t, x) => t.Dense(2, layers.Concatenate().Apply(
            [t.Gate().Apply(t.Dense(5, x)), x, t.Gate().Apply(t.Dense(3, x, "relu"))])),
        ["past the gate"] = (t, x) =>
        {
            var h = t.Dense(6, x, "tanh");
            return t.Dense(2, t.Gate().Apply(h)) + t.Dense(2, h) + t.Dense(2, t.Gate().Apply(h), "relu");
        },
        ["a layer that stands twice"] = (t, x) =>
        {
            var shared = layers.Dense(5, "tanh");
            var (a, b) = (t.Gate().Apply(t.Dense(6, x)), t.Gate().Apply(t.Dense(6, x)));
            return t.Dense(2, layers.Concatenate().Apply([t.Gate().Apply(shared.Apply(a)), shared.Apply(b), shared.Apply(a)]));
        },
        ["gates at an input that others read"] = (t, x) => t.Dense(3, t.Gate().Apply(x)) + t.Dense(3, t.Gate().Apply(x), "tanh"),
        ["two gates in a row"] = (t, x) => t.Dense(2, t.Gate().Apply(layers.ReLU().Apply(t.Gate().Apply(t.Dense(6, x))))),
        ["an operation that no gate reaches"] = (t, x) =>
            t.Dense(2, t.Gate().Apply(t.Dense(6, tf.tanh(x) * 2.0))) * tf.reduce_mean(x, axis: -1, keepdims: true),
    };

    [Theory]
    [MemberData(nameof(Nets))]
    public void It_says_what_the_gated_model_says_with_the_multiplications_that_are_expected(string name)
    {
        var input = Input(5);
        Check(name, Model([input], [nets[name](this, input)]), tf.random.normal((7, 5), seed: 2, dtype: tf.float64));
    }

    [Fact]
    public void Images_and_sequences_with_masks_are_cut_too()
    {
        var image = Input((6, 6, 2));
        var a = layers.Conv2D(4, 3, padding: "same").Apply(image);
        var sum = layers.Add().Apply([a, Gate().Apply(layers.Conv2D(4, 3, padding: "same", activation: "relu").Apply(a))]);
        var last = Gate().Apply(layers.Conv2D(4, 1).Apply(layers.MaxPooling2D().Apply(sum)))
            + Gate().Apply(layers.Conv2D(4, 2, padding: "same").Apply(layers.AveragePooling2D(2).Apply(sum)));
        Check("images", Model([image], [Dense(2, layers.Flatten().Apply(last))]),
            tf.random.normal((3, 6, 6, 2), seed: 1, dtype: tf.float64));

        gates.Clear();
        var words = Input(6, dtype: tf.int32);
        KerasTensor Words() => Gate().Apply(layers.Embedding(9, 4, mask_zero: true).Apply(words));
        var both = layers.Add().Apply([Words(), Words()]);
        var cell = new GatedRecurrent(layers.GRU(4), Gate());
        var read = layers.Concatenate().Apply([cell.Apply(both), layers.Bidirectional(layers.LSTM(3)).Apply(both),
            layers.TimeDistributed(layers.Dense(1)).Apply(layers.LSTM(2, return_sequences: true).Apply(words.Then(
                t => tf.expand_dims(tf.cast(t, tf.float64), -1)))).Then(t => t[.., 0])]);
        Check("words", Model([words], [Dense(2, read)]), tf.constant(new[,] { { 1, 2, 3, 0, 0, 0 }, { 8, 7, 6, 5, 0, 0 } }));
    }

    void Check(string name, Model model, Tensor x)
    {
        var random = new SplitMix64(7);
        foreach (var (weight, i) in model.weights.Select((w, i) => (w, i)).Where(p => p.w.shape.Rank > 0))
        {
            var size = tf.random.uniform(weight.shape, 0.2, 1, seed: i, dtype: tf.float64);
            weight.assign(weight.name.EndsWith("variance", StringComparison.Ordinal) ? size
                : size * tf.sign(tf.random.normal(weight.shape, seed: i + 99, dtype: tf.float64)));
        }
        foreach (var (gate, g) in gates.Select((gate, g) => (gate, g)))
        {
            // Surely open or closed first, then anything between.
            double[] at = [.. Enumerable.Range(0, gate.log_alpha!.shape[0]).Select(i => (i + g) % 3 == 0 ? -50.0 : 50)];
            gate.log_alpha.assign(tf.constant(at));
        }
        var small = HardConcreteGate.Compact(model);
        Assert.Equal((double)Operations.Expected(model), Operations.Of(small), 1e-6);
        Assert.True(Operations.Of(small) < Operations.Of(model), name);
        Same(small);
        foreach (var gate in gates)
        {
            double[] at = [.. Enumerable.Range(0, gate.log_alpha!.shape[0]).Select(_ => 3 * random.NextNormal())];
            gate.log_alpha.assign(tf.constant(at));
        }
        Same(HardConcreteGate.Compact(model));

        void Same(Model small)
        {
            var (left, right) = (model.predict(x), small.predict(x));
            Assert.Equal(left.shape, right.shape);
            var apart = (double)tf.reduce_max(tf.abs(left - right)) / (1 + (double)tf.reduce_max(tf.abs(left)));
            Assert.True(apart < 1e-12, $"{name}: {left} {right}");
            Assert.DoesNotContain(small.layers, l => l is HardConcreteGate or GatedRecurrent);
        }
    }

    [Fact]
    public void A_branch_whose_gates_have_all_closed_goes_where_the_rest_is_enough()
    {
        var input = Input(4);
        var block = Gate().Apply(Dense(4, Dense(9, input, "relu")));
        var model = Model([input], [Dense(2, input + block)]);
        gates[0].log_alpha!.assign(tf.fill(4, tf.constant(-9.0, tf.float64)));
        var small = HardConcreteGate.Compact(model);
        Assert.Equal(4 * 2, Operations.Of(small));
        var x = tf.random.normal((3, 4), seed: 1, dtype: tf.float64);
        Assert.Equal(model.predict(x).ToArray<double>(), small.predict(x).ToArray<double>());
        var alone = Model([input], [Dense(2, layers.Maximum().Apply([input, block]))]);
        Assert.Contains("all of whose gates have closed", Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(alone)).Message);
    }

    [Fact]
    public void Several_inputs_and_outputs_stay_and_an_input_of_a_gate_alone_is_narrower()
    {
        KerasTensor a = Input(4, name: "a"), b = Input(3, name: "b");
        var h = Gate().Apply(Dense(6, layers.Concatenate().Apply([Gate().Apply(a), b]), "tanh"));
        var model = Model([a, b], [Dense(2, h), Dense(1, layers.Dropout(0.2).Apply(h), "sigmoid")]);
        gates[0].log_alpha!.assign(tf.constant(new[] { 1.0, -0.2, 0, 3, -9, -9 }));
        gates[1].log_alpha!.assign(tf.constant(new[] { 0.0, -9, 2, -9 }));
        var small = HardConcreteGate.Compact(model);
        Assert.Equal(["a", "b"], small.inputs.Select(i => i.name));
        Assert.Equal([2, 3], small.inputs.Select(i => i.shape[1]));
        Tensor x = tf.random.normal((5, 4), seed: 1, dtype: tf.float64), y = tf.random.normal((5, 3), seed: 2, dtype: tf.float64);
        var (all, left) = (model.predict_many([x, y]), small.predict_many([tf.gather(x, gates[1].Kept, axis: -1), y]));
        foreach (var (one, other) in all.Zip(left)) Assert.True((double)tf.reduce_max(tf.abs(one - other)) < 1e-14);
    }

    [Fact]
    public void What_units_cannot_be_followed_through_is_refused_by_name()
    {
        string Refused(Func<KerasTensor, KerasTensor> net)
        {
            var input = Input(4);
            return Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(Model([input], [net(input)]))).Message;
        }
        KerasTensor Gated(KerasTensor x) => new HardConcreteGate(name: "gate").Apply(Dense(4, x));
        Assert.Contains("'product' (Multiply) behind 'gate'",
            Refused(x => Dense(1, layers.Multiply(name: "product").Apply([Gated(x), x]))));
        Assert.Contains("'add' (an operation) behind 'gate'", Refused(x => Dense(1, Gated(x) + 1.0)));
        Assert.Contains("'gate' behind 'concatenate", Refused(x => Dense(1, new HardConcreteGate(name: "gate").Apply(
            layers.Concatenate().Apply([Dense(3, x), x])))));
        Assert.Contains("called with training", Refused(x => Dense(1, layers.Dropout(0.5, name: "drop").Apply(Gated(x), true))));
        Assert.Contains("weights behind each gate", Refused(x => Gated(x) + x));
    }

    [Fact]
    public void A_layer_made_anew_has_inner_layers_of_its_own()
    {
        var outer = layers.TimeDistributed(layers.Dense(2));
        outer.Apply(tf.ones((1, 3, 2), tf.float64));
        var copy = (TimeDistributed)outer.With();
        Assert.NotSame(outer.layer, copy.layer);
        copy.Apply(tf.ones((1, 3, 5), tf.float64));
        Assert.Equal(new Shape(2, 2), outer.layer.weights[0].shape);
    }
}
