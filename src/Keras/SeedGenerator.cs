namespace Workbook.Keras;

/// <summary>A source of random numbers of one's own: each use goes on where the last ended. Keras: keras.random.SeedGenerator.</summary>
/// <remarks>A whole number where a source is expected gives the same numbers each time, as in Keras.</remarks>
public sealed class SeedGenerator
{
    readonly SplitMix64? generator;
    readonly long seed;

    /// <summary>A source.</summary>
    /// <param name="seed">The same seed gives the same numbers in the same order; default: drawn from the global generator.</param>
    public SeedGenerator(long? seed = null) : this(seed ?? (long)RandomOps.generator.NextUInt64(), goesOn: true)
    {
    }

    SeedGenerator(long seed, bool goesOn) => (this.seed, generator) = (seed, goesOn ? new((ulong)seed) : null);

    /// <summary>The same numbers each time.</summary>
    public static implicit operator SeedGenerator(long seed) => new(seed, goesOn: false);

    /// <summary>The seed of the next numbers.</summary>
    internal long Next() => (long?)generator?.NextUInt64() ?? seed;
}
