using System.IO.Compression;
using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Text models that Keras 3.15 wrote: masks stand in their graphs as operations. Data/make_text_models.py says what Keras
/// predicts, and its losses when it trains on.</summary>
public sealed class TextModelTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public TextModelTests() =>
        ZipFile.ExtractToDirectory(Repository.File("tests/Workbook.Tests/Keras/Saving/Data/text-models.zip"), folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("lstm.keras")]
    [InlineData("masking.keras")]
    [InlineData("both-ends.keras")]
    [InlineData("attention.keras")]
    [InlineData("joined.keras")]
    [InlineData("shared.keras")]
    [InlineData("steps.keras")]
    [InlineData("decoder.keras")]
    [InlineData("old-lstm.h5")]
    [InlineData("old-both-ends.h5")]
    public void A_text_model_predicts_what_it_predicts_in_Keras_and_trains_on_as_there(string file)
    {
        var said = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file + ".json"))).RootElement;
        Tensor[] inputs = [.. said.GetProperty("inputs").EnumerateArray().Select(Read)];
        var model = models.load_model(Path.Combine(folder, file));
        Near(said.GetProperty("output"), model.ApplyMany(inputs, false)[0]);
        var again = Path.Combine(folder, "again.keras");
        model.save(again);
        Near(said.GetProperty("output"), models.load_model(again).ApplyMany(inputs, false)[0]);
        if (!said.TryGetProperty("losses", out var losses)) return;
        var y = tf.constant(new[,] { { 0f }, { 1 }, { 1 }, { 0 } });
        foreach (var loss in losses.EnumerateArray())
            // Four steps of Adam in float32.
            Assert.Equal(loss.GetDouble(), model.train_on_batch(inputs[0], y)["loss"], 1e-5);
    }

    [Fact]
    public void Dropout_in_a_functional_model_drops_in_training_though_Keras_writes_false_beside_it()
    {
        var model = models.load_model(Path.Combine(folder, "steps.keras"));
        var x = tf.constant(new[,] { { 1, 2, 3, 4, 5 } });
        Assert.True((double)tf.reduce_max(tf.abs(model.Apply(x, training: true) - model.Apply(x, training: false))) > 1e-5);
    }

    [Fact]
    public void A_mask_of_ones_own_is_refused()
    {
        var e = Assert.Throws<FormatException>(() => models.load_model(Path.Combine(folder, "own-mask.keras")));
        Assert.Contains("Expected a mask that follows from an Embedding with mask_zero or a Masking layer", e.Message);
        Assert.Contains("mask by one of these layers", e.Message);
    }

    static Tensor Read(JsonElement input) => tf.cast(tf.reshape(tf.constant(input.GetProperty("values").Deserialize<double[]>()!),
        new Shape(input.GetProperty("shape").Deserialize<int[]>()!)), input.GetProperty("whole").GetBoolean() ? tf.int32 : tf.float32);

    static void Near(JsonElement wanted, Tensor y) =>
        Assert.Equal(0, wanted.Deserialize<double[]>()!.Zip(y.ToArray<double>()).Max(p => Math.Abs(p.First - p.Second)), 1e-6);
}
