using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>D8: somewhere in the domain the judge is content.</summary>
sealed class JudgeTurns : DoctorCheck
{
    public override string Id => "D8";

    public override string Name => "the judge is not monotone";

    public override string Asks => "Does its gradient change sign somewhere in its domain, or at least when everything else follows it?";

    public override string Means => "a proof for a bare strength or loss weight, and for a loss that is a straight line in it; otherwise a suspicion";

    public override string Cost =>
        "13 training steps for each number, up to 240 more where the sign stays the same; of more than 8 elements, 8";

    public override string Advice => "Give it a judge that is not monotone in it: a term that charges for it, other data, a constraint or a budget.";

    const string Judges = "docs/judges.md#who-moves-a-learned-variable";

    internal override IEnumerable<Finding> Of(Examination examination)
    {
        foreach (var s in examination.Subjects)
            if (examination.Options.Courses.TryGetValue(s.Variable, out var course) && course.Drifts is not 0 and var drift)
                yield return Says(s, Certainty.Suspicion, Fate.Removed, $"'{s.Name}' has {(drift > 0 ? "risen" : "fallen")} in nearly all of "
                    + $"{course.Steps} steps, from {Show(course.Start.ToArray<double>()[0])} to {Show(s.Start.ToArray<double>()[0])}, and goes on "
                    + "as fast as before: nothing takes it back.", "Bound it, or give it a judge that is content somewhere.", Judges);
        foreach (var s in examination.Subjects.Where(s => s is { Moved: true, Mover: null, Judge: null } && s.Start.size == 1))
            if (examination.HasTimeFor(this, 80, $"the rule that moves '{s.Name}'") && OnlyGoes(examination, s) is not 0 and var goes)
                yield return Says(s, Certainty.Suspicion, Fate.Removed,
                    $"the rule that moves '{s.Name}' lets it only {(goes > 0 ? "rise" : "fall")}: "
                    + $"from a hundredth and from a hundred times its value it does, step after step, and nothing takes it back.",
                    "Bound it, or let it decay: an estimate that takes the largest it has seen never comes down.", Judges);
        if (!examination.Patient.HasDirectLoss)
        {
            examination.Remarks.Add($"{Id} ({Name}) is skipped: {examination.Patient.Name} trains to look ahead, and its gradient holds only where "
                + "the weights are trained. Fit with it, and look at the record.");
            yield break;
        }
        foreach (var s in examination.Subjects)
        {
            if (!s.HasSlope || !s.Variable.trainable || (s.Judge is not null and not Judge.Train && s.Mover is null)) continue;
            if (s.Variable.shape.Rank >= 2) continue;
            if (s.Start.size > Scan.MostElements)
            {
                if (LookAtMany(examination, s) is { } whole) yield return whole;
                continue;
            }
            if (!examination.HasTimeFor(this, Scan.Points * s.Variable.shape.Size, $"'{s.Name}'")) continue;
            foreach (var curve in Scan.Of(examination, s))
                if (Look(examination, s, curve) is { } finding) yield return finding;
        }
    }

    /// <summary>A long vector has the verdict of its elements, if those of a sample have the same.</summary>
    Finding? LookAtMany(Examination examination, Subject s)
    {
        var slopes = s.Gradient!.ToArray<double>();
        var awake = Enumerable.Range(0, slopes.Length).Where(i => Math.Abs(slopes[i]) * s.Scale > examination.Noise).ToList();
        if (awake.Count <= slopes.Length / 2) return null;
        if (awake.Count == slopes.Length && examination.Patient.OnlyMultiplies(s.Variable))
            return Says(s, Certainty.Proof, Fate.Removed, $"each of the {slopes.Length} elements of '{s.Name}' only multiplies a part "
                + "of the loss, so the loss is monotone in it: it moves without end.", null, Judges);
        var count = Math.Min(Scan.MostElements, awake.Count);
        if (!examination.HasTimeFor(this, Scan.Points * count, $"'{s.Name}'")) return null;
        Finding? first = null;
        for (var k = 0; k < count; k++)
        {
            var element = awake[k * (awake.Count - 1) / Math.Max(1, count - 1)];
            if (Look(examination, s, Scan.Of(examination, s, element)) is not { Leads: Fate.Removed } found) return null;
            first ??= found;
        }
        return first! with
        {
            Certainty = Certainty.Suspicion,
            Cause = $"{count} of the {slopes.Length} elements of '{s.Name}', chosen evenly, have the same verdict: {first.Cause}",
        };
    }

    Finding? Look(Examination examination, Subject s, Curve curve)
    {
        double here = Scan.Here(s, curve), sign = Scan.Sign(here);
        // At rest already, or so near that rounding decides.
        if (sign == 0 || Math.Abs(here) * s.Scale <= examination.Noise) return null;
        // Where a loss has come to rest, rounding decides over signs.
        if (curve.Gradients.Any(g => Scan.Sign(g) == -sign && Math.Abs(g) > 1e-4 * Math.Abs(here))) return null;
        var name = curve.Element is { } i ? $"{s.Name}[{i}]" : s.Name;
        var way = sign > 0 ? "falls" : "rises";
        if (examination.Patient.OnlyMultiplies(s.Variable))
            return Says(s, Certainty.Proof, Fate.Removed, $"'{name}' only multiplies a part of the loss, so the loss is monotone in it: it {way} "
                + "without end.", null, Judges);
        var finite = curve.Gradients.Where(double.IsFinite).ToList();
        var straight = finite.All(g => Math.Abs(g - here) <= 1e-4 * Math.Abs(here) + examination.Noise / s.Scale);
        if (examination.Patient.HasStep && examination.HasTimeFor(this, 240, $"what follows '{name}'")
            && Turns(examination, s, curve, sign) is { } where)
            return Says(s, Certainty.Note, null, $"the gradient of '{name}' has one sign while everything else stands still, and turns when it "
                + $"follows (after {where} steps with '{name}' far away): a price or an adversary.", "", Judges);
        if ((End(curve, sign) ?? Held(s, curve, sign)) is { } end)
            return Says(s, Certainty.Suspicion, Fate.Removed, $"the loss is monotone in '{name}' up to {Show(end)}, where it has no effect any "
                + $"more: it {way} until it stands at that bound, and nothing is learned.", null, Judges);
        // What acts through predictions may have its best place at an end on one batch, as a gate or a sink has before anything is trained.
        if (s.Way?.MeetsData == true && Fades(curve, here, sign))
            return Says(s, Certainty.Note, null, $"on this batch the loss would rather have '{name}' {(sign > 0 ? "small" : "large")}, and loses its "
                + "interest on the way there: look again after some training.", "", Judges);
        return straight
            ? Says(s, Certainty.Proof, Fate.Removed, $"the loss is a straight line in '{name}' (slope {Show(here)} everywhere): it {way} without "
                + "end, through zero too.", null, Judges)
            : Says(s, Certainty.Suspicion, Fate.Removed, $"the gradient of '{name}' is {(sign > 0 ? "positive" : "negative")} over its whole domain, "
                + $"from {Show(curve.Values[0])} to {Show(curve.Values[^1])}, also when everything else follows: the judge is monotone, and it {way} "
                + "as long as training lasts.", null, Judges);
    }

    /// <summary>Whether the slope shrinks downhill: the loss comes to rest there.</summary>
    static bool Fades(Curve curve, double here, double sign)
    {
        var finite = curve.Gradients.Where(double.IsFinite).ToList();
        return Math.Abs(sign > 0 ? finite[0] : finite[^1]) < 0.3 * Math.Abs(here);
    }

    /// <summary>The place from which on, downhill, the gradient is exactly 0: a clip.</summary>
    static double? End(Curve curve, double sign)
    {
        var downhill = Enumerable.Range(0, curve.Values.Count).Select(i => (Value: curve.Values[i], Gradient: curve.Gradients[i]))
            .Where(p => double.IsFinite(p.Gradient));
        if (sign > 0) downhill = downhill.Reverse();
        double? end = null;
        var (last, here) = (0.0, downhill.Select(p => Math.Abs(p.Gradient)).DefaultIfEmpty().Max());
        foreach (var (value, gradient) in downhill)
        {
            if (gradient != 0) (end, last) = (null, Math.Abs(gradient));
            else end ??= value;
        }
        // What fades until it is too small for its dtype has no bound.
        return last > 1e-6 * here ? end : null;
    }

    /// <summary>Where a constraint holds it downhill; null: none does.</summary>
    static double? Held(Subject s, Curve curve, double sign)
    {
        if (s.Variable.Notes.Get<Keras.Constraint>() is not { } constraint) return null;
        var far = Scan.At(s, curve.Element, -sign * 1000 * s.Scale);
        double held = Scan.Along(s, curve.Element, constraint.Apply(far)), wanted = Scan.Along(s, curve.Element, far);
        return Math.Abs(held - wanted) > 0.1 * Math.Abs(wanted) ? held : null;
    }

    /// <summary>Which way a rule moves its variable wherever it begins: +1, −1; 0: either.</summary>
    static int OnlyGoes(Examination examination, Subject s)
    {
        var ways = new HashSet<int>();
        foreach (var factor in new[] { 0.01, 100 })
            examination.Scratch(() => Examination.Or(0, () =>
            {
                s.Variable.Try(s.Start * factor);
                for (var (step, before) = (0, Scan.Along(s, null, s.Variable.value())); step < 40; step++)
                {
                    examination.Patient.Step();
                    var now = Scan.Along(s, null, s.Variable.value());
                    if (double.IsFinite(now) && now != before) ways.Add(Math.Sign(now - before));
                    before = now;
                }
                return 0;
            }));
        return ways.Count == 1 ? ways.Single() : 0;
    }

    /// <summary>Holds the variable far downhill, lets everything else train, and asks whether the gradient turns.</summary>
    static int? Turns(Examination examination, Subject s, Curve curve, double sign)
    {
        foreach (var distance in new[] { 10.0, 3, 1 })
        {
            var far = Scan.At(s, curve.Element, -sign * (s.Domain is null ? distance * s.Scale : Math.Min(distance, 6)));
            if (Scan.IsHeld(s, far, curve.Element)) continue;
            if (s.Range is { } range && far.ToArray<double>().Any(x => x < range.Low || x > range.High)) continue;
            var turned = examination.Scratch(() => Examination.Or<int?>(null, () =>
            {
                for (var step = 0; step <= 80; step++)
                {
                    s.Variable.Try(far);
                    if (step is 1 or 3 or 10 or 25 or 50 or 80)
                    {
                        var (loss, gradients) = examination.Patient.Gradients([s.Variable]);
                        if (!double.IsFinite(loss) || gradients[0] is not { } g) return null;
                        var there = Scan.Along(s, curve.Element, g);
                        if (Scan.Sign(there) == -sign && Math.Abs(there) > 1e-4 * Math.Abs(Scan.Here(s, curve))) return step;
                    }
                    examination.Patient.Step();
                }
                return null;
            }));
            if (turned is not null) return turned;
        }
        return null;
    }
}
