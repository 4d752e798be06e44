using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Gates inside of a recurrence: a unit that is closed is seen by nobody, so it can be cut out.</summary>
public class GatedRecurrentTests
{
    static readonly Tensor alphas = tf.constant(new[] { 3f, -4, 0.5f, -4, -0.4f });

    public static TheoryData<string, Func<Recurrent>> Layers => new()
    {
        { "SimpleRNN", () => layers.SimpleRNN(5, activation: "sigmoid") },
        { "LSTM", () => layers.LSTM(5, dropout: 0.2, recurrent_dropout: 0.1) },
        { "LSTM, without a bias", () => layers.LSTM(5, use_bias: false, go_backwards: true) },
        { "LSTM, with a strength", () => layers.LSTM(5, kernel_regularizer: regularizers.l2(new Positive(0.01))) },
        { "GRU", () => layers.GRU(5) },
        { "GRU, reset before", () => layers.GRU(5, reset_after: false) },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_compact_recurrent_layer_has_fewer_units_and_says_the_same(string name, Func<Recurrent> make)
    {
        var (gated, model) = Text(make());
        var small = HardConcreteGate.Compact(model);
        var one = Assert.IsType<Recurrent>(small.layers[1], exactMatch: false);
        Assert.Equal(3, one.recurrent_kernel!.shape[0]);
        Assert.Equal(gated.layer.recurrent_kernel!.shape[1] / 5 * 3, one.recurrent_kernel.shape[1]);
        Assert.True(Difference(model, small) < 2e-6, name);
        Assert.True(Operations.Of(small) < Operations.Of(model));
    }

    [Fact]
    public void All_steps_of_a_compact_layer_are_those_of_the_gated_one()
    {
        var (one, two) = (new GatedRecurrent(layers.LSTM(5, return_sequences: true), new()), new GatedRecurrent(layers.GRU(4), new()));
        var words = new HardConcreteGate();
        var model = Sequential([Input(4, dtype: tf.int32), layers.Embedding(7, 3, mask_zero: true), words, one,
            layers.SpatialDropout1D(0.1), two, layers.Dense(1)]);
        words.log_alpha!.assign(tf.constant(new[] { -4f, 0, 3 }));
        one.gate.log_alpha!.assign(alphas);
        two.gate.log_alpha!.assign(tf.constant(new[] { 1f, -4, 0, 3 }));
        var small = HardConcreteGate.Compact(model);
        Assert.Equal([new(7, 2), new(2, 12), new(3, 12), 12, new(3, 9), new(3, 9), new(2, 9), new(3, 1), 1],
            small.get_weights().Select(w => w.shape));
        Assert.True(Difference(model, small) < 2e-6);
    }

    [Fact]
    public void A_closed_unit_is_seen_by_nobody_where_a_gate_behind_the_layer_only_hides_it_from_the_next()
    {
        var (gated, model) = Text(layers.LSTM(5));
        var behind = Sequential([Input(4, dtype: tf.int32), layers.Embedding(7, 3), layers.LSTM(5), new HardConcreteGate(),
            layers.Dense(1)]);
        behind.set_weights(model.get_weights());
        var (before, beforeBehind) = (model.predict(words), behind.predict(words));
        foreach (var layer in new[] { gated.layer, (Recurrent)behind.layers[1] })
            layer.bias!.assign(layer.bias.value() + tf.cast(tf.equal(tf.range(20) % 5, 3), tf.float32));
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(model.predict(words) - before)));
        Assert.True((double)tf.reduce_max(tf.abs(behind.predict(words) - beforeBehind)) > 1e-4);
        Assert.Contains(
            "'gate' behind 'cell' (LSTM), whose units it cannot close inside of the recurrence. Make both one: new GatedRecurrent",
            Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(Sequential([Input((4, 3)), layers.LSTM(5, name: "cell"),
                new HardConcreteGate(name: "gate"), layers.Dense(1)]))).Message);
    }

    [Fact]
    public void Gates_and_weights_have_the_slopes_of_the_recurrence()
    {
        var (gated, model) = Text(layers.LSTM(5));
        gated.gate.log_alpha!.assign(tf.constant(new[] { 1f, -0.5f, 0.5f, 0, -1 }));
        Tensor Loss() => tf.reduce_sum(tf.square(model.Apply(words)));
        using var tape = tf.GradientTape();
        var loss = Loss();
        Variable[] asked = [gated.gate.log_alpha, gated.layer.recurrent_kernel!, gated.layer.kernel!];
        foreach (var (variable, slope) in asked.Zip(tape.gradient(loss, asked)))
        {
            var direction = tf.random.normal(variable.shape, seed: 3);
            var (at, step) = (tf.stop_gradient(variable.value()), 1e-2f);
            double At(float by)
            {
                variable.assign(at + by * direction);
                return (double)Loss();
            }
            var measured = (At(step) - At(-step)) / (2 * step);
            variable.assign(at);
            // Central differences in float32 are good for three digits here.
            Assert.Equal(measured, (double)tf.reduce_sum(slope! * direction), 2e-3 * Math.Max(1, Math.Abs(measured)));
        }
    }

    [Fact]
    public void A_price_closes_units_that_are_not_needed_and_is_part_of_the_loss()
    {
        utils.set_random_seed(1);
        var x = tf.random.normal((200, 4, 2), seed: 1);
        var y = tf.tanh(x[.., 2, ..1] + x[.., 3, ..1]);
        var gated = new GatedRecurrent(layers.SimpleRNN(6), new HardConcreteGate(price: 0.05, seed: 2));
        var model = Sequential([Input((4, 2)), gated, layers.Dense(1)]);
        model.compile(optimizers.Adam(0.05), "mse");
        var share = (double)tf.reduce_sum(gated.gate.Open) * 0.05;
        var losses = model.evaluate(x, y)["loss"] - (double)tf.reduce_mean(tf.square(model.predict(x) - y));
        Assert.Equal(share, losses, 1e-5);
        model.fit(x, y, epochs: 100, batch_size: 50, verbose: 0);
        var small = HardConcreteGate.Compact(model);
        Assert.InRange(gated.gate.Kept.Length, 1, 4);
        Assert.True((double)tf.reduce_mean(tf.square(small.predict(x) - y)) < 0.1 * (double)tf.math.reduce_variance(y));
    }

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        Assert.Contains("with return_state, and its states are those before the gates. Leave return_state out",
            Assert.Throws<ArgumentException>(() => new GatedRecurrent(layers.LSTM(3, return_state: true), new())).Message);
        Assert.Throws<ShapeException>(() => new GatedRecurrent(layers.LSTM(3), new()).Apply(tf.ones((2, 3))));
        var (gated, model) = Text(layers.GRU(5));
        gated.gate.log_alpha!.assign(tf.fill(5, -9f));
        Assert.Contains("all of whose gates have closed",
            Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(model)).Message);
        Assert.Contains("weights behind each gate", Assert.Throws<ArgumentException>(() => HardConcreteGate.Compact(Sequential(
            [Input((4, 2)), new GatedRecurrent(layers.GRU(2), new())]))).Message);
    }

    static readonly Tensor words = tf.constant(new[,] { { 1, 2, 3, 4 }, { 6, 5, 0, 0 }, { 2, 2, 2, 0 } });

    static (GatedRecurrent, Sequential) Text(Recurrent layer)
    {
        utils.set_random_seed(4);
        var gated = new GatedRecurrent(layer, new HardConcreteGate(seed: 1));
        var model = Sequential([Input(4, dtype: tf.int32), layers.Embedding(7, 3, mask_zero: true), gated, layers.Dense(1)]);
        gated.gate.log_alpha!.assign(alphas);
        foreach (var (weight, i) in model.weights.Where(w => w.shape.Rank > 0 && w != gated.gate.log_alpha).Select((w, i) => (w, i)))
            weight.assign(tf.random.normal(weight.shape, stddev: 0.7, seed: i));
        return (gated, model);
    }

    static double Difference(Model a, Model b) => (double)tf.reduce_max(tf.abs(a.predict(words) - b.predict(words)));
}
