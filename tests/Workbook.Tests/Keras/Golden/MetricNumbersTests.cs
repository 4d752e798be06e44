using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Precision, recall, areas and F scores as Keras 3.15 has them, batch after batch; keras-metrics.json is made by
/// make_goldens.py.</summary>
public class MetricNumbersTests
{
    static readonly JsonElement cases =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-metrics.json"))).RootElement
            .GetProperty("cases");

    public static TheoryData<string> Cases => [.. cases.EnumerateArray().Select((c, i) =>
        $"{i} {Text(c, "metric")} {c.GetProperty("config").GetRawText()} "
        + $"{Text(c, "data")}{(c.GetProperty("weighted").GetBoolean() ? " weighted" : "")}")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_metric_gives_the_numbers_of_Keras(string name)
    {
        var c = cases[int.Parse(name.Split(' ')[0])];
        var metric = Made.By<Metric>(typeof(keras.metrics), Text(c, "metric"), c.GetProperty("config"), (n, v) =>
            n == "thresholds" ? Thresholds(v) : null);
        var results = c.GetProperty("results");
        // Keras adds in float32; twice, so that a reset is seen too.
        foreach (var _ in new[] { 1, 2 })
        {
            foreach (var (batch, i) in c.GetProperty("batches").EnumerateArray().Select((b, i) => (b, i)))
            {
                metric.update_state(batch[0].Tensor(), batch[1].Tensor(), batch[2].ValueKind == JsonValueKind.Null ? null
                    : batch[2].Tensor());
                Numbers.Near(results[i], metric.result(), 2e-6, 2e-6, name);
            }
            metric.reset_state();
        }
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("precision")]
    [InlineData("recall")]
    [InlineData("f1_score")]
    [InlineData("true_positives")]
    [InlineData("false_negatives")]
    public void A_metric_is_found_by_name(string name)
    {
        Metric metric = name;
        metric.update_state(tf.constant(new[,] { { 1f, 0 }, { 0, 1 } }), tf.constant(new[,] { { 0.9f, 0.1f }, { 0.2f, 0.8f } }));
        Assert.Equal(name, metric.name);
        Assert.True((double)tf.reduce_sum(metric.result()) >= 0);
    }

    [Fact]
    public void What_cannot_be_counted_is_refused()
    {
        Assert.Contains("from 0 to 1. Received: 1.5", Assert.Throws<ArgumentException>(() => keras.metrics.Precision(1.5)).Message,
            StringComparison.Ordinal);
        Assert.Contains("ROC, PR, PRGAIN", Assert.Throws<ArgumentException>(() => keras.metrics.AUC(curve: "roc")).Message,
            StringComparison.Ordinal);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => keras.metrics.AUC(1)).Message, StringComparison.Ordinal);
        Assert.Contains("(2, 3)", Assert.Throws<ShapeException>(() =>
            keras.metrics.Recall().update_state(tf.ones(2), tf.ones((2, 3)))).Message, StringComparison.Ordinal);
        Assert.Contains("to_categorical", Assert.Throws<ShapeException>(() =>
            keras.metrics.F1Score().update_state(tf.ones(2), tf.ones((2, 3)))).Message, StringComparison.Ordinal);
    }

    static object Thresholds(JsonElement json) => json.ValueKind == JsonValueKind.Array ? (Operand)json.Flat().ToArray()
        : (Operand)json.GetDouble();

    static string Text(JsonElement c, string name) => c.GetProperty(name).GetString()!;
}
