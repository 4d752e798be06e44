namespace Workbook.Tensors;

/// <summary>Random tensors from one seeded generator. TensorFlow: tf.random.</summary>
/// <remarks>The same seed gives the same numbers on every platform and backend; they are ours, not TensorFlow's. Until a seed is set, it is 0.</remarks>
public abstract class RandomOps
{
    static readonly Setting<SplitMix64> Global = new(() => new(0));

    private protected RandomOps()
    {
    }

    /// <summary>The generator that the functions here use.</summary>
    public static SplitMix64 generator => Global.Value;

    /// <summary>Starts the generator anew. TensorFlow: tf.random.set_seed.</summary>
    public static void set_seed(long seed) => Global.Value = new((ulong)seed);

    /// <summary>Numbers evenly from [minval, maxval).</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="minval">Default 0.</param>
    /// <param name="maxval">Default 1; needed for integers, which stay below it.</param>
    /// <param name="dtype">Default float32.</param>
    /// <param name="seed">Numbers of their own seed; default: the next of the generator.</param>
    public static Tensor uniform(Shape shape, double minval = 0, double? maxval = null, DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        if (dtype.IsFloating())
        {
            var max = maxval ?? 1;
            var values = new double[shape.Size];
            for (var i = 0; i < values.Length; i++) values[i] = minval + (max - minval) * random.NextUniform();
            // Rounding to float32 may reach the end, which is excluded.
            var below = dtype == DType.Float32 ? Math.Max(minval, MathF.BitDecrement((float)max)) : max;
            for (var i = 0; i < values.Length; i++) values[i] = Math.Min(values[i], below);
            return tf.cast(Tensor.FromSpan<double>(values, shape), dtype);
        }
        if (maxval is not { } top || top <= minval) throw new ArgumentException($"uniform: expected a maxval above minval for integers. Received: {maxval?.ToString() ?? "none"}.");
        var whole = new long[shape.Size];
        for (var i = 0; i < whole.Length; i++) whole[i] = (long)minval + random.NextInteger((long)top - (long)minval);
        return tf.cast(Tensor.FromSpan<long>(whole, shape), dtype);
    }

    /// <summary>Normal numbers.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">Default 0.</param>
    /// <param name="stddev">Default 1.</param>
    /// <param name="dtype">Default float32.</param>
    /// <param name="seed">Numbers of their own seed; default: the next of the generator.</param>
    public static Tensor normal(Shape shape, double mean = 0, double stddev = 1, DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        var values = new double[shape.Size];
        for (var i = 0; i < values.Length; i++) values[i] = mean + stddev * random.NextNormal();
        return tf.cast(Tensor.FromSpan<double>(values, shape), dtype);
    }

    /// <summary>Normal numbers within two standard deviations: those outside are drawn again.</summary>
    /// <inheritdoc cref="normal"/>
    public static Tensor truncated_normal(Shape shape, double mean = 0, double stddev = 1, DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        var values = new double[shape.Size];
        for (var i = 0; i < values.Length; i++)
        {
            double z;
            do z = random.NextNormal();
            while (Math.Abs(z) > 2);
            values[i] = mean + stddev * z;
        }
        return tf.cast(Tensor.FromSpan<double>(values, shape), dtype);
    }

    /// <summary>The rows of a tensor in random order.</summary>
    public static Tensor shuffle(Operand value, long? seed = null) =>
        tf.gather(value, tf.constant(From(seed).Permutation(value.shape[0])));

    static SplitMix64 From(long? seed) => seed is { } s ? new((ulong)s) : generator;
}
