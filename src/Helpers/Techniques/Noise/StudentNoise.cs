using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Student's t with a learned scale and learned degrees of freedom ν: few for data with outliers, many for normal data.</summary>
/// <remarks>
/// −log p(z) = log Γ(ν/2) − log Γ((ν + 1)/2) + ½·log(νπ) + (ν + 1)/2 · log(1 + z²/ν) with z = (y − ŷ)/c. A residual counts less the
/// further out it lies, by the weight (ν + 1)/(ν + z²). On normal data ν grows slowly without end, which says that they are normal; below
/// some 200 rows it is barely known. c is no standard deviation: that is c·√(ν/(ν − 2)), for ν above 2.
/// Judge: a normalised likelihood. Source: Lange, Little, Taylor 1989.
/// </remarks>
public sealed class StudentNoise : LearnedNoise
{
    // From here on the next term of the series is below the rounding of float64.
    const double Large = 100;
    static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Noise with heavy tails.</summary>
    /// <param name="degrees">The first ν, above 0; default 10.</param>
    /// <param name="scales">How many scales: 1 (default), or as many as outputs. There is one ν.</param>
    /// <param name="scale">The first scale, above 0; default 1.</param>
    /// <param name="name">The name in messages, and before that of the variables.</param>
    public StudentNoise(Hyperparameter? degrees = null, int scales = 1, Hyperparameter? scale = null, string name = "student_noise")
        : base(scales, scale, name) =>
        Degrees = new(tf.constant((degrees ?? 10).Fixed("StudentNoise degrees"), keras.config.floatx()), name + "_degrees",
            keras.config.floatx());

    /// <summary>ν, a scalar.</summary>
    public Positive Degrees { get; }

    [Argument("degrees")]
    double NowDegrees => (double)Degrees.Value;

    /// <inheritdoc/>
    public override Tensor Cost(Tensor residual)
    {
        // Its parts are large where ν is and nearly cancel: in float32 nothing of the slope by ν would be left.
        var nu = tf.cast(Degrees.Value, tf.float64);
        var square = tf.square(tf.cast(residual, tf.float64));
        return tf.cast(LogPartition(nu) + (nu + 1) / 2 * tf.math.log1p(square / nu), residual.dtype);
    }

    /// <summary>log Γ(ν/2) − log Γ((ν + 1)/2) + ½·log(νπ), for a large ν by the series of Stirling.</summary>
    static Tensor LogPartition(Tensor nu)
    {
        var large = tf.greater(nu, Large);
        var (few, many) = (tf.where(large, tf.ones_like(nu), nu), tf.where(large, nu, tf.ones_like(nu)));
        var series = HalfLogTwoPi + 1 / (4 * many) - 1 / (24 * tf.pow(many, 3.0)) + 1 / (20 * tf.pow(many, 5.0));
        return tf.where(large, series, tf.math.lgamma(few / 2) - tf.math.lgamma((few + 1) / 2) + 0.5 * tf.log(few * Math.PI));
    }
}
