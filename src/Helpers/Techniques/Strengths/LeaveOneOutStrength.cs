using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// L2 strengths that the rows judge, each as predicted by a linear model of all others, without refitting.
/// </summary>
/// <remarks>
/// In a model: <c>var judge = new LeaveOneOutStrength(x, y)</c>, then <c>layers.Dense(1, kernel_regularizer:
/// regularizers.l2(judge.Strength))</c> with the loss "mse", and
/// <c>model.fit(x, y, callbacks: [judge.ToCallback(optimizers.Adam(0.05))])</c>. The penalty strength·Σw² beside a mean of squares is
/// λ = strength·n beside a sum. The loss is that of <see cref="LeaveOneOut.Error"/>, the gradient by log λ its closed form; a free bias is
/// part of it. Descent finds the nearest minimum; <see cref="LeaveOneOut.Minimize"/> finds the lowest at once.
/// Judge: other data, each row in turn, so that none need be spared. It needs a squared error and a linear last layer. Source: Allen 1974.
/// </remarks>
public sealed class LeaveOneOutStrength : HyperObjective
{
    readonly Func<Tensor> features;
    readonly Tensor y;
    readonly IReadOnlyList<int>? groups;
    readonly bool intercept;

    /// <summary>The strength of a linear model.</summary>
    /// <param name="x">Features, shape (n, d), of any scales.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="initial">The first strength, above 0; default: a tenth of the mean variance of the features.</param>
    /// <param name="groups">The number of the strength of each column, from 0; null: one strength for all.</param>
    /// <param name="intercept">Whether the layer has a bias; false: features and targets are taken as they are.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    /// <exception cref="JudgeException">Too few rows, other shapes, a target of one value, or no feature that varies.</exception>
    public LeaveOneOutStrength(Tensor x, Tensor y, Hyperparameter? initial = null, IReadOnlyList<int>? groups = null,
        bool intercept = true, string name = "strength") : this(() => x, y, initial, groups, intercept, name)
    {
    }

    /// <summary>The strength of the last layer of a network, whose other layers make the features.</summary>
    /// <param name="features">The inputs of the last layer for all rows, shape (n, d): <c>() =&gt; body.Apply(x)</c>.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="initial">The first strength, above 0; default: a tenth of the mean variance of the features.</param>
    /// <param name="groups">The number of the strength of each column, from 0; null: one strength for all.</param>
    /// <param name="intercept">Whether the layer has a bias.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    /// <exception cref="JudgeException">Too few rows, other shapes, a target of one value, or no feature that varies.</exception>
    public LeaveOneOutStrength(Func<Tensor> features, Tensor y, Hyperparameter? initial = null, IReadOnlyList<int>? groups = null,
        bool intercept = true, string name = "strength")
        : this(features, y, First(LeaveOneOut.Data(features(), y, intercept), initial, groups, name), groups, intercept)
    {
    }

    LeaveOneOutStrength(Func<Tensor> features, Tensor y, Positive strength, IReadOnlyList<int>? groups, bool intercept)
        : base(Judge.Validation, [strength.Raw], [])
    {
        (this.features, this.y, Strength, this.groups, this.intercept) = (features, y, strength, groups, intercept);
        // Not trainable: the training loss of the model that uses it would run away with it.
        strength.Raw.trainable = false;
    }

    /// <summary>
    /// The strength for <c>regularizers.l2</c> beside a mean squared error: shape (), or with groups one number for each.
    /// </summary>
    public Positive Strength { get; }

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        var data = LeaveOneOut.Data(features(), y, intercept);
        var numbers = LeaveOneOut.Numbered(groups, data.Columns);
        var strengths = (Strength.Value * (double)data.Rows).ToArray<double>();
        var lambda = tf.constant(Array.ConvertAll(numbers, g => strengths[g]));
        var (error, slopes) = RidgeLeftOut.WithSlopes(data.X, data.Y, lambda, data.Freedom);
        var sums = new double[strengths.Length];
        for (var j = 0; j < slopes.Length; j++) sums[numbers[j]] += slopes[j];
        return new(error, Read([tf.reshape(tf.constant(sums), Strength.Raw.shape)]));
    }

    static Positive First(CentredData data, Hyperparameter? initial, IReadOnlyList<int>? groups, string name)
    {
        var count = LeaveOneOut.Numbered(groups, data.Columns).Max() + 1;
        var first = initial?.Fixed("LeaveOneOutStrength initial") ?? 0.1 * (double)tf.reduce_mean(tf.square(data.X));
        return new(groups is null ? tf.constant(first, tf.float64) : tf.fill(count, tf.constant(first, tf.float64)), name, tf.float64);
    }
}
