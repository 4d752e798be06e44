using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

/// <summary>A list of metrics for each output is written as in Keras.</summary>
public class MetricListTests
{
    static readonly Tensor x = tf.random.normal((8, 3), seed: 1), y = tf.random.normal((8, 1), seed: 2);

    static IReadOnlyDictionary<string, double> Evaluated(MetricsPerOutput metrics, MetricsPerOutput? weighted = null)
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(inputs), layers.Dense(1, name: "b").Apply(inputs)]);
        model.compile("sgd", ["mse", "mse"], metrics: metrics, weighted_metrics: weighted);
        return model.evaluate(x, new[] { y, y });
    }

    [Fact]
    public void Each_output_has_its_list()
    {
        var logs = Evaluated([["mae", keras.metrics.MeanSquaredError(name: "own")], ["mape"]], weighted: [["mae"], null]);
        Assert.Equal(["a_loss", "a_mae", "a_own", "a_weighted_mae", "b_loss", "b_mape", "loss"],
            logs.Keys.Select(k => k.Replace("weighted_a_", "a_weighted_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(logs["a_loss"], logs["a_own"], 1e-6);
    }

    [Fact]
    public void An_output_without_metrics_has_null_and_one_metric_needs_no_list()
    {
        Assert.Equal(["a_loss", "b_loss", "b_mae", "loss"], Evaluated([null, ["mae"]]).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a_loss", "a_mae", "b_loss", "b_mape", "loss"], Evaluated(["mae", "mape"]).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a_loss", "a_mae", "b_loss", "b_mape", "loss"], Evaluated(["mae", ["mape"]]).Keys.Order(StringComparer.Ordinal));
    }
}
