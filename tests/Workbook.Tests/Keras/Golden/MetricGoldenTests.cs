using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

public class MetricGoldenTests
{
    public static TheoryData<string> Asserted => KerasCases.Names("keras_unit_tests/metrics");

    [Theory]
    [MemberData(nameof(Asserted))]
    public void Results_are_those_that_Keras_tests_assert(string name)
    {
        var c = KerasCases.Case("keras_unit_tests/metrics", name);
        var weight = c.GetProperty("sample_weight") is { ValueKind: not JsonValueKind.Null } w ? w.Tensor() : null;
        var kind = c.GetProperty("metric").GetString()!;
        Numbers.Near(c.GetProperty("expected"), Result(c, kind, weight), c.GetProperty("atol").GetDouble(), 0, kind);
    }

    static Tensor Result(JsonElement c, string kind, Tensor? weight)
    {
        switch (kind)
        {
            case "Mean":
                var mean = keras.metrics.Mean();
                mean.update_state(c.GetProperty("values").Tensor(), weight);
                return mean.result();
            case "Sum":
                var sum = keras.metrics.Sum();
                sum.update_state(c.GetProperty("values").Tensor(), weight);
                return sum.result();
            default:
                var metric = Made.By<Metric>(typeof(keras.metrics), kind, c.GetProperty("config"));
                return metric.Apply(c.GetProperty("y_true").Tensor(), c.GetProperty("y_pred").Tensor(), weight);
        }
    }
}
