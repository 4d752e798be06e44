using Workbook.Tensors;
using Workbook.Tensors.Backends.Kernels;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>The matrix product in every vector width that this processor has, at sizes that meet each of its edges.</summary>
public class MatrixProductTests
{
    public static TheoryData<int> Widths => [.. new[] { 128, 256, 512 }.Where(w => w <= VectorWidth.Widest)];

    [Theory]
    [MemberData(nameof(Widths))]
    [Trait("speed", "slow")]
    public void Every_width_agrees_with_the_definition(int bits)
    {
        VectorWidth.Bits = bits;
        try
        {
            var random = new SplitMix64(7);
            foreach (var m in new[] { 1, 3, 4, 8, 17 })
                foreach (var n in new[] { 1, 5, 10, 16, 33, 64 })
                    foreach (var k in new[] { 1, 2, 7, 31, 64 })
                        for (var flags = 0; flags < 4; flags++)
                        {
                            Check<float>(random, m, n, k, (flags & 1) != 0, (flags & 2) != 0, 1e-6);
                            Check<double>(random, m, n, k, (flags & 1) != 0, (flags & 2) != 0, 1e-14);
                        }
        }
        finally
        {
            VectorWidth.Bits = VectorWidth.Widest;
        }
    }

    /// <summary>The tolerance is per term of the sum: a rounding each.</summary>
    static void Check<T>(SplitMix64 random, int m, int n, int k, bool transposeA, bool transposeB, double tolerance)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var a = Numbers<T>(random, m * k);
        var b = Numbers<T>(random, k * n);
        var c = new T[m * n];
        MatrixProduct.Multiply<T>(a, b, c, m, n, k, transposeA, transposeB);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var p = 0; p < k; p++)
                    sum += double.CreateChecked(transposeA ? a[p * m + i] : a[i * k + p])
                        * double.CreateChecked(transposeB ? b[j * k + p] : b[p * n + j]);
                Assert.True(Math.Abs(sum - double.CreateChecked(c[i * n + j])) <= tolerance * k,
                    $"({m}, {k}) x ({k}, {n}), transposed {transposeA} {transposeB}: element {i}, {j} is {c[i * n + j]}, expected {sum}.");
            }
    }

    static T[] Numbers<T>(SplitMix64 random, int count) where T : unmanaged, System.Numerics.INumber<T> =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(2 * random.NextUniform() - 1))];
}
