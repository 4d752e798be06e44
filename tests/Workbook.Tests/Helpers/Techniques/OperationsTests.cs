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
        Assert.Contains("expected a Sequential", Assert.Throws<ArgumentException>(
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
