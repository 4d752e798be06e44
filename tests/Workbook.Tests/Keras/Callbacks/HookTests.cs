using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Callbacks;

/// <summary>When callbacks are called, and what their logs hold; as Keras 3.15 does it.</summary>
public class HookTests
{
    static readonly Tensor x = tf.random.normal((8, 3), seed: 1), y = tf.random.normal((8, 1), seed: 2);

    readonly List<string> told = [];

    Model Compiled()
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        model.compile(optimizers.SGD(0.1), "mse", metrics: ["mae"]);
        return model;
    }

    [Fact]
    public void A_fit_calls_all_hooks_in_order_and_its_end_gets_the_logs_of_the_last_epoch()
    {
        Compiled().fit(x, y, batch_size: 4, validation_data: (x[..2], y[..2]), verbose: 0, callbacks: [new Teller(told)]);
        Assert.Equal(["train_begin ", "epoch_begin 0 ", "train_batch_begin 0 ", "train_batch_end 0 loss mae", "train_batch_begin 1 ",
            "train_batch_end 1 loss mae", "test_begin ", "test_batch_begin 0 ", "test_batch_end 0 loss mae", "test_end loss mae",
            "epoch_end 0 loss mae val_loss val_mae", "train_end loss mae val_loss val_mae"], told);
    }

    [Fact]
    public void An_evaluation_calls_its_hooks()
    {
        Compiled().evaluate(x, y, batch_size: 4, callbacks: [new Teller(told)]);
        Assert.Equal(["test_begin ", "test_batch_begin 0 ", "test_batch_end 0 loss mae", "test_batch_begin 1 ",
            "test_batch_end 1 loss mae", "test_end loss mae"], told);
    }

    [Fact]
    public void Predictions_call_their_hooks()
    {
        Compiled().predict(x, batch_size: 4, callbacks: [new Teller(told)]);
        Assert.Equal(["predict_begin ", "predict_batch_begin 0 ", "predict_batch_end 0 ", "predict_batch_begin 1 ", "predict_batch_end 1 ",
            "predict_end "], told);
    }

    sealed class Teller(List<string> told) : Callback
    {
        void Tell(string hook, Dictionary<string, double> logs) =>
            told.Add($"{hook} {string.Join(" ", logs.Keys.Order(StringComparer.Ordinal))}");

        public override void on_train_begin(Dictionary<string, double> logs) => Tell("train_begin", logs);

        public override void on_train_end(Dictionary<string, double> logs) => Tell("train_end", logs);

        public override void on_epoch_begin(int epoch, Dictionary<string, double> logs) => Tell($"epoch_begin {epoch}", logs);

        public override void on_epoch_end(int epoch, Dictionary<string, double> logs) => Tell($"epoch_end {epoch}", logs);

        public override void on_train_batch_begin(int batch, Dictionary<string, double> logs) => Tell($"train_batch_begin {batch}", logs);

        public override void on_train_batch_end(int batch, Dictionary<string, double> logs) => Tell($"train_batch_end {batch}", logs);

        public override void on_test_begin(Dictionary<string, double> logs) => Tell("test_begin", logs);

        public override void on_test_end(Dictionary<string, double> logs) => Tell("test_end", logs);

        public override void on_test_batch_begin(int batch, Dictionary<string, double> logs) => Tell($"test_batch_begin {batch}", logs);

        public override void on_test_batch_end(int batch, Dictionary<string, double> logs) => Tell($"test_batch_end {batch}", logs);

        public override void on_predict_begin(Dictionary<string, double> logs) => Tell("predict_begin", logs);

        public override void on_predict_end(Dictionary<string, double> logs) => Tell("predict_end", logs);

        public override void on_predict_batch_begin(int batch, Dictionary<string, double> logs) =>
            Tell($"predict_batch_begin {batch}", logs);

        public override void on_predict_batch_end(int batch, Dictionary<string, double> logs) => Tell($"predict_batch_end {batch}", logs);
    }
}
