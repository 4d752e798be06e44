using System.Globalization;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// Finds variables in which the training loss has no lower bound: descent moves them without end instead of learning them.
/// </summary>
/// <remarks>
/// A loss that is affine in a variable, with a slope, is unbounded in it. That the slope does not depend on the variable is read off the
/// graph of one step. For a
/// strength or a loss weight, which only multiplies a part of the loss, in a class of ours, that is a proof. Elsewhere a kink far away may
/// still bound the loss,
/// so the slope is compared once more at a distance, and the message says suspicion. Each element of a vector is asked by itself: one may
/// have a bound that another has not.
/// </remarks>
static class LowerBound
{
    /// <summary>A vector of more elements is asked as a whole: each element costs a backward pass and a loss.</summary>
    const int Most = 16;

    /// <summary>
    /// The variables that are looked at: those that somebody brought in, and lone numbers among the weights; not kernels and biases.
    /// </summary>
    public static IEnumerable<Variable> Asked(Layer model) =>
        model.BroughtIn().Concat(model.trainable_variables.Where(v => v.shape.Rank == 0));

    /// <summary>Bare strengths and loss weights: each only multiplies a part of the loss.</summary>
    public static HashSet<Variable> Strengths(Layer model) => [.. model.Walk().Select(m => m.Module)
        .Where(m => m is CompiledLoss || (m is Regularizer && m.GetType().Assembly == typeof(Regularizer).Assembly))
        .SelectMany(m => m.Parts()).OfType<Hyperparameter>().Select(h => h.Bare).OfType<Variable>()];

    /// <summary>Names those in which the loss has no lower bound, once each.</summary>
    /// <param name="model">The model whose step it was.</param>
    /// <param name="asked">The variables to look at.</param>
    /// <param name="outer">A tape around the computation of the gradients; persistent, closed.</param>
    /// <param name="gradients">The gradients of the step.</param>
    /// <param name="variables">Their variables.</param>
    /// <param name="loss">Computes the loss again, without dropout.</param>
    public static void Check(Layer model, HashSet<Variable> asked, GradientTape outer, Tensor?[] gradients,
        IReadOnlyList<Variable> variables, Func<Tensor> loss)
    {
        var strengths = Strengths(model);
        foreach (var (gradient, v) in gradients.Zip(variables))
        {
            // A constraint bounds what no slope does; the price of one rises without end only while its requirement cannot be met.
            if (gradient is null || !asked.Contains(v) || Constraint.Of(v) is not null) continue;
            var proof = strengths.Contains(v);
            var found = Affine(outer, gradient, v).Where(i => proof || SameSlopeFarAway(v, gradient, i, loss)).ToList();
            if (found.Count == 0) continue;
            var which = found.Count == v.shape.Size ? "" : $"element {string.Join(", ", found)} of ";
            Warnings.Say(string.Create(CultureInfo.InvariantCulture,
                $"Model '{model.name}': the training loss has no lower bound in {which}the variable '{v.name}' ({(proof ? "a proof: it only multiplies a part of the loss" : "a suspicion: its slope is the same far away")}), so training moves it without end instead of learning it. ")
                + "Give it a judge that is not monotone in it: a term of its own, a validation loss, or a constraint; or freeze it with "
                    + "trainable: false.");
        }
    }

    /// <summary>
    /// The elements that have a slope on which no element has an effect: none recorded, or one of exactly 0. NaN has its own message.
    /// </summary>
    static IEnumerable<int> Affine(GradientTape outer, Tensor gradient, Variable v)
    {
        var slopes = gradient.ToArray<double>();
        var whole = outer.gradient(gradient, v);
        if (whole is not null && (slopes.Length > Most || (slopes.Length == 1 && !Zero(whole)))) return [];
        return Enumerable.Range(0, slopes.Length)
            .Where(i => slopes[i] is < 0 or > 0 && (whole is null || outer.gradient(gradient, v, One(v, i)) is not { } row || Zero(row)));
    }

    static bool Zero(Tensor t) => (double)tf.reduce_max(tf.abs(t)) == 0;

    /// <summary>1 at an element, 0 elsewhere.</summary>
    static Tensor One(Variable v, int element) => tf.reshape(tf.one_hot(element, v.shape.Size, dtype: v.dtype), v.shape);

    static bool SameSlopeFarAway(Variable v, Tensor gradient, int element, Func<Tensor> loss)
    {
        var (here, one) = (tf.stop_gradient(v.value()), One(v, element));
        var slope = (double)tf.reduce_sum(gradient * one);
        using var probe = new Probe();
        try
        {
            // Downhill, far beyond where an absolute value or a hinge of data of ordinary size has its kink; nearer where an exponential
            // overflows on the way.
            foreach (var distance in new[] { 1000.0, 50.0 })
            {
                v.Try(here - distance * one * tf.maximum(tf.abs(here), 1.0) * tf.sign(gradient));
                using var tape = tf.GradientTape();
                if (tape.gradient(loss(), v) is not { } far) return false;
                var there = (double)tf.reduce_sum(far * one);
                // Rounding of float32 in a mean over a batch.
                if (double.IsFinite(there)) return Math.Abs(there - slope) <= 1e-4 * Math.Abs(slope);
            }
            return false;
        }
        finally
        {
            v.Try(here);
        }
    }
}
