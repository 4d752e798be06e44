namespace Workbook.Tensors;

/// <summary>A small portable generator: the same seed gives the same numbers in C#, Python and R.</summary>
/// <remarks>
/// Steele, Lea, Flood 2014. Integers, uniforms and permutations agree bit for bit between platforms; normals to the last bits of the
/// platform's log and cos. Not for secrets. Not safe for several threads at once.
/// </remarks>
public sealed class SplitMix64
{
    ulong state;
    double? spare;

    /// <summary>A generator that starts from a seed.</summary>
    public SplitMix64(ulong seed) => state = seed;

    /// <summary>A generator that goes on from here by itself.</summary>
    internal SplitMix64 Copy() => new(state) { spare = spare };

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from [0, 1): the upper 53 bits times 2⁻⁵³.</summary>
    public double NextUniform() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number by Box and Muller: u₁ = 1 − U, the cosine first, the sine kept for the next call.</summary>
    public double NextNormal()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        var angle = 2 * Math.PI * NextUniform();
        spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>An integer from 0 to n − 1: the next 64 bits modulo n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public long NextInteger(long n) => n > 0 ? (long)(NextUInt64() % (ulong)n)
        : throw new ArgumentOutOfRangeException(nameof(n), $"Expected n of at least 1. Received: {n}.");

    /// <summary>0 … n − 1 in random order, by Fisher and Yates from the last position down.</summary>
    public int[] Permutation(int n)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        for (var i = n - 1; i > 0; i--)
        {
            var j = (int)NextInteger(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
