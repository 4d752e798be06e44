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

    /// <inheritdoc/>
    public override Tensor Cost(Tensor residual)
    {
        var nu = tf.cast(Degrees.Value, residual.dtype);
        return tf.math.lgamma(nu / 2) - tf.math.lgamma((nu + 1) / 2) + 0.5 * tf.log(nu * Math.PI)
            + (nu + 1) / 2 * tf.math.log1p(tf.square(residual) / nu);
    }
}
