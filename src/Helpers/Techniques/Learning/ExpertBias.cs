using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Sends each token to the k experts with the largest score + bias, and learns biases so that all get as many.</summary>
/// <remarks>
/// After each batch b ← b + rate·sign(mean load − load), less its mean: an overrun expert becomes dearer, an idle one cheaper. The bias
/// decides who is chosen and is left out of what comes out, so it pulls at no gradient of the scores. −b is the price of a place: at rest
/// it is the dual price of the assignment problem with equal loads, and the sum of the chosen scores is the largest that equal loads allow,
/// up to a gap that shrinks with the rate.
/// Shapes: (tokens, experts) → the same, with 0 where an expert is not chosen. A score of −∞ closes an expert to a token; a token that a
/// mask leaves out goes nowhere and fills nothing. In a model biases move in fit; in a loop of your own
/// <c>experts.Apply(scores, training: true)</c>, since what is asked outside of training moves nothing.
/// Judge: a constraint. Source: Wang et al. 2024 (loss-free balancing).
/// </remarks>
public sealed class ExpertBias : Layer
{
    readonly int k;
    readonly Hyperparameter rate;

    /// <summary>Biases for the experts along the last axis.</summary>
    /// <param name="k">How many experts a token is sent to; default 1.</param>
    /// <param name="rate">How far a bias moves after each batch, above 0, in the unit of the scores; default 0.001.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public ExpertBias(int k = 1, Hyperparameter? rate = null, string? name = null) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.rate = rate ?? 0.001;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((double)this.rate, nameof(rate));
        if (double.IsPositiveInfinity((double)this.rate))
            throw new ArgumentOutOfRangeException(nameof(rate), "ExpertBias: expected a finite rate. Received: ∞. "
                + "A bias moves by the rate after each batch: take a hundredth of what scores differ by.");
        this.k = k;
    }

    /// <summary>b of each expert: no optimizer moves it, its own rule does, while the layer is not frozen; null before it is
    /// built.</summary>
    public Variable? bias { get; private set; }

    /// <summary>How many tokens of the last batch each expert was sent; empty before the first.</summary>
    public IReadOnlyList<int> Loads { get; private set; } = [];

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Fewer experts than a token is sent to.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2 || input_shape[^1] <= k)
            throw new ShapeException($"Layer '{name}': expected scores of shape (tokens, experts) with more than k = {k} experts. "
                + $"Received: {input_shape}. With as many experts as places there is nothing to choose: take a smaller k.");
        bias = add_weight(input_shape[^1], new Zeros(), "bias", trainable: false);
        Judged.By(Judge.Budget, this, bias);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="NumericException">A score is NaN or ∞, or a token may go to fewer than k experts.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        if (!IsSample) Refuse(inputs);
        var experts = inputs.shape[^1];
        var chosen = tf.math.top_k(tf.stop_gradient(inputs + bias!), k).indices;
        var places = tf.reduce_sum(tf.one_hot(chosen, experts, dtype: inputs.dtype), -2);
        if (MaskWeights.Of(inputs, MaskOf(inputs)) is { } counts) places *= counts;
        var loads = tf.reduce_sum(tf.reshape(places, new Shape(-1, experts)), 0);
        if (!IsSample) Loads = Array.ConvertAll(loads.ToArray<double>(), v => (int)v);
        if (training && trainable) Move(tf.cast(loads, bias!.dtype));
        // A score of −∞ times 0 is no number.
        return tf.where(tf.greater(places, 0.0), inputs, 0.0);
    }

    /// <summary>Where a score is no number the choice would be any, and the biases would learn from it.</summary>
    void Refuse(Tensor inputs)
    {
        var scores = tf.reshape(tf.stop_gradient(inputs), new Shape(-1, inputs.shape[^1]));
        if (scores.size == 0) return;
        // Of −∞, an expert that a token may not go to, there may be some, but not so many that fewer than k are left.
        var least = tf.reduce_min(tf.math.top_k(scores, k).values, -1);
        var most = tf.reduce_max(scores, -1);
        var bad = tf.logical_not(tf.logical_and(tf.math.is_finite(tf.reduce_sum(tf.maximum(scores, -1e30), -1)),
            tf.logical_and(tf.math.is_finite(least), tf.math.is_finite(most))));
        if (!(bool)tf.reduce_any(bad)) return;
        var token = Array.IndexOf(bad.ToArray<bool>(), true);
        throw new NumericException($"Layer '{name}': expected scores that are numbers, at least k = {k} of them above −∞ for each token. "
            + $"Received: {string.Join(", ", scores[token].ToArray<double>().Take(8).Select(v => Numbers.Show(v, 3)))} at token {token} (counted "
            + "from 0). Training has diverged, or the data have gaps: take a smaller rate, or look at what makes the scores.");
    }

    void Move(Tensor loads)
    {
        var excess = loads - tf.reduce_mean(loads);
        if (Judged.Of(bias!) is { } judged) judged.Gradient = excess;
        var moved = bias! - rate.Fixed("ExpertBias rate") * tf.sign(excess);
        // A number added to all changes no choice: without this the mean would drift.
        bias!.assign(moved - tf.reduce_mean(moved));
    }
}
