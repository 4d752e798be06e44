using System.Globalization;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

/// <summary>Comparisons of tensors with tensors and with numbers.</summary>
static class Arrays
{
    /// <summary>The same shape and elements within a part of the largest expected one (or of 1). NaN equals NaN.</summary>
    public static void Near(Tensor? expected, Tensor? received, double relative = 1e-12)
    {
        Assert.Equal(expected is null, received is null);
        if (expected is null || received is null) return;
        Assert.Equal(expected.shape, received.shape);
        var (want, got) = (expected.ToArray<double>(), received.ToArray<double>());
        var scale = Math.Max(1, want.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < want.Length; i++)
            Assert.True(want[i].Equals(got[i]) || Math.Abs(want[i] - got[i]) <= relative * scale,
                string.Create(CultureInfo.InvariantCulture,
                    $"[{i}]: expected {want[i]:R}. Received: {got[i]:R}. Expected {expected}, received {received}."));
    }

    /// <summary>Dtype, shape and elements, exactly.</summary>
    public static void Same<T>(Tensor received, Shape shape, params T[] elements) where T : unmanaged
    {
        Assert.Equal(shape, received.shape);
        Assert.Equal(elements, received.AsSpan<T>().ToArray());
    }
}
