using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>How the losses of a model become one step: gradients for an optimizer, and the weight that each loss had.</summary>
/// <remarks>
/// Descent on a loss that is made of the losses (learned weights, fixed ones, a path of weights), or a rule on their gradients. Each has a
/// memory, so every training takes a new one.
/// </remarks>
public sealed class Weighting
{
    readonly Func<Func<Tensor[]>, IReadOnlyList<Variable>, WeightedStep> step;

    Weighting(Func<Func<Tensor[]>, IReadOnlyList<Variable>, WeightedStep> step, params IReadOnlyList<Variable> learned) =>
        (this.step, Learned) = (step, learned);

    /// <summary>The variables of the weighting that train with those of the model; empty where none is learned by descent.</summary>
    public IReadOnlyList<Variable> Learned { get; }

    /// <summary>One loss made of all, such as <c>l => w[0] * l[0] + w[1] * l[1]</c>. The weight of a loss is the slope by it.</summary>
    /// <param name="loss">Makes the whole loss, a scalar, of the losses.</param>
    /// <param name="learned">The variables it reads that shall train with the model.</param>
    public static Weighting Descend(Func<Tensor[], Tensor> loss, params IReadOnlyList<Variable> learned) => new((losses, variables) =>
    {
        using var tape = tf.GradientTape();
        var values = losses();
        Operand[] sources = [.. values, .. variables];
        var slopes = tape.gradient(loss(values), sources);
        return new(values, [.. slopes[..values.Length].Select(s => s is null ? 0 : (double)s)], slopes[values.Length..]);
    }, learned);

    /// <summary>A rule on the gradients of the losses: <see cref="GradNorm"/>, <see cref="MGDA"/>, <see cref="PCGrad"/>.</summary>
    /// <param name="rule">The rule; its weights are reported as the step leaves them.</param>
    public static Weighting By(GradientWeights rule) => new((losses, variables) =>
    {
        var (values, gradients) = rule.Step(losses, variables);
        return new(values, rule.Weights.read_value().ToArray<double>(), gradients);
    });

    /// <summary>Weights that nobody learns.</summary>
    /// <param name="weights">One for each loss.</param>
    public static Weighting Fixed(params double[] weights) => Along(_ => weights);

    /// <summary>Weights that follow a path known before: the rival of every learned one.</summary>
    /// <param name="weights">The weights of a step; the first step is 0.</param>
    public static Weighting Along(Func<int, double[]> weights)
    {
        var now = 0;
        return Descend(losses =>
        {
            var w = weights(now++);
            return tf.add_n(losses.Select((l, i) => w[i] * l));
        });
    }

    /// <summary>The weights of another training, step by step; after its end, its last.</summary>
    /// <param name="recorded">The weights of each step.</param>
    public static Weighting Replay(IReadOnlyList<double[]> recorded) => Along(now => recorded[Math.Min(now, recorded.Count - 1)]);

    /// <summary>Weights with their common factor divided out: wᵢ/(w₁·…·w_K)^(1/K), the exchange rate alone.</summary>
    /// <param name="weights">One for each loss, above 0.</param>
    public static double[] Ratio(double[] weights)
    {
        var common = GeometricMean(weights);
        return Array.ConvertAll(weights, w => w / common);
    }

    /// <summary>The common factor alone: the geometric mean of the weights for each loss.</summary>
    /// <param name="weights">One for each loss, above 0.</param>
    public static double[] Common(double[] weights) => [.. Enumerable.Repeat(GeometricMean(weights), weights.Length)];

    /// <summary>Weights scaled to sum to their number: the exchange rate alone, where a weight may be 0.</summary>
    /// <param name="weights">One for each loss, none below 0 and not all 0.</param>
    public static double[] Shares(double[] weights) => weights.Min() >= 0 && weights.Sum() > 0
        ? Array.ConvertAll(weights, w => weights.Length * w / weights.Sum())
        : throw new ArgumentException("Weighting: expected weights of at least 0, and one above, for they are divided by their sum. "
            + $"Received: {string.Join(", ", weights.Select(w => Numbers.Show(w)))}. Replay them as they are.");

    /// <summary>One step: what the losses were, their weights, and a gradient for each variable.</summary>
    /// <param name="losses">Computes the losses; called once, under a tape.</param>
    /// <param name="variables">The variables of the model, then <see cref="Learned"/>.</param>
    public WeightedStep Step(Func<Tensor[]> losses, IReadOnlyList<Variable> variables) => step(losses, variables);

    static double GeometricMean(double[] weights) => Array.TrueForAll(weights, w => w > 0) ? Math.Exp(weights.Average(Math.Log))
        : throw new ArgumentException("Weighting: expected weights above 0, for they are divided by their geometric mean. "
            + $"Received: {string.Join(", ", weights.Select(w => Numbers.Show(w)))}. Replay them as they are.");
}
