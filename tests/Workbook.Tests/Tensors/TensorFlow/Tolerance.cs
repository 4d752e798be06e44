using System.Globalization;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>
/// How far a number may be off: |received − expected| ≤ Absolute + Relative · |expected|. NaN equals NaN, infinities are equal.
/// </summary>
readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>Compares dtype, shape and every element.</summary>
    public void Check(string what, ReferenceTensor expected, Tensor received)
    {
        Assert.True(received.dtype.Name() == expected.Dtype, $"{what}: expected {expected.Dtype}. Received: {received.dtype.Name()}.");
        Check(what, expected.Data, expected.Shape, received);
    }

    /// <summary>
    /// Compares shape and every element. Expected numbers are rounded to the dtype received: the file has the shortest decimals.
    /// </summary>
    public void Check(string what, double[] expected, Shape shape, Tensor received)
    {
        Assert.True(received.shape == shape, $"{what}: expected shape {shape}. Received: {received.shape}.");
        var wanted = received.dtype == DType.Float32 ? Array.ConvertAll(expected, v => (double)(float)v) : expected;
        var got = received.ToArray<double>();
        for (var i = 0; i < got.Length; i++)
            if (!Near(wanted[i], got[i]))
                Assert.Fail(
                    $"{what}[{i}]: expected {Text([wanted[i]])}. Received: {Text([got[i]])}. All expected: {Text(wanted)}. "
                        + $"All received: {Text(got)}. {this}");
    }

    bool Near(double expected, double received) =>
        double.IsNaN(expected) ? double.IsNaN(received)
        : expected == received || (double.IsFinite(expected) && Math.Abs(received - expected) <= Absolute + Relative * Math.Abs(expected));

    static string Text(double[] values) => string.Join(" ", values.Take(24).Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
