using System.Numerics;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>The running sum of a row.</summary>
/// <param name="exclusive">Whether an element is left out of its own sum.</param>
/// <param name="reverse">Whether it runs from the last element to the first.</param>
public sealed class CumulateKernel(bool exclusive, bool reverse) : MapKernel(
    $"cumsum{(exclusive ? "_exclusive" : "")}{(reverse ? "_reverse" : "")}",
    Running<float>(exclusive, reverse), Running<double>(exclusive, reverse),
    Running<int>(exclusive, reverse), Running<long>(exclusive, reverse))
{
    /// <summary>Whether an element is left out of its own sum.</summary>
    public bool Exclusive { get; } = exclusive;

    /// <summary>Whether it runs from the last element to the first.</summary>
    public bool Reverse { get; } = reverse;

    static Map<T> Running<T>(bool exclusive, bool reverse) where T : INumber<T> => (x, y) =>
    {
        var sum = T.Zero;
        for (var k = 0; k < x.Length; k++)
        {
            var i = reverse ? x.Length - 1 - k : k;
            if (exclusive) y[i] = sum;
            sum += x[i];
            if (!exclusive) y[i] = sum;
        }
    };
}
