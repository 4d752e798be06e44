using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>D3: the gradient is that of the loss.</summary>
sealed class GradientAgrees : DoctorCheck
{
    static readonly double[] Widths = [0.01, 0.001, 0.1];

    public override string Id => "D3";

    public override string Name => "the gradient is that of the loss";

    public override string Asks => "Does the gradient agree with a finite difference of the loss?";

    public override string Means => "a proof where none arrives and the loss moves; otherwise a suspicion. A straight-through estimator and a "
        + "gradient whose sign is turned on purpose are labelled, and are notes";

    public override string Cost => "2 looks at the loss for all variables together, up to 16 for one that disagrees";

    public override string Advice => "Check the stated gradient against tf.autodiff or a finite difference, factor by factor of the chain rule.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        if (!examination.Patient.HasDirectLoss) yield break;
        var asked = examination.Subjects.Where(s => s.HasSlope).ToList();
        if (asked.Count > 2 && AgreeTogether(examination, asked)) asked = [];
        foreach (var s in asked)
            if (Look(examination, s) is { } finding) yield return finding;
        foreach (var s in examination.Subjects.Where(s => s.Gradient is null && s.IsRead && s.Variable.trainable && s.KeptAt is null))
        {
            if (s.Judge is not null and not Judge.Train && s.Mover is null) continue;
            // What no optimizer gets is the matter of D1.
            if (examination.Patient.HasStep && s.Mover is null && !examination.Patient.HasTape) continue;
            if (examination.FirstMoveThatCounts(s) is not { } distance) continue;
            yield return Says(s, Certainty.Proof, Fate.Untrained,
                $"the loss changes by {Show(examination.Answer(s, distance) - examination.Loss)} when '{s.Name}' is moved by {Show(distance)}, "
                    + $"and no gradient tells it: {(s.LostAt.Count > 0 ? "it is detached" : "it is taken as a number")} inside the step.",
                "Keep it a variable or a tensor on its way to the loss: no cast to double, numpy() or tf.stop_gradient.");
        }
    }

    /// <summary>One move of all variables at once: where no gradient is wrong, the loss moves by the sum of all.</summary>
    static bool AgreeTogether(Examination examination, List<Subject> all)
    {
        foreach (var width in Widths)
        {
            (Variable, Tensor)[] Moved(double sign) =>
                [.. all.Select((s, i) => (s.Variable, Examination.Moved(s, sign * Sign(i) * width * s.Scale)))];
            var largest = all.Max(s => width * s.Scale * s.Slope);
            // Small ones would hide behind a large one.
            if (all.Min(s => width * s.Scale * s.Slope) < 0.2 * largest + examination.Noise) return false;
            double expected = all.Select((s, i) => Sign(i) * width * s.Scale * s.Slope).Sum(),
                found = (examination.LossAt(true, Moved(1)) - examination.LossAt(true, Moved(-1))) / 2;
            if (Math.Abs(found - expected) <= 0.02 * largest + examination.Noise) return true;
        }
        return false;

        static double Sign(int i) => i % 3 == 1 ? -0.7 : 1;
    }

    Finding? Look(Examination examination, Subject s)
    {
        var differences = new List<double>();
        foreach (var width in Widths)
        {
            var found = examination.Difference(s, width * s.Scale);
            if (!double.IsFinite(found)) continue;
            var noise = examination.Noise / (width * s.Scale);
            // A slope below the rounding of the loss cannot be measured.
            if (Math.Abs(found - s.Slope) <= 0.1 * Math.Max(s.Slope, Math.Abs(found)) + noise) return null;
            differences.Add(found);
        }
        if (differences.Count == 0) return null;
        var slope = differences[0];
        var stated = s.Way?.Ops.Overlaps(GradientArrives.StatedGradients) == true;
        if (Math.Abs(slope + s.Slope) <= 0.15 * s.Slope)
            return Says(s, Certainty.Note, null, $"the gradient of '{s.Name}' has the sign of the loss's slope turned: it climbs where the loss "
                + "descends, as the price of a constraint or an adversary does.", "", "docs/judges.md#who-moves-a-learned-variable");
        if (stated) return Stated(examination, s, slope);
        var ratio = s.Slope / slope;
        if (s.LostAt.Count == 0 && examination.Patient.HasTape) return null;
        if (ratio is > 0.03 and < 30)
            return Says(s, Certainty.Note, null, $"the gradient of '{s.Name}' is {Show(s.Slope)}, the slope of the loss {Show(slope)}: "
                + $"part of the way is detached{At(s)}.", "");
        return Says(s, Certainty.Suspicion, Fate.Removed,
            $"'{s.Name}' descends another objective than this loss: its gradient is {Show(s.Slope)}, and the slope of the loss is {Show(slope)}"
                + $"{At(s)}.",
            "Differentiate the loss that is meant; let tf.stop_gradient cut only what another step moves.");
    }

    static string At(Subject s) => s.LostAt.Count == 0 ? "" : $" (through {string.Join(", ", s.LostAt)})";

    /// <summary>A gradient that somebody states: a straight-through estimator, or a slip in the chain rule.</summary>
    Finding? Stated(Examination examination, Subject s, double slope)
    {
        var unit = Math.Min(s.Scale, 1);
        double[] secants = [.. new[] { 0.03, 0.1, 0.3, 1, 3 }.Select(w => w * unit)
            .Select(w => (Slope: examination.Difference(s, w), Noise: examination.Noise / w))
            .Where(d => double.IsFinite(d.Slope) && Math.Abs(d.Slope) > 2 * d.Noise).Select(d => d.Slope)];
        if (secants.Length == 0)
            return Says(s, Certainty.Suspicion, Fate.Removed,
                $"a stated gradient moves '{s.Name}' ({Show(s.Slope)}), and the loss does not change wherever it is moved.");
        var typical = secants.Order().ElementAt(secants.Length / 2);
        // The steps of a staircase make slopes over short ways unlike those over long ones.
        var isStaircase = Math.Abs(slope) < 0.05 * s.Slope || s.Way!.Ops.Contains("straight_through")
            || secants.Any(d => d / typical is < 0.7 or > 1.4);
        if (isStaircase && s.Slope / typical is > 0.25 and < 4)
            return Says(s, Certainty.Note, null, $"'{s.Name}' has a straight-through estimator: the loss is a staircase in it, and the stated "
                + $"gradient ({Show(s.Slope)}) is that of a ramp through its steps.", "");
        var seen = isStaircase ? typical : slope;
        var factor = Factor(s, seen, isStaircase ? 0.5 : 0.15);
        return Says(s, Certainty.Suspicion, Fate.Removed,
            $"a factor of the chain rule is missing in the stated gradient of '{s.Name}', or one is too much: it is {Show(s.Slope)}, the slope of "
                + $"the loss is about {Show(seen)}, and the ratio of both is {Show(s.Slope / seen)}"
                + $"{(factor is null ? "" : $", which is {(isStaircase ? "about " : "")}{factor}")}.");
    }

    /// <summary>What the ratio could be: the inner derivative of a usual map.</summary>
    static string? Factor(Subject s, double slope, double within)
    {
        if (s.Start.size != 1) return null;
        double v = s.Start.ToArray<double>()[0], ratio = Math.Abs(s.Slope / slope), sigmoid = 1 / (1 + Math.Exp(-v));
        (double Value, string Name)[] known =
        [
            (Math.Exp(-v), "1/exp(v): the derivative of exp"), (Math.Exp(v), "exp(v)"), (1 / Math.Abs(v), "1/v"), (Math.Abs(v), "v"),
            (1 / (sigmoid * (1 - sigmoid)), "the inverse slope of a sigmoid"), (1 / sigmoid, "the inverse slope of a softplus"),
            (2, "2"), (0.5, "1/2"),
        ];
        return known.Where(k => k.Value > 0 && Math.Abs(ratio / k.Value - 1) < within && Math.Abs(k.Value - 1) > 0.3)
            .OrderBy(k => Math.Abs(ratio / k.Value - 1)).Select(k => k.Name).FirstOrDefault();
    }
}
