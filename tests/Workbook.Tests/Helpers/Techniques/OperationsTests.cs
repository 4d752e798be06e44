using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Multiplications that are expected. Truth: those of the model that is left when gates are surely open or surely
/// closed.</summary>
public class OperationsTests
{
    [Fact]
    public void With_gates_that_are_surely_open_or_closed_the_expected_operations_are_those_that_are_left()
    {
        foreach (var stack in new Layer[][]
        {
            [Input(6), Gate(4), layers.Dense(8, activation: "tanh"), layers.BatchNormalization(), Gate(3), layers.Dense(2)],
            [Input((5, 5, 2)), layers.Conv2D(4, 2), Gate(3), layers.MaxPooling2D(2), layers.Flatten(), layers.Dense(3), Gate(2),
                layers.Dense(2)],
            [Input(5, dtype: tf.int32), layers.Embedding(7, 4), Gate(2), layers.LSTM(3), layers.Dense(1)],
            [Input((5, 3)), new GatedRecurrent(layers.GRU(4), Gate(2)), layers.Dense(2)],
        })
        {
            var model = Sequential(stack);
            foreach (var gate in Gates(model)) Set(gate, closed: 1);
            var small = HardConcreteGate.Compact(model);
            Assert.Equal(Operations.Of(small), (double)Operations.Expected(model), 1e-2);
            foreach (var gate in Gates(model)) Set(gate, closed: 0);
            Assert.Equal(Operations.Of(model), (double)Operations.Expected(model), 1e-2);
        }
    }

    [Fact]
    public void A_bias_multiplies_nothing()
    {
        // 5 steps: 3 inputs and 4 units to 3 gates of 4 units; then 4 units to 2.
        Assert.Equal(5 * (3 + 4) * 12 + 4 * 2, Operations.Of(Sequential([Input((5, 3)), layers.GRU(4), layers.Dense(2)])));
    }

    /// <summary>Truth: counted by hand.</summary>
    [Fact]
    public void Each_layer_is_counted_at_the_places_where_its_kernel_stands()
    {
        long Of(params Layer[] stack) => Operations.Of(Sequential(stack));
        Assert.Equal(4 * 4 * 2 * 3 * 9, Of(Input((4, 4, 2)), layers.Conv2DTranspose(3, 3, strides: 2)));
        Assert.Equal(5 * 2 * 3 * 4, Of(Input((5, 2)), layers.Conv1DTranspose(3, 4, strides: 2)));
        Assert.Equal(2 * 2 * 9 * 2, Of(Input((5, 5, 2)), layers.DepthwiseConv2D(3, strides: 2)));
        Assert.Equal(3 * 3 * (9 * 2 + 2 * 4), Of(Input((5, 5, 2)), layers.SeparableConv2D(4, 3)));
        Assert.Equal(3 * 3 * 9 * 2 * 4 / 2, Of(Input((5, 5, 2)), layers.Conv2D(4, 3, groups: 2)));
        Assert.Equal(0, Of(Input((5, 5, 2)), layers.PReLU()));
        Assert.Equal(0, Of(Input((5, 3)), layers.LayerNormalization(axis: new[] { 1, 2 })));
        Assert.Equal(4 * 3 * 2, Of(Input(4), layers.EinsumDense("ab,bcd->acd", (3, 2))));
        Assert.Equal(6 * 4 * 3, Of(Input((6, 4)), layers.EinsumDense("abc,cd->abd", (6, 3))));
        Assert.Equal(7 * 5 * 3 * 4, Of(Input((7, 5, 3)), layers.TimeDistributed(layers.Dense(4))));
        Assert.Equal(7 * 4 * 5 * 9 * 3 * 2, Of(Input((7, 4, 5, 3)), layers.TimeDistributed(layers.Conv2D(2, 3, padding: "same"))));
        Assert.Equal(6 * 2 * (3 + 4) * 16, Of(Input((6, 3)), layers.Bidirectional(layers.LSTM(4))));
        Assert.Equal(6 * (5 * 2 + 2 * 7), Of(Input((6, 5)), new LowRank(7, rank: 2)));
        KerasTensor query = Input((3, 8)), value = Input((5, 8));
        var attention = Model([query, value], [layers.MultiHeadAttention(2, 4).Apply([query, value])]);
        Assert.Equal(3 * 64 + 5 * 64 + 5 * 64 + 3 * 64, Operations.Of(attention));
    }

    [Fact]
    public void A_layer_that_is_used_twice_is_counted_twice()
    {
        var (a, b, shared) = (Input(4), Input(4), layers.Dense(3));
        var model = Model([a, b], [layers.Dense(2).Apply(layers.Concatenate().Apply([shared.Apply(a), shared.Apply(b)]))]);
        Assert.Equal(2 * 4 * 3 + 6 * 2, Operations.Of(model));
        var outer = Input(4);
        var sum = layers.Add().Apply([model.Apply([outer, outer]), model.Apply([outer, outer])]);
        Assert.Equal(2 * (2 * 4 * 3 + 6 * 2) + 2, Operations.Of(Model([outer], [layers.Dense(1).Apply(sum)])));
    }

    [Fact]
    public void What_nobody_can_count_is_refused_with_a_word()
    {
        var own = Sequential([Input((4, 4, 2)), new Own()]);
        Assert.Contains("'own'", Assert.Throws<ArgumentException>(() => Operations.Of(own)).Message);
        var unbuilt = Sequential([layers.Dense(3)]);
        Assert.Contains("keras.Input", Assert.Throws<ArgumentException>(() => Operations.Of(unbuilt)).Message);
    }

    sealed class Own() : Layer("own")
    {
        public override void build(Shape input_shape) => add_weight((1, 1, 2, 3), name: "kernel");

        public override Tensor call(Tensor inputs, bool training) => inputs;
    }

    [Fact]
    public void Gates_are_independent_so_shares_are_multiplied_and_have_a_slope()
    {
        var (pixels, units) = (new HardConcreteGate(log_alpha: 0), new HardConcreteGate(log_alpha: 1));
        var model = Sequential([Input(6), pixels, layers.Dense(8), units, layers.Dense(2)]);
        using var tape = tf.GradientTape();
        var expected = Operations.Expected(model);
        Assert.Equal(6 * 0.83182 * 8 * 0.93077 + 8 * 0.93077 * 2, (double)expected, 1e-3);
        var slope = tape.gradient(expected, pixels.log_alpha!)!;
        Assert.Equal(0.83182 * (1 - 0.83182) * 8 * 0.93077, (double)slope[0], 1e-3);
    }

    /// <summary>Truth: the open gates are drawn, and what each draw leaves is counted.</summary>
    [Fact]
    public void Branches_and_shared_layers_are_counted_as_draws_of_the_gates_are()
    {
        var input = Input(6);
        HardConcreteGate a = new(log_alpha: 0.3), b = new(log_alpha: -0.5), c = new(log_alpha: 0.1), d = new(log_alpha: 0.7);
        var shared = layers.Dense(3, "tanh");
        var first = a.Apply(layers.Dense(5, "relu").Apply(input));
        var second = b.Apply(layers.BatchNormalization().Apply(layers.Dense(5).Apply(input)));
        var sum = layers.Add().Apply([first, second]);
        var both = layers.Concatenate().Apply([c.Apply(shared.Apply(sum)), d.Apply(shared.Apply(layers.ReLU().Apply(second)))]);
        var model = Model([input], [layers.Dense(2).Apply(both)]);
        var random = new SplitMix64(5);
        foreach (var gate in new[] { a, b, c, d }.Select(g => g.log_alpha!))
            gate.assign(tf.constant(Enumerable.Range(0, gate.shape[0]).Select(_ => (float)random.NextNormal()).ToArray()));
        var open = new[] { a, b, c, d }.Select(g => g.Open.ToArray<double>()).ToArray();
        const int Draws = 20_000;
        var counted = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var z = open.Select(p => p.Select(v => random.NextUniform() < v).ToArray()).ToArray();
            int On(int g) => z[g].Count(v => v);
            var either = z[0].Zip(z[1]).Count(v => v.First || v.Second);
            counted[i] = 6 * On(0) + 6 * On(1) + either * On(2) + On(1) * On(3) + 2 * (On(2) + On(3));
        }
        var (mean, found) = (counted.Average(), (double)Operations.Expected(model));
        var error = Math.Sqrt(counted.Sum(v => (v - mean) * (v - mean))) / Draws;
        Assert.Equal(mean, found, 4 * error);
        Assert.Equal(6 * 10 + 2 * 5 * 3 + 6 * 2, Operations.Of(model));
    }

    [Fact]
    public void Units_of_a_recurrent_layer_meet_themselves_and_each_other()
    {
        var gate = new HardConcreteGate();
        var model = Sequential([Input((4, 3)), new GatedRecurrent(layers.LSTM(3), gate), layers.Dense(2)]);
        gate.log_alpha!.assign(tf.constant(new[] { -1f, 0.2f, 0.9f }));
        var p = gate.Open.ToArray<double>();
        var expected = 0.0;
        // All eight states of three gates.
        for (var state = 0; state < 8; state++)
        {
            var chance = Enumerable.Range(0, 3).Aggregate(1.0, (c, i) => c * ((state >> i & 1) == 1 ? p[i] : 1 - p[i]));
            var open = System.Numerics.BitOperations.PopCount((uint)state);
            expected += chance * (4 * (3 * 4 * open + open * 4 * open) + open * 2);
        }
        Assert.Equal(expected, (double)Operations.Expected(model), 1e-4);
    }

    [Fact]
    public void A_residual_sum_keeps_the_units_that_go_past_their_gate()
    {
        var (input, gate, inner) = (Input(4), new HardConcreteGate(log_alpha: 0), new HardConcreteGate(log_alpha: 1));
        var hidden = layers.Dense(4).Apply(input);
        var block = layers.Dense(4).Apply(inner.Apply(layers.Dense(8, "relu").Apply(gate.Apply(hidden))));
        var model = Model([input], [layers.Dense(2).Apply(layers.LayerNormalization().Apply(hidden + block))]);
        const double P = 0.83182, Q = 0.93077;
        Assert.Equal(16 + 4 * P * 8 * Q + 8 * Q * 4 + 8, (double)Operations.Expected(model), 1e-3);
        model.compile(optimizers.SGD(0), "mse");
        var loss = model.fit(tf.zeros((2, 4)), tf.zeros((2, 2)), verbose: 0, callbacks: [new OperationPrice(3)]).history["loss"][^1];
        Assert.Equal(3 * (double)Operations.Expected(model) / Operations.Of(model), loss, 1e-5);
    }

    [Fact]
    public void What_a_gate_cannot_cut_out_is_refused_with_a_word()
    {
        string Refused(Func<KerasTensor, KerasTensor> net)
        {
            var input = Input((6, 4));
            var model = Model([input], [net(input)]);
            return Assert.Throws<ArgumentException>(() => Operations.Expected(model)).Message;
        }
        HardConcreteGate Gate(string name = "gate") => new(name: name);
        Assert.Contains("GatedRecurrent", Refused(x => layers.Dense(1).Apply(Gate().Apply(layers.LSTM(3).Apply(x)))));
        foreach (var between in new Layer[] { layers.Flatten(), layers.LayerNormalization() })
            Assert.Contains($"'gate' behind '{between.name}'",
                Refused(x => layers.Dense(1).Apply(Gate().Apply(between.Apply(layers.Dense(3).Apply(x))))));
        Assert.Contains("'gate' behind 'dense", Refused(x => layers.Dense(1).Apply(Gate().Apply(layers.Dense(3, "softmax").Apply(x)))));
        Assert.Contains("(BatchNormalization) behind 'gate'",
            Refused(x => layers.Dense(1).Apply(layers.BatchNormalization().Apply(Gate().Apply(layers.Dense(3).Apply(x))))));
        Assert.Contains("(Multiply) behind 'gate'", Refused(x =>
        {
            var h = layers.Dense(3).Apply(x);
            return layers.Dense(1).Apply(layers.Multiply().Apply([Gate().Apply(h), layers.Dense(3).Apply(x)]));
        }));
        Assert.Contains("on two", Refused(x =>
        {
            var (one, gate) = (layers.Dense(3), Gate());
            var h = gate.Apply(one.Apply(x));
            return layers.Dense(1).Apply(layers.Add().Apply([h, Gate("other").Apply(h)]));
        }));
        Assert.Contains("(MultiHeadAttention) behind 'gate'", Refused(x =>
        {
            var h = Gate().Apply(layers.Dense(4).Apply(x));
            return layers.MultiHeadAttention(2, 2).Apply([h, h]);
        }));
        Assert.Contains("a model inside",
            Refused(x => Sequential([Input((6, 4)), layers.Dense(3), Gate(), layers.Dense(2)]).Apply(Gate("outer").Apply(x))));
        Assert.Contains("(Sequential) behind 'gate'",
            Refused(x => layers.Dense(1).Apply(Sequential([Input((6, 4)), layers.Dense(3)]).Apply(Gate().Apply(x)))));
    }

    [Fact]
    public void A_price_is_worth_its_share_of_the_operations_and_grows_over_its_steps()
    {
        var model = Sequential([Input(4), new HardConcreteGate(seed: 1), layers.Dense(1)]);
        model.compile(optimizers.SGD(0), "mse");
        double Loss(Callback? price, int steps)
        {
            var history = model.fit(tf.zeros((2, 4)), tf.zeros((2, 1)), epochs: steps, verbose: 0, callbacks: price is null ? [] : [price]);
            return history.history["loss"][^1];
        }
        var open = (double)Operations.Expected(model) / 4;
        Assert.Equal(0, Loss(null, 1), 1e-12);
        Assert.Equal(3 * open, Loss(new OperationPrice(3), 1), 1e-6);
        var grows = new OperationPrice(3, over: 4);
        Assert.Equal(3 * open / 4, Loss(grows, 1), 1e-6);
        Assert.Equal(3 * open / 2, Loss(grows, 2), 1e-6);
        Assert.Equal(3 * open, Loss(grows, 6), 1e-6);
    }

    [Fact]
    public void Who_has_no_gates_is_told()
    {
        var plain = Sequential([Input(4), layers.Dense(1)]);
        Assert.Contains("expected a model with a HardConcreteGate",
            Assert.Throws<ArgumentException>(() => Operations.Expected(plain)).Message);
        plain.compile("sgd", "mse");
        Assert.Throws<ArgumentException>(
            () => plain.fit(tf.zeros((2, 4)), tf.zeros((2, 1)), verbose: 0, callbacks: [new OperationPrice(1)]));
        var input = Input(4);
        var net = Model([input], [layers.Dense(1).Apply(input)]);
        net.compile("sgd", "mse");
        Assert.Contains("expected a model with a HardConcreteGate", Assert.Throws<ArgumentException>(
            () => net.fit(tf.zeros((2, 4)), tf.zeros((2, 1)), verbose: 0, callbacks: [new OperationPrice(1)])).Message);
        Assert.ThrowsAny<ArgumentException>(() => new OperationPrice(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OperationPrice(1, over: -1));
    }

    readonly Dictionary<HardConcreteGate, int> left = [];

    HardConcreteGate Gate(int kept)
    {
        var gate = new HardConcreteGate();
        left[gate] = kept;
        return gate;
    }

    void Set(HardConcreteGate gate, int closed)
    {
        var n = gate.log_alpha!.shape[0];
        gate.log_alpha.assign(tf.constant(Enumerable.Range(0, n).Select(i => closed == 1 && i >= left[gate] ? -40f : 40f).ToArray()));
    }

    static IEnumerable<HardConcreteGate> Gates(Sequential model) => model.layers
        .Select(l => l is GatedRecurrent recurrent ? recurrent.gate : l as HardConcreteGate).OfType<HardConcreteGate>();
}
