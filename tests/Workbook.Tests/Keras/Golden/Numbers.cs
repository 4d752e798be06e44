using System.Text.Json;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>Numbers in JSON as tensors, and comparisons that say where they differ.</summary>
static class Numbers
{
    /// <summary>A number or nested arrays of numbers.</summary>
    public static Tensor Tensor(this JsonElement json, DType dtype = DType.Float32)
    {
        var shape = new List<int>();
        for (var e = json; e.ValueKind == JsonValueKind.Array; e = e[0])
        {
            shape.Add(e.GetArrayLength());
            if (e.GetArrayLength() == 0) break;
        }
        return tf.cast(Workbook.Tensors.Tensor.FromSpan<double>(json.Flat().ToArray(), shape.ToArray()), dtype);
    }

    /// <summary>All numbers in their order.</summary>
    public static IEnumerable<double> Flat(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().SelectMany(Flat) : [json.Number()];

    public static double Number(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new InvalidDataException($"Expected a number. Received: {other}."),
        },
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => json.GetDouble(),
    };

    /// <summary>|actual − expected| ≤ atol + rtol·|expected| everywhere; equal infinities and NaN match.</summary>
    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double atol, double rtol = 0, string what = "")
    {
        var (e, a) = (expected.ToArray(), actual.ToArray());
        Assert.True(e.Length == a.Length, $"{what}: expected {e.Length} numbers, received {a.Length}.");
        for (var i = 0; i < e.Length; i++)
            Assert.True(e[i].Equals(a[i]) || Math.Abs(e[i] - a[i]) <= atol + rtol * Math.Abs(e[i]),
                $"{what}: at {i} expected {e[i]:R}, received {a[i]:R}, difference {a[i] - e[i]:G3} "
                    + $"beyond {atol + rtol * Math.Abs(e[i]):G3}.");
    }

    public static void Near(JsonElement expected, Tensor actual, double atol, double rtol = 0, string what = "") =>
        Near(expected.Flat(), actual.ToArray<double>(), atol, rtol, what);
}
