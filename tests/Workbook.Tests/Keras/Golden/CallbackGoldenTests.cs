using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Keras' own tests of callbacks: a fit whose logged losses are prescribed.</summary>
public class CallbackGoldenTests
{
    public static TheoryData<string> Asserted => KerasCases.Names("keras_unit_tests/callbacks");

    [Theory]
    [MemberData(nameof(Asserted))]
    public void Callbacks_act_when_Keras_callbacks_act(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/callbacks", name);
        if (c.GetProperty("callback").GetString() == "ReduceLROnPlateau") Reduces(c);
        else Stops(c);
    }

    static void Reduces(JsonElement c)
    {
        var model = Linear(keras.optimizers.SGD(c.GetProperty("initial_lr").GetDouble()));
        var callback = Made.By<Callback>(typeof(keras.callbacks), "ReduceLROnPlateau", c.GetProperty("config"));
        model.fit(tf.ones((4, 2)), tf.ones((4, 1)), epochs: c.GetProperty("epochs").GetInt32(), verbose: 0, callbacks: [callback],
            validation_data: (tf.ones((2, 2)), tf.ones((2, 1))));
        Assert.Equal(c.GetProperty("expected_lr").GetDouble(), model.optimizer!.learning_rate, 1e-9);
    }

    static void Stops(JsonElement c)
    {
        var losses = c.GetProperty("losses").Flat().ToArray();
        var stopping = Made.By<EarlyStopping>(typeof(keras.callbacks), "EarlyStopping", c.GetProperty("config"));
        var model = Linear(keras.optimizers.SGD(0.0));
        // The weights carry the number of the epoch, so that a restore shows which one came back.
        var prescribed = keras.callbacks.LambdaCallback(on_epoch_end: (epoch, logs) =>
        {
            logs["loss"] = logs["val_loss"] = losses[epoch];
            model.set_weights([tf.fill((2, 1), (double)epoch)]);
        });
        var history = model.fit(tf.ones((4, 2)), tf.ones((4, 1)), epochs: losses.Length, verbose: 0, callbacks: [prescribed, stopping]);
        if (c.TryGetProperty("expected_stopped_epoch", out var stopped)) Assert.Equal(stopped.GetInt32(), stopping.stopped_epoch);
        if (c.TryGetProperty("expected_restored_epoch", out var restored))
            Assert.All(model.get_weights()[0].ToArray<double>(), w => Assert.Equal(restored.GetInt32(), w));
        if (c.TryGetProperty("expected_epochs_trained", out var trained)) Assert.Equal(trained.GetInt32(), history.epoch.Count);
    }

    static Model Linear(Optimizer optimizer)
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1, use_bias: false)]);
        model.compile(optimizer, "mse");
        return model;
    }
}
