namespace Workbook.Keras;

/// <summary>Random numbers whose variance is scale / fan, so that signals keep their size from layer to layer. Keras:
/// keras.initializers.VarianceScaling.</summary>
/// <remarks>
/// With s = scale / max(1, fan): "uniform" is even on ±√(3s); "truncated_normal" has σ = √s / 0.87962566103423978, drawn again outside ±2σ;
/// "untruncated_normal" has σ = √s. fan is "fan_in", "fan_out" or their mean "fan_avg".
/// </remarks>
public class VarianceScaling : Initializer
{
    /// <summary>The standard deviation of a standard normal cut at ±2.</summary>
    const double TruncatedDeviation = 0.87962566103423978;

    readonly Hyperparameter scale;
    readonly string mode, distribution;
    readonly long? seed;

    /// <summary>An initializer of that kind.</summary>
    /// <param name="scale">Above 0, default 1.</param>
    /// <param name="mode">fan_in (default), fan_out, fan_avg.</param>
    /// <param name="distribution">truncated_normal (default), untruncated_normal, uniform.</param>
    /// <param name="seed">With a seed every call gives the same numbers; default: the global generator.</param>
    /// <exception cref="ArgumentException">Another mode or distribution, or a scale that is not positive.</exception>
    public VarianceScaling(Hyperparameter? scale = null, string mode = "fan_in", string distribution = "truncated_normal",
        long? seed = null)
    {
        if (scale is not null && !((double)scale > 0))
            throw new ArgumentException($"VarianceScaling: expected a scale above 0. Received: {(double)scale}.");
        Spelling.Check("VarianceScaling mode", mode, "fan_in", "fan_out", "fan_avg");
        Spelling.Check("VarianceScaling distribution", distribution, "truncated_normal", "untruncated_normal", "uniform");
        (this.scale, this.mode, this.distribution, this.seed) = (scale ?? 1, mode, distribution, seed);
    }

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType dtype)
    {
        var (fanIn, fanOut) = Fans(shape);
        var fan = mode switch { "fan_in" => fanIn, "fan_out" => fanOut, _ => (fanIn + fanOut) / 2 };
        var s = Once(scale, "scale") / Math.Max(1, fan);
        return distribution switch
        {
            "uniform" => tf.random.uniform(shape, -Math.Sqrt(3 * s), Math.Sqrt(3 * s), dtype, seed),
            "truncated_normal" => tf.random.truncated_normal(shape, 0, Math.Sqrt(s) / TruncatedDeviation, dtype, seed),
            _ => tf.random.normal(shape, 0, Math.Sqrt(s), dtype, seed),
        };
    }
}

/// <summary>Even on ±√(6 / (fan_in + fan_out)): the default of kernels. Glorot and Bengio 2010. Keras:
/// keras.initializers.GlorotUniform.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("glorot_uniform", "GlorotUniform")]
public sealed class GlorotUniform(long? seed = null) : VarianceScaling(1, "fan_avg", "uniform", seed);

/// <summary>Truncated normal of variance 2 / (fan_in + fan_out). Glorot and Bengio 2010. Keras: keras.initializers.GlorotNormal.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("glorot_normal", "GlorotNormal")]
public sealed class GlorotNormal(long? seed = null) : VarianceScaling(1, "fan_avg", "truncated_normal", seed);

/// <summary>Even on ±√(6 / fan_in), for relu. He et al. 2015. Keras: keras.initializers.HeUniform.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("he_uniform", "HeUniform")]
public sealed class HeUniform(long? seed = null) : VarianceScaling(2, "fan_in", "uniform", seed);

/// <summary>Truncated normal of variance 2 / fan_in, for relu. He et al. 2015. Keras: keras.initializers.HeNormal.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("he_normal", "HeNormal")]
public sealed class HeNormal(long? seed = null) : VarianceScaling(2, "fan_in", "truncated_normal", seed);

/// <summary>Even on ±√(3 / fan_in). LeCun et al. 1998. Keras: keras.initializers.LecunUniform.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("lecun_uniform", "LecunUniform")]
public sealed class LecunUniform(long? seed = null) : VarianceScaling(1, "fan_in", "uniform", seed);

/// <summary>Truncated normal of variance 1 / fan_in, for selu. LeCun et al. 1998. Keras: keras.initializers.LecunNormal.</summary>
/// <param name="seed">With a seed every call gives the same numbers.</param>
[Names("lecun_normal", "LecunNormal")]
public sealed class LecunNormal(long? seed = null) : VarianceScaling(1, "fan_in", "truncated_normal", seed);
