using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>D2: a gradient arrives, and it is finite.</summary>
sealed class GradientArrives : DoctorCheck
{
    public override string Id => "D2";

    public override string Name => "a gradient arrives";

    public override string Asks => "Does a gradient of the loss reach it, and is it finite?";

    public override string Means => "a proof; many zeros behind a stated gradient are a suspicion";

    public override string Cost => "1";

    public override string Advice => "Compute what depends on it inside the step, from the variable itself: t => t * tf.exp(v), "
        + "Hyperparameter.Of(() => tf.exp(v)).";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        foreach (var s in examination.Subjects.Where(s => s.Variable is { trainable: true } v && v.dtype.IsFloating()))
        {
            if (s.Judge is not null and not Judge.Train && s.Mover is null) continue;
            if (s.KeptAt is { } place && s.Gradient is null)
            {
                yield return Says(s, Certainty.Proof, Fate.Frozen,
                    $"a tensor that was computed from '{s.Name}' earlier stands in {place} and keeps the value of that moment.");
            }
            else if (s.Gradient is null && !s.IsRead && !s.Moved && s.IsReadBeside)
            {
                yield return Says(s, Certainty.Proof, Fate.Untrained, $"the loss does not read '{s.Name}', and what does, an update, a callback or a "
                    + "metric, lets no gradient back: an assignment stops it.", "Assign it yourself, judge it by other data "
                    + "(UnrolledObjective takes a learned rate), or leave it a number.",
                    "docs/variables.md#where-a-number-may-be-a-variable");
            }
            else if (s.Gradient is null && !s.IsRead && !s.Moved)
            {
                yield return Says(s, Certainty.Proof, Fate.Frozen,
                    $"nothing in a step reads '{s.Name}': its value was taken once, as a number (a cast, numpy(), a first value), or "
                        + "never.",
                    "Pass the variable itself where the number stands: l2(v), not l2((double)v).", "docs/variables.md#where-a-number-may-be-a-variable");
            }
            else if (s.Gradient is null && s.IsRead && s.LostAt.Count > 0)
            {
                yield return Says(s, Certainty.Proof, Fate.Untrained,
                    $"the loss reads '{s.Name}', and its gradient ends at {Lost(s)}.",
                    s.LostAt.Contains("stop_gradient")
                        ? "Leave tf.stop_gradient out, or draw the sample as a function of the variable: mean + deviation · noise."
                        : "Put something smooth in its place, or state a gradient: tf.straight_through, tf.custom_gradient, a sigmoid for a comparison.");
            }
            else if (s.Gradient is not null && !double.IsFinite(s.Slope))
            {
                yield return Says(s, Certainty.Proof, Fate.Removed,
                    $"the gradient of '{s.Name}' is {Show(s.Slope)} although the loss is {Show(examination.Loss)}.",
                    "A root, a norm, a logarithm, a quotient or a power at 0 has such a slope, also behind tf.where: "
                        + "add a small constant, tf.sqrt(x + 1e-12), or take PowerLayer or tf.signed_pow for a power.");
            }
            else if (s.Gradient is { size: >= 4 } gradient && s.Way?.Ops.Overlaps(StatedGradients) == true
                && gradient.ToArray<double>().Count(g => g == 0) is var zeros && zeros < gradient.size && zeros >= 0.9 * gradient.size)
            {
                yield return Says(s, Certainty.Suspicion, Fate.Untrained,
                    $"{zeros} of the {gradient.size} elements of '{s.Name}' get a gradient of exactly 0 from this batch through a stated "
                        + "gradient: hardly any sample lies in the band of its kernel.", KernelAdvice);
            }
        }
    }

    /// <summary>Ops whose gradient somebody states.</summary>
    public static readonly string[] StatedGradients = ["custom_gradient", "straight_through"];

    public const string KernelAdvice = "Make the kernel as wide as the values are spread, or take a larger batch; "
        + "begin where samples lie.";

    static string Lost(Subject s) =>
        string.Join(", ", s.LostAt.Select(op => op.StartsWith("a ", StringComparison.Ordinal) ? op : $"'{op}'"));
}
