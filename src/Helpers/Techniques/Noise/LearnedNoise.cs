using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What a model leaves over, as a likelihood with a learned scale: Σ log c + cost((y − ŷ) / c) over a row's outputs.</summary>
/// <remarks>
/// The cost is −log of a density that integrates to 1; that is what the term log c pays for. Without it the scale runs to infinity and the
/// loss to 0. In a model: <c>var noise = new NormalNoise()</c>, then <c>model.compile(optimizer, noise)</c>; the scale trains with the
/// weights. Of sequences and images each place is a row of its own, and the mean is over all of them: where a row is to be the whole, as
/// beside the divergence of a latent, put Flatten before it. A model that meets every target exactly drives the scale to 0
/// and the loss without end: judge such a one by other data.
/// Judge: a normalised likelihood.
/// </remarks>
public abstract class LearnedNoise : Loss
{
    readonly int scales;

    /// <summary>One scale for all outputs, or one for each.</summary>
    /// <param name="scales">How many scales: 1, or as many as outputs.</param>
    /// <param name="scale">The first value, above 0, in the unit of the targets; default 1. May be one for each scale.</param>
    /// <param name="name">The name in messages, and before that of the variables.</param>
    private protected LearnedNoise(int scales, Hyperparameter? scale, string name) : base(name: name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scales, 1);
        this.scales = scales;
        Scale = new(Several.Of(scale ?? 1, scales, $"{GetType().Name} scale"), name + "_scale", keras.config.floatx());
    }

    /// <summary>c, in the unit of the targets: shape (1,), or (outputs,).</summary>
    public Positive Scale { get; }

    // In a file stands what has been learned.
    [Argument("scale")]
    double[] Now => Scale.Value.ToArray<double>();

    /// <summary>−log of the density at a residual in units of the scale, element by element.</summary>
    /// <param name="residual">(y − ŷ) / c.</param>
    public abstract Tensor Cost(Tensor residual);

    /// <inheritdoc/>
    /// <param name="y_true">Targets, shape (n, …, outputs), or (n, …) for one output.</param>
    /// <param name="y_pred">Predictions, shape (n, …, outputs).</param>
    /// <returns>−log of the density of each row, shape (n, …).</returns>
    /// <exception cref="ShapeException">Shapes that differ, or not as many outputs as scales.</exception>
    public override Tensor call(Tensor y_true, Tensor y_pred)
    {
        var y = tf.cast(y_true, y_pred.dtype);
        if (y.ndim == y_pred.ndim - 1 && y_pred.shape[^1] == 1) y = tf.expand_dims(y, -1);
        if (y.shape != y_pred.shape || y_pred.ndim < 2 || (scales > 1 && y_pred.shape[^1] != scales))
            throw new ShapeException($"{GetType().Name}: expected targets and predictions of one shape "
                + $"(n, {(scales > 1 ? scales : "outputs")}). Received: {y_true.shape} and {y_pred.shape}. "
                + "The last axis counts the outputs: Dense(1) has one.");
        var (log, c) = (tf.cast(Scale.Log, y_pred.dtype), tf.cast(Scale.Value, y_pred.dtype));
        return tf.reduce_sum(Cost((y - y_pred) / c) + log, -1);
    }
}
