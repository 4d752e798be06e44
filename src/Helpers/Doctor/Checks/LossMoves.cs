using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>D5: the loss moves when it is moved.</summary>
sealed class LossMoves : DoctorCheck
{
    public override string Id => "D5";

    public override string Name => "the loss moves with it";

    public override string Asks => "Does the loss change when it is moved by a tenth, and by more, also from a start other than zero?";

    public override string Means => "a proof where the loss never changes; a suspicion where it changes only far away, or by rounding";

    public override string Cost => "nothing where D3 agrees; up to 20 looks at the loss otherwise";

    public override string Advice => "Follow it through the step: what is computed from it is not used, or one of several paths leaves it out.";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        if (!examination.Patient.HasDirectLoss) yield break;
        foreach (var s in examination.Subjects.Where(s => s.Variable.dtype.IsFloating() && s.KeptAt is null))
        {
            if (double.IsNaN(s.Slope) != (s.Gradient is null) || !s.IsRead && examination.Patient.HasTape) continue;
            if (!s.Variable.trainable || (s.Judge is not null and not Judge.Train && s.Mover is null)) continue;
            var moves = s.HasSlope || s.Given.Skip(1).Any(g => g is not null && Subject.Length(g) > 0);
            if (moves && IsRounding(examination, s))
            {
                yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"but for rounding the loss is the same wherever '{s.Name}' stands, from "
                    + $"its start to {Show(20 * s.Scale)} beyond, so what there is of its gradient is rounding, and so is where that moves it.",
                    "What follows takes it back (a normalization, a softmax, a cosine): move it behind that, or leave it out.");
                continue;
            }
            if (s.HasSlope) continue;
            if (moves)
            {
                yield return Says(s, Certainty.Note, null, $"the gradient of '{s.Name}' is 0 in the first step only: what it is multiplied by "
                    + "begins at 0 and moves.", "");
                continue;
            }
            var counts = examination.FirstMoveThatCounts(s);
            if (counts is null)
            {
                if (examination.Patient.HasEvaluation && examination.FirstMoveThatCounts(s, training: false) is { } evaluated)
                    yield return Says(s, Certainty.Proof, Fate.Untrained, $"the path of training leaves '{s.Name}' out: moved by "
                        + $"{Show(evaluated)} it changes the loss of evaluation, and not that of training.");
                else if (CountsElsewhere(examination, s))
                    yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"'{s.Name}' does nothing here, and would if the other variables stood "
                        + $"elsewhere: it is multiplied by something that is 0, or stands at a saddle, and in {s.Given.Count} steps nothing moved "
                        + "that.", "Start what it is multiplied by, or it itself, away from 0.");
                else
                    yield return Says(s, Certainty.Proof, Fate.Untrained,
                        $"the step reads '{s.Name}', and the loss is the same wherever it stands, from its start to {Show(20 * s.Scale)} "
                            + "beyond: what is computed from it is dropped or multiplied by 0.");
            }
            else if (s.Gradient is not null && s.Way?.Ops.Overlaps(GradientArrives.StatedGradients) != true)
            {
                yield return Says(s, Certainty.Suspicion, Fate.Untrained, $"the gradient of '{s.Name}' is exactly 0, and the loss changes only "
                    + $"when it is moved by {Show(counts.Value)}: it acts where no value lies (behind a bound, a relu, a saturated softmax "
                    + "or sigmoid, a tf.where).", "Start it where it acts.");
            }
        }
    }

    /// <summary>Whether the loss depends on it where everything else stands a little aside.</summary>
    /// <summary>Whether its gradients are no larger than the rounding of the loss, which does not change where it grows or shrinks. A
    /// sign may count: what takes a factor back keeps that.</summary>
    static bool IsRounding(Examination examination, Subject s)
    {
        if (s.Given.Prepend(s.Gradient).Any(g => g is not null && !(Subject.Length(g) * s.Scale <= examination.Noise))) return false;
        var outwards = (double)tf.reduce_sum(tf.cast(s.Start, tf.float64) * Examination.Direction(s)) < 0 ? -1 : 1;
        return new[] { -0.5, -0.1, 0.1, 1, 5, 20 }.All(width =>
            Math.Abs(examination.Answer(s, outwards * width * s.Scale) - examination.Loss) <= examination.Noise)
            && !CountsElsewhere(examination, s, outwards);
    }

    static bool CountsElsewhere(Examination examination, Subject s, double way = 1)
    {
        var random = new SplitMix64(1);
        (Variable, Tensor)[] aside = [.. examination.FirstGiven.Keys.Concat(examination.Subjects.Select(o => o.Variable)).Distinct()
            .Where(v => v != s.Variable && v.dtype.IsFloating()).Select(v => (v, Aside(v, random)))];
        if (aside.Length == 0) return false;
        var here = examination.LossAt(true, aside);
        return new[] { 0.1, 1, 20 }.Any(width => examination.LossAt(true,
            [.. aside, (s.Variable, Examination.Moved(s, way * width * s.Scale))])
            is var there && double.IsFinite(there) && Math.Abs(there - here) > examination.Noise + 1e-6 * Math.Abs(here));
    }

    static Tensor Aside(Variable variable, SplitMix64 random)
    {
        var values = variable.value().ToArray<double>();
        for (var i = 0; i < values.Length; i++) values[i] += 0.1 * Math.Max(Math.Abs(values[i]), 1) * random.NextNormal();
        return tf.cast(tf.reshape(Tensor.FromSpan<double>(values, new Shape([values.Length])), variable.shape), variable.dtype);
    }
}
