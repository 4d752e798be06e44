using System.Globalization;

namespace Workbook.Keras;

/// <summary>Finds variables in which the training loss has no lower bound: descent moves them without end instead of learning them.</summary>
/// <remarks>
/// A loss that is affine in a variable, with a slope, is unbounded in it. That the slope does not depend on the variable is read off the graph of one step. For a
/// strength or a loss weight, which only multiplies a part of the loss, in a class of ours, that is a proof. Elsewhere a kink far away may still bound the loss,
/// so the slope is compared once more at a distance, and the message says suspicion.
/// </remarks>
static class LowerBound
{
    /// <summary>The variables that are looked at: those that somebody brought in, and lone numbers among the weights; not kernels and biases.</summary>
    public static IEnumerable<Variable> Asked(Layer model) => model.BroughtIn().Concat(model.trainable_variables.Where(v => v.shape.Rank == 0));

    /// <summary>Names those in which the loss has no lower bound, once each.</summary>
    /// <param name="model">The model whose step it was.</param>
    /// <param name="asked">The variables to look at.</param>
    /// <param name="outer">A tape around the computation of the gradients; persistent, closed.</param>
    /// <param name="gradients">The gradients of the step.</param>
    /// <param name="variables">Their variables.</param>
    /// <param name="loss">Computes the loss again, without dropout.</param>
    public static void Check(Layer model, HashSet<Variable> asked, GradientTape outer, Tensor?[] gradients, IReadOnlyList<Variable> variables, Func<Tensor> loss)
    {
        var strengths = model.Walk().Select(m => m.Module).Where(m => m is CompiledLoss || (m is Regularizer && m.GetType().Assembly == typeof(Regularizer).Assembly))
            .SelectMany(m => m.Parts()).OfType<Hyperparameter>().Select(h => h.Bare).OfType<Variable>().ToHashSet();
        foreach (var (gradient, v) in gradients.Zip(variables))
        {
            // A constraint bounds what no slope does; the price of one rises without end only while its requirement cannot be met.
            if (gradient is null || !asked.Contains(v) || Constraint.Of(v) is not null || outer.gradient(gradient, v) is not null) continue;
            var slope = (double)tf.reduce_max(tf.abs(gradient));
            // NaN has its own message.
            if (!(slope > 0)) continue;
            var proof = strengths.Contains(v);
            if (!proof && !SameSlopeFarAway(v, gradient, slope, loss)) continue;
            Warnings.Say(string.Create(CultureInfo.InvariantCulture,
                $"Model '{model.name}': the training loss has no lower bound in the variable '{v.name}' ({(proof ? "a proof: it only multiplies a part of the loss" : "a suspicion: its slope is the same far away")}), so training moves it without end instead of learning it. ")
                + "Give it a judge that is not monotone in it: a term of its own, a validation loss, or a constraint; or freeze it with trainable: false.");
        }
    }

    static bool SameSlopeFarAway(Variable v, Tensor gradient, double slope, Func<Tensor> loss)
    {
        var here = tf.stop_gradient(v.value());
        using var probe = new Probe();
        try
        {
            // Downhill, far beyond where an absolute value or a hinge of data of ordinary size has its kink.
            v.assign(here - 1000.0 * tf.maximum(tf.abs(here), 1.0) * tf.sign(gradient));
            using var tape = tf.GradientTape();
            var far = tape.gradient(loss(), v);
            // Rounding of float32 in a mean over a batch.
            return far is not null && (double)tf.reduce_max(tf.abs(far - gradient)) <= 1e-4 * slope;
        }
        finally
        {
            v.assign(here);
        }
    }
}
