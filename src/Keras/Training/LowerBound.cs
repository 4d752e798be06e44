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
        // Where a place has a range, leaving it is named.
        HashSet<Variable> ranged = [.. model.Walk().SelectMany(m => m.Module.Parts()).OfType<Hyperparameter>()
            .Where(h => h.Range.IsBounded).Select(h => h.Bare).OfType<Variable>()];
        foreach (var (gradient, v) in gradients.Zip(variables))
        {
            // A constraint bounds what no slope does; the price of one rises without end only while its requirement cannot be met.
            if (gradient is null || !asked.Contains(v) || Constraint.Of(v) is not null) continue;
            var proof = strengths.Contains(v);
            var found = Unbounded(outer, gradient, v).Where(e => e.Bends ? !ranged.Contains(v) && Sinks(v, gradient, e.Element, loss)
                : proof || SameSlopeFarAway(v, gradient, e.Element, loss)).ToList();
            if (found.Count == 0) continue;
            var which = found.Count == v.shape.Size ? "" : $"element {string.Join(", ", found.Select(e => e.Element))} of ";
            var why = found.Exists(e => e.Bends) ? "a suspicion: it falls ever faster far away"
                : proof ? "a proof: it only multiplies a part of the loss" : "a suspicion: its slope is the same far away";
            Warnings.Say($"Model '{model.name}': the training loss has no lower bound in {which}the variable '{v.name}' ({why}), so training moves "
                + "it without end instead of learning it. "
                + "Give it a judge that is not monotone in it: a term of its own, a validation loss, or a constraint; or freeze it with "
                    + "trainable: false.");
        }
    }

    /// <summary>The elements along which the loss is a straight line here, or bends down.</summary>
    static IEnumerable<(int Element, bool Bends)> Unbounded(GradientTape outer, Tensor gradient, Variable v)
    {
        var slopes = gradient.ToArray<double>();
        var whole = outer.gradient(gradient, v);
        if (whole is not null && slopes.Length > Most) yield break;
        for (var i = 0; i < slopes.Length; i++)
        {
            if (slopes[i] is not (< 0 or > 0)) continue;
            var row = whole is null ? null : slopes.Length == 1 ? whole : outer.gradient(gradient, v, One(v, i));
            if (row is null || Zero(row)) yield return (i, false);
            else if ((double)tf.reduce_sum(row * One(v, i)) < 0) yield return (i, true);
        }
    }

    /// <summary>Whether the loss falls at least as fast as a straight line, as far as one goes downhill.</summary>
    static bool Sinks(Variable v, Tensor gradient, int element, Func<Tensor> loss)
    {
        var (here, one) = (tf.stop_gradient(v.value()), One(v, element));
        double At(double distance)
        {
            v.Try(here - distance * one * tf.maximum(tf.abs(here), 1.0) * tf.sign(gradient));
            return (double)loss();
        }
        using var probe = new Probe();
        try
        {
            double start = At(0), near = At(1e3), far = At(1e6);
            return near < start && (double.IsNegativeInfinity(near) || (far < 0 && start - far >= 900 * (start - near)));
        }
        finally
        {
            v.Try(here);
        }
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
