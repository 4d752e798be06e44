using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>An L2 penalty with a strength for each group of features: Σ_j strength of j's group · w_j².</summary>
/// <remarks>
/// In a model: <c>var penalty = new GroupedL2(Groups.By(data.Features, f => …))</c>, then
/// <c>layers.Dense(1, kernel_regularizer: penalty)</c> with the loss "mse". Who judges the strengths:
/// <see cref="ByEvidence(Tensor, Tensor)"/>
/// or <see cref="ByLeaveOneOut(Tensor, Tensor)"/>, for a linear model or the last layer of a network; <see cref="ValidationStrength"/> for
/// any model. Each becomes a callback of the fit. The training loss must not: it wants less of every strength (notebook 01).
/// The features of a kernel are its last axis but one: the inputs of Dense, the channels of a convolution.
/// For a linear model on all rows at once <see cref="GroupedRidge"/> finds the same strengths in less time.
/// </remarks>
public sealed class GroupedL2 : Regularizer
{
    readonly Groups? groups;
    readonly Positive strengths;

    /// <summary>A strength for each group.</summary>
    /// <param name="groups">Which features share a strength.</param>
    /// <param name="initial">The first strength of all, above 0; default 0.1.</param>
    /// <param name="name">The name of the strengths in records and charts.</param>
    public GroupedL2(Groups groups, Hyperparameter? initial = null, string name = "strengths")
        : this(initial, name, groups.Count) => this.groups = groups;

    GroupedL2(Hyperparameter? initial, string name, int count) =>
        strengths = new(tf.fill(count, tf.constant((initial ?? 0.1).Fixed("GroupedL2 initial"), tf.float64)), name);

    /// <summary>One strength for all weights of the layer that gets it, whatever its size. Make one for each layer.</summary>
    /// <param name="initial">The first strength, above 0; default 0.1.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    public static GroupedL2 PerLayer(Hyperparameter? initial = null, string name = "strength") => new(initial, name, 1);

    /// <summary>A strength for each feature.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="initial">The first strength of all, above 0; default 0.1.</param>
    /// <param name="name">The name of the strengths in records and charts.</param>
    public static GroupedL2 PerFeature(int features, Hyperparameter? initial = null, string name = "strengths") =>
        new(Groups.PerFeature(features), initial, name);

    /// <summary>The strengths as <c>regularizers.l2</c> takes them, shape (groups,).</summary>
    public Positive Strengths => strengths;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The weight has another number of features than the groups.</exception>
    public override Tensor Apply(Tensor x)
    {
        if (groups is null) return tf.reduce_sum(tf.cast(strengths.Value, x.dtype) * tf.reduce_sum(tf.square(x)));
        var axis = Math.Max(0, x.ndim - 2);
        if (x.ndim == 0 || x.shape[axis] != groups.Features)
            throw new ShapeException(
                $"GroupedL2: expected a weight of {groups.Features} features, the number that the groups have. Received: shape {x.shape}. "
                    + "Make the groups from the features of the layer that gets this penalty.");
        int[] others = [.. Enumerable.Range(0, x.ndim).Where(a => a != axis)];
        return tf.reduce_sum(tf.cast(groups.Spread(strengths.Value), x.dtype) * tf.reduce_sum(tf.square(x), others));
    }

    /// <summary>The evidence of a linear model moves the strengths, and the precision of the noise with them.</summary>
    /// <param name="x">Features, shape (n, d), as the layer gets them.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">Fewer than two targets, or targets that are all the same or not finite.</exception>
    public HyperObjective ByEvidence(Tensor x, Tensor y) => ByEvidence(() => x, y);

    /// <summary>The evidence of a network's last, linear layer moves the strengths.</summary>
    /// <param name="features">The inputs of that layer for all rows, shape (n, d): <c>() =&gt; body.Apply(x)</c>.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">Fewer than two targets, or targets that are all the same or not finite.</exception>
    public HyperObjective ByEvidence(Func<Tensor> features, Tensor y)
    {
        var target = StrengthsJudge.Target(y);
        var noise = new Positive(1 / tf.math.reduce_variance(target), strengths.Name + ": noise precision");
        double n = target.size;
        return new StrengthsJudge(Judge.Evidence, [strengths.Raw, noise.Raw], features, target,
            (x, y) => -Evidence.Log(x, y, noise.Value, Spread(x) * tf.cast(noise.Value, tf.float64) * n));
    }

    /// <summary>The error on each row, predicted by the linear model of all others, moves the strengths.</summary>
    /// <param name="x">Features, shape (n, d), as the layer gets them.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">Fewer than two targets, or targets that are all the same or not finite.</exception>
    public HyperObjective ByLeaveOneOut(Tensor x, Tensor y) => ByLeaveOneOut(() => x, y);

    /// <summary>Leaving out each row in turn moves the strengths of a network's last, linear layer.</summary>
    /// <param name="features">The inputs of that layer for all rows, shape (n, d): <c>() =&gt; body.Apply(x)</c>.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">Fewer than two targets, or targets that are all the same or not finite.</exception>
    public HyperObjective ByLeaveOneOut(Func<Tensor> features, Tensor y)
    {
        var target = StrengthsJudge.Target(y);
        return new StrengthsJudge(Judge.Validation, [strengths.Raw], features, target,
            (x, y) => LeaveOneOut.Error(x, y, Spread(x) * (double)target.size));
    }

    /// <summary>A strength for each column of a judge's features.</summary>
    Tensor Spread(Tensor x)
    {
        var (value, d) = (tf.cast(strengths.Value, tf.float64), x.shape[1]);
        if (groups is null) return tf.broadcast_to(value, d);
        return d == groups.Features ? groups.Spread(value) : throw new JudgeException(
            $"GroupedL2: expected features of shape (n, {groups.Features}), a column for each feature of the groups. "
                + $"Received: shape {x.shape}. Give the judge what the layer gets.");
    }
}
