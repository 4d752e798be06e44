using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What moves the strengths of <see cref="GroupedL2"/>: a loss of centred features and targets, all rows at once.</summary>
sealed class StrengthsJudge : HyperObjective
{
    readonly Func<Tensor> features;
    readonly Tensor target;
    readonly Func<Tensor, Tensor, Tensor> loss;

    public StrengthsJudge(Judge judge, IEnumerable<Variable> variables, Func<Tensor> features, Tensor target,
        Func<Tensor, Tensor, Tensor> loss)
        : base(judge, variables, [])
    {
        (this.features, this.target, this.loss) = (features, target, loss);
        // Not trainable: the training loss of the model that uses them would run away with them.
        foreach (var v in Variables) v.trainable = false;
    }

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        var (value, gradients) = Derivatives.Of(() => loss(Scaling.Center(tf.cast(Rows(features()), tf.float64)), target), [.. Variables]);
        return new(value, Read(gradients));
    }

    /// <summary>Targets as a centred vector in float64.</summary>
    public static Tensor Target(Tensor y)
    {
        var target = tf.cast(tf.reshape(y, y.size), tf.float64);
        return y.size > 1 && (double)tf.math.reduce_variance(target) is > 0 and < double.PositiveInfinity ? Scaling.Center(target)
            : throw new JudgeException(
                "A judge needs data: expected at least two targets, finite and not all the same. "
                    + $"Received: {y.size}{(y.size > 1 ? " that are not" : "")}.");
    }

    Tensor Rows(Tensor x) => x.shape is [var n, _] && n == target.size ? x
        : throw new JudgeException(
            $"A judge needs data: expected features of shape (n, d) with a row for each of the {target.size} targets. "
                + $"Received: shape {x.shape}.");
}
