using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Masks go from the layer that makes them through the model into losses and metrics, as in Keras: two epochs, the same
/// numbers.</summary>
public class MaskedFitTests
{
    static readonly Dictionary<string, JsonElement> Runs = JsonDocument.Parse(File.ReadAllText(Repository.File(
        "tests/Workbook.Tests/Keras/Data/keras-layers.json"))).RootElement.GetProperty("fits").EnumerateArray()
        .ToDictionary(c => c.GetProperty("name").GetString()!);

    [Fact]
    public void A_text_is_read_up_to_where_it_ends() => Check("words", () => keras.Sequential([keras.Input(5, dtype: tf.int32),
        layers.Embedding(6, 3, mask_zero: true), layers.LSTM(3), layers.Dense(1, activation: "sigmoid")]),
        "binary_crossentropy", ["accuracy"], whole: true);

    [Fact]
    public void Steps_without_a_word_count_neither_in_the_loss_nor_in_the_accuracy() => Check("tags", () => keras.Sequential([
        keras.Input(5, dtype: tf.int32), layers.Embedding(6, 3, mask_zero: true),
        layers.Bidirectional(layers.GRU(2, return_sequences: true)), layers.Dropout(0.0), layers.Dense(3, activation: "softmax")]),
        "sparse_categorical_crossentropy", ["accuracy"], whole: true);

    [Fact]
    public void Weights_of_samples_and_masks_of_steps_multiply() => Check("series", () => keras.Sequential([keras.Input((5, 2)),
        layers.Masking(), layers.SimpleRNN(3, return_sequences: true), layers.TimeDistributed(layers.Dense(2))]), "mse", ["mae"],
        weighted: ["mse"]);

    static void Check(string name, Func<Model> make, string loss, MetricsPerOutput metrics, bool whole = false,
        MetricsPerOutput? weighted = null)
    {
        var run = Runs[name];
        keras.config.set_floatx(tf.float64);
        try
        {
            var model = make();
            model.compile(keras.optimizers.SGD(0.2), loss, metrics: metrics, weighted_metrics: weighted);
            model.set_weights([.. run.GetProperty("weights").EnumerateArray().Select(w => LayerGoldenTests.Values(w))]);
            var (x, y) = (LayerGoldenTests.Values(run.GetProperty("x"), whole), LayerGoldenTests.Values(run.GetProperty("y")));
            var history = model.fit(x, y, batch_size: 5, epochs: 2, shuffle: false, verbose: 0,
                sample_weight: weighted is null ? null : LayerGoldenTests.Values(run.GetProperty("sample_weight"))).history;
            foreach (var log in run.GetProperty("history").EnumerateObject())
                Numbers.Near(log.Value.Flat(), history[log.Name], 1e-6, 1e-6, log.Name);
            var evaluated = model.evaluate(x, y, batch_size: 5);
            foreach (var log in run.GetProperty("evaluated").EnumerateObject())
                Assert.Equal(log.Value.GetDouble(), evaluated[log.Name], 1e-6);
            Numbers.Near(run.GetProperty("predicted").GetProperty("data"), model.predict(x), 1e-6, 1e-6, "predictions");
        }
        finally
        {
            keras.config.set_floatx(tf.float32);
        }
    }
}
