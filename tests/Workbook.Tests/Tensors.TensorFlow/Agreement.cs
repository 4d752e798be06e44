using Workbook.Tensors;
using Workbook.Tests.Tensors;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>One computation in both engines.</summary>
static class Agreement
{
    /// <summary>The same dtypes, shapes and elements, or the same kind of error. Relative to the largest element that is finite.</summary>
    public static void Require(Func<Tensor?[]> compute, double tolerance)
    {
        var (ours, ourError) = Outcome(compute);
        Tensor?[]? theirs;
        Exception? theirError;
        using (InstalledTensorFlow.Use()) (theirs, theirError) = Outcome(compute);
        Assert.True(ourError?.GetType() == theirError?.GetType(),
            $"embedded: {ourError?.ToString() ?? "no error"}; TensorFlow: {theirError?.ToString() ?? "no error"}");
        if (ours is null || theirs is null) return;
        Assert.Equal(ours.Length, theirs.Length);
        foreach (var (x, y) in ours.Zip(theirs))
        {
            Assert.Equal(x?.dtype, y?.dtype);
            Arrays.Near(x, y, tolerance);
        }
    }

    static (Tensor?[]?, Exception?) Outcome(Func<Tensor?[]> compute)
    {
        try
        {
            return (compute(), null);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException or InvalidOperationException)
        {
            return (null, e);
        }
    }
}
