namespace Workbook.Tensors;

/// <summary>Random tensors from one seeded generator. TensorFlow: tf.random.</summary>
/// <remarks>
/// The same seed gives the same numbers on every platform and backend; they are ours, not TensorFlow's. Until a seed is set, it is 0.
/// </remarks>
public abstract class RandomOps
{
    static readonly Setting<SplitMix64> Global = new(() => new(0));

    private protected RandomOps()
    {
    }

    /// <summary>The generator that the functions here use.</summary>
    public static SplitMix64 generator => Global.Value;

    /// <summary>What is drawn until the result is disposed leaves no trace: the generator then goes on from where it is now.</summary>
    public static IDisposable Aside() => new Scope(generator);

    sealed class Scope : IDisposable
    {
        readonly SplitMix64 kept;

        public Scope(SplitMix64 now) => (kept, Global.Value) = (now, now.Copy());

        public void Dispose() => Global.Value = kept;
    }

    /// <summary>Starts the generator anew. TensorFlow: tf.random.set_seed.</summary>
    public static void set_seed(long seed) => Global.Value = new((ulong)seed);

    /// <summary>Numbers evenly from [minval, maxval).</summary>
    /// <remarks>
    /// Bounds that are tensors or variables broadcast with the shape, and gradients reach them: minval + u·(maxval − minval), u from [0,
    /// 1).
    /// </remarks>
    /// <param name="shape">The shape.</param>
    /// <param name="minval">Default 0.</param>
    /// <param name="maxval">Default 1; needed for integers, which stay below it.</param>
    /// <param name="dtype">Default float32; tensors as bounds must have it. For integers bounds are whole scalars.</param>
    /// <param name="seed">Numbers of their own seed; default: the next of the generator.</param>
    public static Tensor uniform(Shape shape, Operand? minval = null, Operand? maxval = null,
        DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        Tensor low = (minval ?? 0).Read(), high = (maxval ?? 1).Read();
        if (!dtype.IsFloating()) return Whole(shape, low, maxval is null ? null : high, dtype, random);
        var drawn = new double[shape.Size];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = random.NextUniform();
        if (!low.IsWeak || !high.IsWeak)
        {
            var (a, b) = (Of("uniform", low, dtype), Of("uniform", high, dtype));
            return a + Rounded(drawn, 0, 1) * (b - a);
        }
        var (min, max) = (Number(low), Number(high));
        for (var i = 0; i < drawn.Length; i++) drawn[i] = min + (max - min) * drawn[i];
        return Rounded(drawn, min, max);

        Tensor Rounded(double[] values, double min, double max)
        {
            // Rounding to float32 may reach the end, which is excluded.
            var below = dtype == DType.Float32 ? Math.Max(min, MathF.BitDecrement((float)max)) : max;
            for (var i = 0; i < values.Length; i++) values[i] = Math.Min(values[i], below);
            return tf.cast(Tensor.FromSpan<double>(values, shape), dtype);
        }
    }

    static Tensor Whole(Shape shape, Tensor low, Tensor? high, DType dtype, SplitMix64 random)
    {
        foreach (var bound in new[] { low, high })
        {
            if (bound is { ndim: > 0 })
                throw new ShapeException($"uniform: expected scalar bounds for integers. Received: shape {bound.shape}.");
            if (bound is { IsWeak: false } && !bound.dtype.IsInteger())
                throw new DTypeException($"uniform: expected whole bounds for {dtype.Name()}. Received: {bound.dtype.Name()}. "
                    + "No gradient reaches a bound of whole numbers; draw floating-point ones.");
        }
        long from = low.IsWeak ? (long)Number(low) : low.Item<long>(),
            to = high is null ? 0 : high.IsWeak ? (long)Number(high) : high.Item<long>();
        if (high is null || to <= from)
            throw new ArgumentException($"uniform: expected a maxval above minval for integers. Received: {(high is null ? "none" : to)}.");
        var values = new long[shape.Size];
        for (var i = 0; i < values.Length; i++) values[i] = from + random.NextInteger(to - from);
        return tf.cast(Tensor.FromSpan<long>(values, shape), dtype);
    }

    /// <summary>Normal numbers.</summary>
    /// <remarks>
    /// A mean or deviation that is a tensor or a variable broadcasts with the shape, and gradients reach it: mean + stddev·z, with z of
    /// mean 0
    /// and deviation 1.
    /// </remarks>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">Default 0.</param>
    /// <param name="stddev">Default 1.</param>
    /// <param name="dtype">Default float32; tensors as mean or deviation must have it.</param>
    /// <param name="seed">Numbers of their own seed; default: the next of the generator.</param>
    public static Tensor normal(Shape shape, Operand? mean = null, Operand? stddev = null, DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        return Normal("normal", shape, mean, stddev, dtype, random.NextNormal);
    }

    /// <summary>Normal numbers within two standard deviations: those outside are drawn again.</summary>
    /// <inheritdoc cref="normal"/>
    public static Tensor truncated_normal(Shape shape, Operand? mean = null, Operand? stddev = null,
        DType dtype = DType.Float32, long? seed = null)
    {
        var random = From(seed);
        return Normal("truncated_normal", shape, mean, stddev, dtype, () =>
        {
            double z;
            do z = random.NextNormal();
            while (Math.Abs(z) > 2);
            return z;
        });
    }

    static Tensor Normal(string op, Shape shape, Operand? mean, Operand? stddev, DType dtype, Func<double> next)
    {
        Tensor center = (mean ?? 0).Read(), deviation = (stddev ?? 1).Read();
        var numbers = center.IsWeak && deviation.IsWeak;
        var (shift, factor) = numbers ? (Number(center), Number(deviation)) : (0, 1);
        var values = new double[shape.Size];
        for (var i = 0; i < values.Length; i++) values[i] = shift + factor * next();
        var drawn = tf.cast(Tensor.FromSpan<double>(values, shape), dtype);
        return numbers ? drawn : Of(op, center, dtype) + Of(op, deviation, dtype) * drawn;
    }

    /// <summary>A parameter in the dtype of the result.</summary>
    static Tensor Of(string op, Tensor parameter, DType dtype) =>
        parameter.IsWeak ? parameter.Strengthen(dtype, op) : parameter.dtype == dtype ? parameter
        : throw new DTypeException($"{op}: expected parameters of the dtype of the result, {dtype.Name()}. "
            + $"Received: {parameter.dtype.Name()}. State dtype: tf.{parameter.dtype.Name()}, or cast it.");

    /// <summary>A C# number, not rounded to float32.</summary>
    static double Number(Tensor weak) => weak.Strengthen(DType.Float64, "random").Item<double>();

    /// <summary>The rows of a tensor in random order.</summary>
    public static Tensor shuffle(Operand value, long? seed = null) =>
        tf.gather(value, tf.constant(From(seed).Permutation(value.shape[0])));

    static SplitMix64 From(long? seed) => seed is { } s ? new((ulong)s) : generator;
}
