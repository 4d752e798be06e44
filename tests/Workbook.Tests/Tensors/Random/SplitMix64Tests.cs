using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

/// <summary>The numbers that the scripts in Python and R draw from the same seed.</summary>
public class SplitMix64Tests
{
    readonly SplitMix64 random = new(1);

    [Fact]
    public void Seed_1_gives_the_published_integers() =>
        Assert.Equal([0x910a2dec89025cc1, 0xbeeb8da1658eec67, 0xf893a2eefb32555e],
            [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);

    [Fact]
    public void Seed_1_gives_the_published_uniforms() =>
        Assert.Equal([0.56656158, 0.74578176, 0.97100275], [.. Draw(3, random.NextUniform)], Digits(8));

    [Fact]
    public void Seed_1_gives_the_published_normals() =>
        Assert.Equal([-0.03426732, -1.29260853, -2.50006749, 0.91146659], [.. Draw(4, random.NextNormal)], Digits(8));

    [Fact]
    public void Seed_1_gives_the_published_permutation() => Assert.Equal([4, 2, 8, 1, 9, 3, 0, 6, 7, 5], random.Permutation(10));

    [Fact]
    public void An_integer_below_0_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInteger(0));

    static IEnumerable<double> Draw(int count, Func<double> next) => Enumerable.Range(0, count).Select(_ => next());

    /// <summary>The vectors are published with this many decimals.</summary>
    static Func<double, double, bool> Digits(int decimals) => (a, b) => Math.Round(a, decimals) == Math.Round(b, decimals);
}
