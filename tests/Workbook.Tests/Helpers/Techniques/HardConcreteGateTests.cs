using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Gates that close. The probabilities are those of the paper's formula, and of 200 000 draws.</summary>
public class HardConcreteGateTests
{
    [Theory]
    [InlineData(-3, 0.19759)]
    [InlineData(-1, 0.64534)]
    [InlineData(0, 0.83182)]
    [InlineData(1, 0.93077)]
    [InlineData(3, 0.99003)]
    public void A_gate_is_open_with_the_probability_of_the_formula_and_as_often_as_it_is_drawn(double logAlpha, double probability)
    {
        Assert.Equal(probability, (double)HardConcreteGate.Probability(tf.constant(logAlpha)), 5e-6);
        var gate = new HardConcreteGate(log_alpha: logAlpha, seed: 1);
        var z = gate.Apply(tf.ones((1, 200_000)), training: true);
        var open = (double)tf.reduce_mean(tf.cast(tf.greater(z, 0.0), tf.float64));
        // Four standard errors of a share in 200 000 draws.
        Assert.Equal(probability, open, 4 * Math.Sqrt(probability * (1 - probability) / 200_000));
        Assert.True((double)tf.reduce_max(z) <= 1);
    }

    [Fact]
    public void The_price_is_paid_for_the_expected_number_and_has_a_gradient()
    {
        var gate = new HardConcreteGate(price: 0.5, log_alpha: 1);
        using var tape = tf.GradientTape();
        gate.Apply(tf.ones((2, 3)));
        var loss = Assert.Single(gate.losses);
        Assert.Equal(0.5 * 3 * 0.93077, (double)loss, 1e-4);
        var slope = tape.gradient(loss, gate.log_alpha!);
        Assert.Equal(0.5 * 0.93077 * (1 - 0.93077), (double)slope![0], 1e-5);
    }

    [Fact]
    public void A_compact_net_predicts_what_the_gated_net_does()
    {
        var first = new HardConcreteGate(seed: 1);
        var hidden = new HardConcreteGate(seed: 2);
        var model = Sequential([Input(6), first, layers.Dense(8, activation: "tanh"), layers.BatchNormalization(), hidden,
            layers.Dropout(0.2), layers.Dense(3, activation: "softmax")]);
        first.log_alpha!.assign(tf.constant(new[] { 3f, -4, 0.5f, 2, -4, -1.5f }));
        hidden.log_alpha!.assign(tf.constant(new[] { -4f, 0, 3, 1, -4, -4, 2, 3 }));
        Shuffled(model);
        var x = tf.random.normal((9, 6), seed: 1);
        var small = HardConcreteGate.Compact(model);
        Assert.Equal([0, 2, 3, 5], first.Kept);
        Assert.Equal(new Shape(-1, 4), small.inputs[0].shape);
        Assert.Equal(["Dense", "BatchNormalization", "Dropout", "Dense"], small.layers.Select(l => l.GetType().Name));
        Assert.Equal([new(4, 5), 5, 5, 5, 5, 5, new(5, 3), 3], small.get_weights().Select(w => w.shape));
        Near(model.predict(x), small.predict(tf.gather(x, first.Kept, axis: -1)));
        Assert.True(Operations.Of(small) < Operations.Of(model));
        Assert.Equal(4 * 5 + 5 * 3, Operations.Of(small));
    }

    [Fact]
    public void Channels_of_convolutions_are_cut_through_pools_and_Flatten()
    {
        HardConcreteGate one = new(seed: 1), two = new(seed: 2), three = new(seed: 3);
        var model = Sequential([Input((6, 6, 2)), layers.Conv2D(4, 3, padding: "same"), one, layers.ReLU(), layers.MaxPooling2D(),
            layers.Conv2D(3, 2, activation: "relu"), two, layers.Flatten(), layers.Dense(5, activation: "relu"), three, layers.Dense(2)]);
        one.log_alpha!.assign(tf.constant(new[] { -4f, 3, 0, 1 }));
        two.log_alpha!.assign(tf.constant(new[] { 0f, -4, 3 }));
        three.log_alpha!.assign(tf.constant(new[] { 0f, 3, -4, -4, 1 }));
        Shuffled(model);
        var small = HardConcreteGate.Compact(model);
        var x = tf.random.normal((4, 6, 6, 2), seed: 2);
        Assert.Equal([new(3, 3, 2, 3), 3, new(2, 2, 3, 2), 2, new(8, 3), 3, new(3, 2), 2], small.get_weights().Select(w => w.shape));
        Near(model.predict(x), small.predict(x));
    }

    [Fact]
    public void A_net_of_float64_is_cut_to_one_of_float64_whatever_type_layers_have_by_now()
    {
        config.set_floatx(tf.float64);
        Sequential model;
        try
        {
            model = Sequential([Input(3), layers.Dense(4, activation: "tanh"), new HardConcreteGate(log_alpha: 1), layers.Dense(2)]);
        }
        finally
        {
            config.set_floatx(tf.float32);
        }
        Shuffled(model);
        var x = tf.constant(new[,] { { 0.1, -0.7, 0.3 }, { 0.9, 0.2, -0.4 } });
        var apart = model.predict(x) - HardConcreteGate.Compact(model).predict(x);
        Assert.Equal(DType.Float64, apart.dtype);
        Assert.True((double)tf.reduce_max(tf.abs(apart)) < 1e-15);
    }

    [Fact]
    public void What_words_are_made_of_is_cut_before_a_recurrent_layer()
    {
        var gate = new HardConcreteGate(seed: 1);
        var model = Sequential([Input(5, dtype: tf.int32), layers.Embedding(7, 4, mask_zero: true), gate, layers.LSTM(3), layers.Dense(1)]);
        gate.log_alpha!.assign(tf.constant(new[] { 0f, -4, 3, 1 }));
        Shuffled(model);
        var x = tf.constant(new[,] { { 1, 2, 3, 0, 0 }, { 6, 5, 0, 0, 0 } });
        var small = HardConcreteGate.Compact(model);
        Assert.Equal(new Shape(7, 3), small.get_weights()[0].shape);
        Near(model.predict(x), small.predict(x));
    }

    [Fact]
    public void Features_that_say_nothing_are_closed_and_the_others_are_not()
    {
        utils.set_random_seed(3);
        var x = tf.random.normal((200, 6), seed: 1);
        var y = 2.0 * x[.., 1..2] - 1.5 * x[.., 4..5] + 0.1 * tf.random.normal((200, 1), seed: 2);
        var gate = new HardConcreteGate(price: 0.1, seed: 4);
        var model = Sequential([Input(6), gate, layers.Dense(1)]);
        model.compile(optimizers.Adam(0.05), "mse");
        model.fit(x, y, epochs: 150, batch_size: 50, verbose: 0);
        Assert.Equal([1, 4], gate.Kept);
    }

    [Fact]
    public void What_cannot_be_cut_is_refused()
    {
        string Refused(params Layer[] stack) =>
            Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(Sequential([Input((4, 4, 2)), .. stack]))).Message;
        HardConcreteGate Gate(double at = 2.2) => new(log_alpha: at, name: "gate");
        Assert.Contains("'gate' behind 'flat' (Flatten), which has no units",
            Refused(layers.Conv2D(3, 2), layers.Flatten(name: "flat"), Gate(), layers.Dense(1)));
        Assert.Contains("weights behind each gate", Refused(layers.Conv2D(3, 2), Gate()));
        Assert.Contains("which has none", Refused(layers.Conv2D(3, 2)));
        Assert.Contains("all of whose gates have closed", Refused(layers.Conv2D(3, 2), Gate(-9), layers.Conv2D(1, 1)));
        Assert.Contains("'tanh' (Activation) behind 'gate'",
            Refused(layers.Conv2D(3, 2), Gate(), layers.Activation("tanh", name: "tanh"), layers.Conv2D(1, 1)));
        Assert.Contains("several", Refused(layers.Conv2D(4, 2, groups: 2, name: "grouped"), Gate(), layers.Conv2D(1, 1)));
        Assert.Contains("which has none. Put the gate behind a layer with units",
            Assert.Throws<ShapeException>(() => new HardConcreteGate().Apply(tf.ones(3))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(beta: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(gamma: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(zeta: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(price: -1));
    }

    [Fact]
    public void Units_that_depend_on_each_other_and_factors_that_do_not_pass_are_refused()
    {
        string Refused(params Layer[] stack)
        {
            var gate = (HardConcreteGate)stack.Single(l => l is HardConcreteGate);
            var model = Sequential([Input((4, 4, 2)), .. stack]);
            gate.log_alpha!.assign(tf.constant(new[] { 3f, -4, 0.5f, -4 }));
            return Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(model)).Message;
        }
        HardConcreteGate Gate() => new(name: "gate");
        foreach (var mixing in new[] { "softmax", "log_softmax" })
        {
            Assert.Contains("each depends on the others", Refused(layers.Dense(4, mixing), Gate(), layers.Dense(2)));
            Assert.Contains("each depends on the others", Refused(layers.Conv2D(4, 2, activation: mixing), Gate(), layers.Conv2D(2, 1)));
            Assert.Contains("each depends on the others", Refused(layers.Dense(4), layers.Activation(mixing), Gate(), layers.Dense(2)));
            Assert.Contains("does not pass on a factor", Refused(layers.Dense(4), Gate(), layers.Activation(mixing), layers.Dense(2)));
        }
        foreach (var mixing in new Layer[] { layers.BatchNormalization(axis: 1), layers.LayerNormalization() })
            Assert.Contains("each depends on the others", Refused(layers.Dense(4), mixing, Gate(), layers.Dense(2)));
        Assert.Contains("No gate can be cut out beside it", Refused(layers.Dense(4), Gate(), layers.LayerNormalization(), layers.Dense(2)));
        foreach (var bent in new Layer[] { layers.Activation("hard_shrink"), layers.ReLU(threshold: 0.5), layers.ReLU(max_value: 5000) })
            Assert.Contains("does not pass on a factor", Refused(layers.Dense(4), Gate(), bent, layers.Dense(2)));
        var lost = Sequential([Input(3), layers.Dense(2), new HardConcreteGate(name: "gate"), layers.Dense(1)]);
        ((HardConcreteGate)lost.layers[1]).log_alpha!.assign(tf.constant(new[] { float.NaN, 1 }));
        Assert.Contains("NaN among its log_alpha", Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(lost)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(log_alpha: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardConcreteGate(gamma: double.NaN));
    }

    [Fact]
    public void Pools_of_sequences_and_functional_models_without_branches_are_cut_too()
    {
        HardConcreteGate one = new(seed: 1), two = new(seed: 1);
        var sequence = Sequential([Input((8, 2)), layers.Conv1D(4, 3, activation: "relu"), one, layers.MaxPooling1D(2),
            layers.AveragePooling1D(2), layers.Flatten(), layers.Dense(2)]);
        var input = Input(3);
        var hidden = two.Apply(layers.Dense(4, "tanh").Apply(input));
        var functional = Model([input], [layers.Dense(2, name: "last").Apply(hidden)]);
        foreach (var (model, gate, x) in new[] { (sequence, one, tf.random.normal((3, 8, 2), seed: 3)),
            (functional, two, tf.random.normal((3, 3), seed: 3)) })
        {
            gate.log_alpha!.assign(tf.constant(new[] { 3f, -4, 0.5f, -4 }));
            Shuffled(model);
            var small = HardConcreteGate.Compact(model);
            Assert.True(small.count_params() < model.count_params() / 1.5);
            Near(model.predict(x), small.predict(x));
        }
    }

    [Fact]
    public void Models_inside_and_layers_that_cannot_be_made_anew_are_refused_by_name()
    {
        string Refused(Model model) => Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(model)).Message;
        var inside = Sequential([Input(4), layers.Dense(3), new HardConcreteGate(), layers.Dense(2)], name: "inside");
        Assert.Contains("layers without models inside", Refused(Sequential([Input(4), inside, layers.Dense(2)])));
        var mixed = new MixedActivation(("relu", x => tf.nn.relu(x)), ("tanh", x => tf.tanh(x)));
        Assert.Contains($"'{mixed.name}' (MixedActivation)",
            Refused(Sequential([Input(4), layers.Dense(3), new HardConcreteGate(), layers.Dense(3), mixed, layers.Dense(2)])));
    }

    static void Shuffled(Model model)
    {
        var random = new SplitMix64(9);
        foreach (var weight in model.weights.Where(w => !w.name.EndsWith("log_alpha", StringComparison.Ordinal)))
        {
            var mayBeNegative = !weight.name.EndsWith("variance", StringComparison.Ordinal);
            double Drawn() => 0.5 + 0.4 * random.NextUniform() - (random.NextUniform() < 0.5 && mayBeNegative ? 0.8 : 0);
            var values = tf.constant(Enumerable.Range(0, weight.shape.Size).Select(_ => Drawn()).ToArray());
            weight.assign(tf.reshape(tf.cast(values, weight.dtype), weight.shape));
        }
    }

    static void Near(Tensor a, Tensor b)
    {
        Assert.Equal(a.shape, b.shape);
        Assert.True((double)tf.reduce_max(tf.abs(a - b)) < 2e-6, $"{a} {b}");
    }
}
