using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The scale s = 1/temperature of a contrastive loss: the mean of −log softmax(s·C)ᵢᵢ, where C holds the similarities of n pairs,
/// the right ones on its diagonal.</summary>
/// <remarks>
/// The loss is convex in s, so there is at most one best value; at it the mean similarity of the right pairs is the mean that the softmax
/// expects. For n candidates of which one is believed, by a gap Δ, and rightly so with 1 − ε: s* = (log((1 − ε)/ε) + log(n − 1))/Δ, so s
/// says how often the pairs of its batch are mistaken. When every right pair is the most similar of its row there is no best value: s grows
/// as log(t) without end, until it meets the limit, which then is the value.
/// In a model: <c>var scale = new ContrastiveTemperature()</c> in a field of it, and <c>scale.Loss(similarities)</c> in its training step.
/// Judge: a normalised likelihood of the training pairs, or of others by <see cref="Of"/>. Sources: Radford et al. 2021; Zhai et al. 2023
/// (<see cref="SigmoidLoss"/>).
/// </remarks>
public sealed class ContrastiveTemperature : Module
{
    /// <summary>So many steps in a row the scale may be at its limit before it is named.</summary>
    const int Patience = 10;

    readonly double limit;
    readonly Func<Operand, Tensor> limited;
    int above;
    bool reads;

    /// <summary>A scale that trains.</summary>
    /// <param name="initial">The first s, above 0; default 1/0.07.</param>
    /// <param name="limit">The largest s that is used; default 100. Above it only a gradient that lowers s passes.</param>
    /// <param name="bias">The first bias of <see cref="SigmoidLoss"/>; default −10.</param>
    /// <param name="name">The name in messages, and before that of the variables.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first scale or the limit is not above 0, or the bias is not finite.</exception>
    public ContrastiveTemperature(Hyperparameter? initial = null, double limit = 100, Hyperparameter? bias = null,
        string name = "contrastive")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        this.limit = limit;
        var floatx = keras.config.floatx();
        Scale = new(tf.constant((initial ?? 1 / 0.07).Fixed("ContrastiveTemperature initial"), floatx), name + "_scale", floatx);
        var first = (bias ?? -10).Within("ContrastiveTemperature bias").Fixed("ContrastiveTemperature bias");
        Bias = tf.Variable(tf.constant(first, floatx), trainable: false, name: name + "_bias");
        limited = tf.custom_gradient((Tensor s) => (tf.minimum(s, limit),
            g => tf.where(tf.logical_or(tf.less(s, limit), tf.greater(g, 0.0)), g, tf.zeros_like(g))));
    }

    /// <summary>s, a scalar; what is used is at most the limit.</summary>
    public Positive Scale { get; }

    /// <summary>b of <see cref="SigmoidLoss"/>, a scalar; no other loss reads it, so it trains from the first call of
    /// that one on.</summary>
    public Variable Bias { get; }

    /// <summary>min(s, limit)·C.</summary>
    /// <param name="similarities">C, shape (n, n); −∞ where two are no pair, wanted or not.</param>
    public Tensor Logits(Tensor similarities)
    {
        var s = Scale.Value;
        above = (double)s >= limit ? above + 1 : 0;
        if (above == Patience)
            Warnings.Once("limit", $"ContrastiveTemperature: expected a scale '{Scale.Name}' that comes to rest below its limit of "
                + $"{Numbers.Show(limit)}. Received: one that has been there for {Patience} steps. Where every right pair is the most "
                + "similar of its batch, a larger scale is always better: the value is your limit, nothing that was learned. "
                + "Ask pairs that trained nothing: ContrastiveTemperature.Of(similarities).", this);
        return Closed.Times(tf.cast(limited(s), similarities.dtype), Square(similarities));
    }

    /// <summary>The mean of −log softmax(s·C)ᵢᵢ over the rows, and by default of the columns too.</summary>
    /// <param name="similarities">C, shape (n, n): row i and column i are a pair, as in tf.matmul(a, b, transpose_b: true) of n vectors of
    /// length 1.</param>
    /// <param name="symmetric">Whether columns choose among rows too, half each; default true.</param>
    /// <exception cref="ShapeException">Not square, or fewer than two pairs.</exception>
    /// <exception cref="NumericException">A right pair is closed by −∞, so that it could never be chosen.</exception>
    public Tensor Loss(Tensor similarities, bool symmetric = true)
    {
        var z = Logits(similarities);
        if (tf.linalg.diag_part(tf.stop_gradient(z)).ToArray<double>() is var right && Array.IndexOf(right, double.NegativeInfinity) is >= 0
            and var closed)
            throw new NumericException($"ContrastiveTemperature: expected right pairs, on the diagonal, that may be chosen. Received: −∞ for "
                + $"pair {closed} (counted from 0). Close others alone, or leave the pair out.");
        return symmetric ? (Chosen(z) + Chosen(tf.transpose(z))) / 2 : Chosen(z);
    }

    /// <summary>The loss of SigLIP: every pair is judged by itself, −log σ(±(s·cᵢⱼ + b)), summed over a row, on average over the rows.
    /// Where C says nothing, b rests at −log(n − 1).</summary>
    /// <param name="similarities">C, shape (n, n).</param>
    /// <exception cref="ShapeException">Not square, or fewer than two pairs.</exception>
    public Tensor SigmoidLoss(Tensor similarities)
    {
        if (!reads) (reads, Bias.trainable) = (true, true);
        var z = Logits(similarities) + tf.cast(Bias, similarities.dtype);
        var right = tf.eye(z.shape[0], dtype: z.dtype);
        // A pair that is none costs nothing: −log σ(∞).
        var open = Closed.IsOpen(z);
        var costs = tf.nn.sigmoid_cross_entropy_with_logits(labels: right, logits: tf.where(open, z, 0.0));
        return tf.reduce_mean(tf.reduce_sum(tf.where(open, costs, 0.0), -1));
    }

    /// <summary>The best scale for similarities that trained nothing, with its standard error.</summary>
    /// <param name="similarities">C, shape (n, n).</param>
    /// <returns>The temperature 1/s, by Newton's method.</returns>
    /// <exception cref="ArgumentException">Every right pair is the most similar of its row, or they are no better than others.</exception>
    /// <exception cref="ShapeException">Not square, or fewer than two pairs.</exception>
    public static Temperature Of(Tensor similarities) => Temperature.Of(Square(similarities), tf.range(similarities.shape[0]));

    /// <summary>The best scale where one of n candidates is believed by a gap and that is wrong now and then:
    /// (log((1 − ε)/ε) + log(n − 1))/Δ.</summary>
    /// <param name="gap">Δ above 0, by which the similarity of the believed pair is larger.</param>
    /// <param name="error">ε, how often another is right, each as likely: above 0.</param>
    /// <param name="candidates">n, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public static double Best(double gap, double error, int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gap);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(error);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(error, 1.0);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 2);
        return (Math.Log((1 - error) / error) + Math.Log(candidates - 1)) / gap;
    }

    static Tensor Chosen(Tensor z) => tf.reduce_mean(tf.reduce_logsumexp(z, axis: -1) - tf.linalg.diag_part(z));

    static Tensor Square(Tensor similarities) => similarities.ndim == 2 && similarities.shape[0] == similarities.shape[1]
        && similarities.shape[0] >= 2 ? similarities
        : throw new ShapeException("ContrastiveTemperature: expected the similarities of n pairs, shape (n, n), n at least 2. "
            + $"Received: {similarities.shape}. Take tf.matmul(a, b, transpose_b: true) of the vectors of both sides.");
}
